package io.netkingdom.userengine.store.memory.broken;

import static io.netkingdom.userengine.store.memory.broken.FaultyStore.fault;

import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.adapter.TransactionalStore;
import java.util.List;

/** What goes wrong with work in a transaction of the caller's. */
final class JoiningFaults {

  private JoiningFaults() {}

  static List<FaultyStore> all() {
    return List.of(
        // As a library does that ends a transaction which it did not begin.
        fault("JoinCommits")
            .callers(
                own ->
                    own.join =
                        (tenant, work) -> {
                          Object result = own.joinHonestly(tenant, work);
                          own.commit();
                          return result;
                        })
            .mustFail("TXN-11", "what another transaction sees before the caller commits")
            .mustFail("TXN-21", "the user that was changed"),
        // On a connection of its own.
        fault("JoinWorksApart")
            .callers(
                own ->
                    own.join =
                        (tenant, work) ->
                            new TransactionalStore(own.engine, StoreOptions.defaults())
                                .inTransaction(tenant, work))
            .mustFail("TXN-11", "what another transaction sees before the caller commits")
            .mustFail("TXN-21", "the user that was changed"),
        // Its own lock timeout, and it stays.
        fault("JoinChangesSettings")
            .callers(
                own ->
                    own.join =
                        (tenant, work) -> {
                          own.settings.put("lock_timeout", "10000");
                          return own.joinHonestly(tenant, work);
                        })
            .mustFail("TXN-22", "the caller's settings after a join"),
        // In a transaction that the engine has given up.
        fault("JoinRunsAgain")
            .callers(
                own ->
                    own.join =
                        (tenant, work) -> {
                          try {
                            return own.joinHonestly(tenant, work);
                          } catch (StoreException.Retryable e) {
                            return own.joinHonestly(tenant, work);
                          }
                        })
            .mustFail("TXN-23", "how often joined work runs"),
        joinedHandlesLiveOn(),
        // Work that joins begins whatever the tables are like.
        fault("JoinNeedsNoTables")
            .callers(
                own ->
                    own.join =
                        (tenant, work) -> {
                          try {
                            return own.joinHonestly(tenant, work);
                          } catch (StoreException.NotMigrated e) {
                            return null;
                          }
                        })
            .mustFail("MIG-03", "a call of a store that is not ready: expected NotMigrated"),
        // What work wrote before it failed is there.
        fault("JoinKeepsHalf")
            .callers(own -> own.undo = savepoint -> {})
            .mustFail("TXN-26", "what joined work sees of work that failed before"),
        // Work may end what is its caller's.
        fault("JoinNoticesNothing")
            .callers(own -> own.noticeThatItEnded = () -> {})
            .mustFail("TXN-27", "joined work that committed: expected IllegalUse"));
  }

  /** A handle of joined work joins again when its work is over. */
  private static FaultyStore joinedHandlesLiveOn() {
    return fault("JoinedHandlesLiveOn")
        .callers(
            own ->
                own.join =
                    (tenant, work) ->
                        own.joinHonestly(
                            tenant,
                            tx ->
                                work.in(
                                    new FaultyRecords.Handle(
                                        tx,
                                        calls ->
                                            calls
                                                .users()
                                                .find(
                                                    (honest, id) -> {
                                                      try {
                                                        return honest.find(id);
                                                      } catch (StoreException.IllegalUse e) {
                                                        return own.join(
                                                            tenant,
                                                            again -> again.users().find(id));
                                                      }
                                                    })))))
        .mustFail("TXN-11", "using a handle of joined work after that work: expected IllegalUse");
  }
}
