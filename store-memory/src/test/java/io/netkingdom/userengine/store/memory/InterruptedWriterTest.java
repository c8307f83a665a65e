package io.netkingdom.userengine.store.memory;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.UserRepository;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An interrupt before a call is a rule of the contract's, LIF-08; this is one during a wait. */
@Timeout(60)
class InterruptedWriterTest {

  private static final TenantId TENANT = TenantId.of("acme");

  private record Outcome(Throwable thrown, boolean interrupted) {}

  @Test
  void aWriterThatIsInterruptedWhileItWaitsIsRefusedAndStaysInterrupted() throws Exception {
    try (UserEngineStore store = MemoryUserEngineStore.create()) {
      UserRepository users = store.tenant(TENANT).users();
      CompletableFuture<Outcome> outcome = new CompletableFuture<>();
      Thread writer =
          new Thread(
              () -> {
                try {
                  users.create(UserDraft.named("ada"));
                  outcome.completeExceptionally(new AssertionError("it did not wait"));
                } catch (StoreException e) {
                  outcome.complete(new Outcome(e, Thread.currentThread().isInterrupted()));
                }
              });
      store.inTransaction(
          TENANT,
          tx -> {
            tx.users().create(UserDraft.named("bob"));
            writer.start();
            while (writer.getState() != Thread.State.TIMED_WAITING) {
              Thread.onSpinWait();
            }
            writer.interrupt();
            Outcome seen = outcome.get(30, TimeUnit.SECONDS);
            assertInstanceOf(StoreException.Unavailable.class, seen.thrown());
            assertTrue(seen.interrupted());
            return true;
          });
      assertTrue(users.findByUserName("ada").isEmpty());
      users.create(UserDraft.named("ada"));
    }
  }
}
