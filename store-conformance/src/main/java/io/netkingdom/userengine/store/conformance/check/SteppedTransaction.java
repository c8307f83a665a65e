package io.netkingdom.userengine.store.conformance.check;

import io.netkingdom.userengine.store.StoreTransaction;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionOptions;
import io.netkingdom.userengine.store.UserEngineStore;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that is open in a thread of its own and is told step by step what to do, so that a
 * check says in which order the steps of several transactions take place. Nothing waits for time to
 * pass: a step that blocks is started, and awaited after the step that sets it free.
 */
public final class SteppedTransaction {

  private final BlockingQueue<Command> commands = new LinkedBlockingQueue<>();
  private final CompletableFuture<@Nullable Void> begun = new CompletableFuture<>();
  private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
  private final BooleanSupplier isSomebodyWaiting;
  private final Thread thread;

  SteppedTransaction(
      UserEngineStore store,
      TenantId tenant,
      TransactionOptions options,
      BooleanSupplier isSomebodyWaiting) {
    this.isSomebodyWaiting = isSomebodyWaiting;
    thread = new Thread(() -> live(store, tenant, options), "conformance-transaction");
    thread.setDaemon(true);
    thread.start();
  }

  /** One step. An exception that it throws is caught: it does not end the transaction. */
  @FunctionalInterface
  public interface Step<T extends @Nullable Object> {
    T in(StoreTransaction tx) throws Exception;
  }

  /** What the transaction's thread takes from its queue. */
  private interface Command {
    /** Returns whether the transaction goes on. */
    boolean obey(StoreTransaction tx) throws Exception;

    void refuse();
  }

  private record Do<T extends @Nullable Object>(Step<T> step, CompletableFuture<T> result)
      implements Command {
    @Override
    public boolean obey(StoreTransaction tx) {
      try {
        result.complete(step.in(tx));
      } catch (Throwable t) {
        result.completeExceptionally(t);
      }
      return true;
    }

    @Override
    public void refuse() {
      result.completeExceptionally(new IllegalStateException("the transaction has ended"));
    }
  }

  private enum End implements Command {
    COMMIT,
    ROLLBACK;

    @Override
    public boolean obey(StoreTransaction tx) throws RollbackRequest {
      if (this == ROLLBACK) {
        throw new RollbackRequest();
      }
      return false;
    }

    @Override
    public void refuse() {}
  }

  private static final class RollbackRequest extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private void live(UserEngineStore store, TenantId tenant, TransactionOptions options) {
    try {
      store.inTransaction(
          tenant,
          options,
          tx -> {
            if (!begun.complete(null)) {
              throw new ExpectationFailedError(
                  "expected: a transaction without retries runs once; but it ran again");
            }
            while (commands.take().obey(tx)) {
              // The next command decides.
            }
            return true;
          });
      ended.complete(null);
    } catch (RollbackRequest e) {
      ended.complete(null);
    } catch (Throwable t) {
      ended.completeExceptionally(t);
      begun.completeExceptionally(t);
    }
    refuseRest();
  }

  private void refuseRest() {
    for (Command rest = commands.poll(); rest != null; rest = commands.poll()) {
      rest.refuse();
    }
  }

  /** Returns when the transaction is open; throws what opening it threw. */
  public void awaitBegin() throws Exception {
    await(begun);
  }

  /** Does one step, and returns when it is done. */
  public <T extends @Nullable Object> T step(Step<T> step) throws Exception {
    return await(send(step));
  }

  /**
   * Begins a step that may block, and returns when it has ended or, as far as can be told, waits.
   */
  public <T extends @Nullable Object> Future<T> start(Step<T> step) {
    CompletableFuture<T> result = send(step);
    long begun = System.nanoTime();
    while (!result.isDone() && !isSomebodyWaiting.getAsBoolean()) {
      if (System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(Concurrent.BOUND_SECONDS)) {
        throw new ExpectationFailedError(
            "expected: a step ends, or waits for another transaction; but one did neither within "
                + Concurrent.BOUND_SECONDS
                + " s");
      }
    }
    return result;
  }

  private <T extends @Nullable Object> CompletableFuture<T> send(Step<T> step) {
    CompletableFuture<T> result = new CompletableFuture<>();
    send(new Do<>(step, result));
    return result;
  }

  /** Commits, and returns when that is done; throws what committing threw. */
  public void commit() throws Exception {
    await(startCommit());
  }

  /** Begins to commit. */
  public Future<@Nullable Void> startCommit() {
    send(End.COMMIT);
    return ended;
  }

  /** Rolls back, and returns when that is done. */
  public void rollback() throws Exception {
    send(End.ROLLBACK);
    await(ended);
  }

  private void send(Command command) {
    commands.add(command);
    if (ended.isDone()) {
      refuseRest();
    }
  }

  /** Waits for a result, within a bound that only a check that hangs reaches. */
  public static <T extends @Nullable Object> T await(Future<T> future) throws Exception {
    try {
      return future.get(Concurrent.BOUND_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new ExpectationFailedError(
          "expected: every step ends by itself; but one was still waiting after "
              + Concurrent.BOUND_SECONDS
              + " s",
          e);
    } catch (ExecutionException e) {
      Throwable cause = withWaiting(e.getCause());
      if (cause instanceof Exception exception) {
        throw exception;
      }
      if (cause instanceof Error error) {
        throw error;
      }
      throw e;
    }
  }

  /** Adds who waited to where it was thrown, so that it leads to the check from any thread. */
  private static @Nullable Throwable withWaiting(@Nullable Throwable thrown) {
    if (thrown != null) {
      thrown.setStackTrace(
          Stream.of(thrown.getStackTrace(), new Throwable().getStackTrace())
              .flatMap(Arrays::stream)
              .toArray(StackTraceElement[]::new));
    }
    return thrown;
  }

  /** Begins to roll back, unless it has ended. */
  public void abandon() {
    send(End.ROLLBACK);
  }

  /** Rolls back what is still open, and waits for the thread to end. */
  public void end() throws InterruptedException {
    abandon();
    thread.join(TimeUnit.SECONDS.toMillis(Concurrent.BOUND_SECONDS));
    if (thread.isAlive()) {
      throw new IllegalStateException("a transaction did not end when it was told to");
    }
  }
}
