package io.netkingdom.userengine.store.memory.broken;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Another thread, where no transaction is open. */
final class Elsewhere {

  private Elsewhere() {}

  static <T> T call(Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(work, command -> new Thread(command).start()).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
