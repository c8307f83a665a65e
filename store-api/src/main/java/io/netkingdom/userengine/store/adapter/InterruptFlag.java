package io.netkingdom.userengine.store.adapter;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an interrupt that came before a call away from what waits inside it. Locks, pools and, in a
 * virtual thread, sockets refuse to wait for a thread that is interrupted already; whether a call
 * has to wait would then decide what it does.
 */
public final class InterruptFlag {

  private InterruptFlag() {}

  /**
   * Runs a call in a thread that is not interrupted. Afterwards the thread is interrupted again if
   * it was before, or if an interrupt came during the call.
   */
  public static <T extends @Nullable Object> T aside(Supplier<? extends T> call) {
    Objects.requireNonNull(call, "call");
    boolean interrupted = Thread.interrupted();
    try {
      return call.get();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** As {@link #aside}, for a call without a result. */
  public static void runAside(Runnable call) {
    Objects.requireNonNull(call, "call");
    InterruptFlag.<@Nullable Object>aside(
        () -> {
          call.run();
          return null;
        });
  }
}
