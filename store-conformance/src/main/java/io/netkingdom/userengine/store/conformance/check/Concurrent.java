package io.netkingdom.userengine.store.conformance.check;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Real threads, released together, and a bound on how long they may take. */
public final class Concurrent {

  /** Far beyond what any check needs; only a check that hangs gets there. */
  public static final long BOUND_SECONDS = 100;

  private Concurrent() {}

  /**
   * Runs one task per thread, all at once.
   *
   * @return what each returned, by its index
   * @throws Exception what the first failing one threw
   */
  public static <T> List<T> run(int threads, IntFunction<Callable<T>> task) throws Exception {
    ExecutorService executor =
        Executors.newFixedThreadPool(
            threads,
            work -> {
              Thread thread = new Thread(work, "conformance-worker");
              thread.setDaemon(true);
              return thread;
            });
    try {
      CyclicBarrier start = new CyclicBarrier(threads);
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        Callable<T> work = task.apply(i);
        futures.add(
            executor.submit(
                () -> {
                  start.await(BOUND_SECONDS, TimeUnit.SECONDS);
                  return work.call();
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(SteppedTransaction.await(future));
      }
      return results;
    } finally {
      executor.shutdownNow();
    }
  }
}
