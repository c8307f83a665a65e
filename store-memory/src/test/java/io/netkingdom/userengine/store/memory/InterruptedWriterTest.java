package io.netkingdom.userengine.store.memory;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.UserRepository;
import org.junit.jupiter.api.Test;

/** The contract says nothing of interrupts: what JDBC drivers make of them differs. */
class InterruptedWriterTest {

  @Test
  void aWriterThatIsInterruptedIsRefusedAndStaysInterrupted() {
    try (UserEngineStore store = MemoryUserEngineStore.create()) {
      UserRepository users = store.tenant(TenantId.of("acme")).users();
      Thread.currentThread().interrupt();
      try {
        assertThrows(StoreException.Unavailable.class, () -> users.create(UserDraft.named("ada")));
      } finally {
        // Taken back whatever the outcome, for the sake of the tests after this one.
        assertTrue(Thread.interrupted());
      }
      assertTrue(users.findByUserName("ada").isEmpty());
      users.create(UserDraft.named("ada"));
    }
  }
}
