package io.netkingdom.userengine.store.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netkingdom.userengine.store.RecordCounts;
import io.netkingdom.userengine.store.RecordKind;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionOptions;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.adapter.TransactionalStore;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** When a store lets its engine go; a closed memory engine has no records. */
class ReleaseTest {

  private static final TenantId TENANT = TenantId.of("acme");

  private final MemoryEngine engine = new MemoryEngine(InstantSource.system());
  private final TransactionalStore store = new TransactionalStore(engine, StoreOptions.defaults());

  private long kept() {
    return ((RecordCounts.Exact) engine.counts()).of(RecordKind.USER);
  }

  @Test
  void closingAStoreThatWasUsedReleasesTheEngine() {
    store.migrate();
    store.tenant(TENANT).users().create(UserDraft.named("single"));
    store.inTransaction(TENANT, tx -> tx.users().create(UserDraft.named("own")));
    TransactionOptions options = TransactionOptions.defaults();
    store.joining(
        engine.begin(TENANT, options), TENANT, options, tx -> tx.users().findByUserName("ada"));
    assertEquals(2, kept());
    store.close();
    assertEquals(0, kept());
  }

  @Test
  void theEngineIsKeptUntilTheLastOneIsOut() {
    store.tenant(TENANT).users().create(UserDraft.named("ada"));
    assertThrows(
        Undo.class,
        () ->
            store.inTransaction(
                TENANT,
                tx -> {
                  store.close();
                  assertEquals(1, kept());
                  throw new Undo();
                }));
    assertEquals(0, kept());
  }

  @Test
  void anEngineIsReleasedOnce() {
    UserEngineStore other = new TransactionalStore(engine, StoreOptions.defaults());
    store.close();
    other.tenant(TENANT).users().create(UserDraft.named("ada"));
    store.close();
    assertEquals(1, kept());
  }

  private static final class Undo extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
