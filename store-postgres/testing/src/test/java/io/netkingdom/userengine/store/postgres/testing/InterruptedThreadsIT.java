package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.Readiness;
import io.netkingdom.userengine.store.RecordCounts;
import io.netkingdom.userengine.store.RecordKind;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.postgres.CallerTransactions;
import io.netkingdom.userengine.store.postgres.PostgresOptions;
import io.netkingdom.userengine.store.postgres.PostgresSchema;
import io.netkingdom.userengine.store.postgres.PostgresUserEngineStore;
import io.netkingdom.userengine.store.spi.Dsn;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Where a call waits on its way to PostgreSQL: for the pool, for a new connection, for the threads
 * that the pool ends, and in a virtual thread for each answer. LIF-08 is the rule.
 */
@ExtendWith(LivePostgres.class)
@Timeout(120)
class InterruptedThreadsIT {

  private static final TenantId TENANT = TenantId.of("interrupted");
  private static final PostgresOptions ONE_CONNECTION = PostgresOptions.defaults().withPoolSize(1);

  /** Makes a call in this thread, interrupted, and takes the interrupt back. */
  private static <T> T interrupted(Callable<T> call) throws Exception {
    boolean still;
    T result;
    Thread.currentThread().interrupt();
    try {
      result = call.call();
    } finally {
      still = Thread.interrupted();
    }
    assertTrue(still, "the thread is still interrupted");
    return result;
  }

  @Test
  void aPoolThatIsEmptyConnects() throws Exception {
    try (ScratchDatabase scratch = ScratchDatabase.make();
        UserEngineStore store = PostgresUserEngineStore.open(scratch.dsn(), ONE_CONNECTION)) {
      store.migrate();
      interrupted(() -> store.tenant(TENANT).users().create(UserDraft.named("ada")));
      assertEquals(1, count(store));
    }
  }

  @Test
  void aPoolThatIsFullIsWaitedFor() throws Exception {
    try (ScratchDatabase scratch = ScratchDatabase.make();
        UserEngineStore store = PostgresUserEngineStore.open(scratch.dsn(), ONE_CONNECTION)) {
      store.migrate();
      Repositories records = store.tenant(TENANT);
      CompletableFuture<Object> created = new CompletableFuture<>();
      Thread waiting =
          new Thread(
              () -> {
                try {
                  created.complete(
                      interrupted(() -> records.users().create(UserDraft.named("ada"))));
                } catch (Throwable t) {
                  created.completeExceptionally(t);
                }
              });
      store.inTransaction(
          TENANT,
          tx -> {
            tx.users().create(UserDraft.named("bob"));
            waiting.start();
            while (waiting.getState() != Thread.State.TIMED_WAITING && !created.isDone()) {
              Thread.onSpinWait();
            }
            return true;
          });
      created.get(30, TimeUnit.SECONDS);
      assertEquals(2, count(store));
    }
  }

  @Test
  void whatIsAskedOfTheDatabaseItselfIsAnswered() throws Exception {
    try (ScratchDatabase scratch = ScratchDatabase.make();
        UserEngineStore store = PostgresUserEngineStore.open(scratch.dsn(), ONE_CONNECTION);
        PostgresSchema schema =
            PostgresSchema.open(Dsn.parse(scratch.dsn(), Map.of()), PostgresOptions.defaults())) {
      assertInstanceOf(
          Readiness.Uninitialised.class, interrupted(() -> schema.status().readiness()));
      interrupted(schema::plan);
      interrupted(schema::pendingFiles);
      interrupted(schema::migrate);
      assertInstanceOf(Readiness.Ready.class, interrupted(store::readiness));
      assertEquals(List.of(), interrupted(store::migrate).applied());
      assertInstanceOf(RecordCounts.Exact.class, interrupted(store::counts));
      assertInstanceOf(RecordCounts.Estimated.class, interrupted(store::estimatedCounts));
    }
  }

  @Test
  void closingEndsTheThreadsOfThePool() throws Exception {
    try (ScratchDatabase scratch = ScratchDatabase.make()) {
      List<Thread> before = threads();
      UserEngineStore store = PostgresUserEngineStore.open(scratch.dsn(), ONE_CONNECTION);
      store.migrate();
      store.tenant(TENANT).users().create(UserDraft.named("ada"));
      List<Thread> ofThePool = threads();
      ofThePool.removeAll(before);
      interrupted(
          () -> {
            store.close();
            return true;
          });
      assertTrue(!ofThePool.isEmpty(), "the pool has threads");
      for (Thread thread : ofThePool) {
        thread.join(TimeUnit.SECONDS.toMillis(30));
        assertTrue(!thread.isAlive(), thread.getName());
      }
    }
  }

  /** Those of HikariCP bear the name that the store gives to its pool. */
  private static List<Thread> threads() {
    return new ArrayList<>(
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("user-engine-"))
            .toList());
  }

  /** The JDK closes a socket on which an interrupted virtual thread waits. */
  @Test
  void aVirtualThreadKeepsItsConnections() throws Exception {
    Method start = startVirtualThread();
    try (ScratchDatabase scratch = ScratchDatabase.make();
        UserEngineStore store = PostgresUserEngineStore.open(scratch.dsn(), ONE_CONNECTION);
        Connection connection = scratch.database().connect()) {
      store.migrate();
      connection.setAutoCommit(false);
      CompletableFuture<Object> done = new CompletableFuture<>();
      Runnable calls =
          () -> {
            try {
              interrupted(() -> store.tenant(TENANT).users().create(UserDraft.named("ada")));
              interrupted(
                  () ->
                      store.inTransaction(TENANT, tx -> tx.users().create(UserDraft.named("bob"))));
              interrupted(
                  () ->
                      CallerTransactions.on(PostgresOptions.defaults())
                          .join(
                              connection,
                              TENANT,
                              tx -> tx.users().create(UserDraft.named("carl"))));
              done.complete(true);
            } catch (Throwable t) {
              done.completeExceptionally(t);
            }
          };
      start.invoke(null, calls);
      done.get(60, TimeUnit.SECONDS);
      connection.commit();
      assertEquals(3, count(store));
    }
  }

  private static Method startVirtualThread() {
    try {
      return Thread.class.getMethod("startVirtualThread", Runnable.class);
    } catch (NoSuchMethodException e) {
      return Assumptions.abort("virtual threads are of JDK 21 and newer");
    }
  }

  private static long count(UserEngineStore store) {
    return assertInstanceOf(RecordCounts.Exact.class, store.tenant(TENANT).counts())
        .of(RecordKind.USER);
  }
}
