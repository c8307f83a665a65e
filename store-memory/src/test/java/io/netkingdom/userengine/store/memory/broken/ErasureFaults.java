package io.netkingdom.userengine.store.memory.broken;

import static io.netkingdom.userengine.store.memory.broken.FaultyStore.audit;
import static io.netkingdom.userengine.store.memory.broken.FaultyStore.fault;
import static io.netkingdom.userengine.store.memory.broken.FaultyStore.outbox;
import static io.netkingdom.userengine.store.memory.broken.FaultyStore.users;

import io.netkingdom.userengine.store.AuditId;
import io.netkingdom.userengine.store.AuditRecord;
import io.netkingdom.userengine.store.AuditSubject;
import io.netkingdom.userengine.store.IsolationLevel;
import io.netkingdom.userengine.store.OutboxDraft;
import io.netkingdom.userengine.store.OutboxId;
import io.netkingdom.userengine.store.OutboxRecord;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.UserRepository;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/** What goes wrong with erasure. */
final class ErasureFaults {

  private ErasureFaults() {}

  static List<FaultyStore> all() {
    return List.of(
        // No tombstone, and nothing is taken from the records that remain.
        users("EraseIsDelete")
            .erase(UserRepository::delete)
            .mustFail("DEL-06", "creating a user with an erased id: expected Conflict")
            .mustFail("DEL-08", "a record that names the erased user")
            .mustFail("DEL-09", "a message about the erased user"),
        // The row remains, without anything in it.
        users("EraseOverwritesTheUser")
            .erase(
                (honest, id) -> {
                  Optional<User> user = honest.find(id);
                  UserDraft nobody = UserDraft.named("erased-" + id).withActive(false);
                  user.ifPresent(found -> honest.update(found.withAttributesOf(nobody)));
                  return user.isPresent();
                })
            .mustFail("DEL-03", "find by id")
            .mustFail("DEL-07", "users after the erasure: expected 0, but was 1")
            .mustFail("CNT-08", "the counts after the other one was erased"),
        erasedIdsAreUpserted(),
        erasesTargetsOnly(),
        keepsHeaders(),
        tombstonesOfAllTenants(),
        fault("ErasureCommitsAlone")
            .transaction(
                tx -> tx.users().erase((own, id) -> tx.alone(records -> records.users().erase(id))))
            .mustFail("DEL-11", "the user: expected"),
        // Erases nothing where there is no user any more.
        users("DeletedUsersLeaveTraces")
            .erase((honest, id) -> honest.find(id).isPresent() && honest.erase(id))
            .mustFail("DEL-12", "a record about the deleted user after the erasure"),
        // What others committed meanwhile stays where no key refers to the user.
        atSerializable("DeletesAtSerializable", UserRepository::delete)
            .mustFail("DEL-13", "what is left by an erasure at SERIALIZABLE"),
        // Refuses by name, when everything is done.
        atSerializable(
                "RefusesTooLate",
                (honest, id) -> {
                  honest.erase(id);
                  throw new StoreException.InvalidInput("isolation", "is too strong");
                })
            .mustFail("DEL-13", "and was refused"),
        recordsOfTheGoneEscape());
  }

  /** Erases otherwise in a transaction that is SERIALIZABLE. */
  private static FaultyStore atSerializable(
      String name, BiFunction<UserRepository, UserId, Boolean> erase) {
    return fault(name)
        .transaction(
            tx -> {
              if (tx.options.isolation() == IsolationLevel.SERIALIZABLE) {
                tx.users().erase(erase);
              }
            });
  }

  /** Guards one way to create a user. */
  private static FaultyStore erasedIdsAreUpserted() {
    FaultyStore store = fault("ErasedIdsAreUpserted");
    return store
        .users()
        .upsert(
            (honest, draft) -> {
              UserId id = draft.id();
              try {
                return honest.upsert(draft);
              } catch (StoreException.Conflict e) {
                if (id == null || !e.field().equals("id") || honest.find(id).isPresent()) {
                  throw e;
                }
                return honest.upsert(draft.withId(UserId.generate(store.memory().now())));
              }
            })
        .mustFail("DEL-06", "upserting a new user with an erased id: expected Conflict");
  }

  private static FaultyStore erasesTargetsOnly() {
    Map<AuditId, AuditRecord> before = new ConcurrentHashMap<>();
    return audit("ErasesTargetsOnly")
        .append(
            (honest, draft) -> {
              AuditRecord record = honest.append(draft);
              if (!draft.target().type().equals(AuditSubject.USER)) {
                before.put(record.id(), record);
              }
              return record;
            })
        .audit()
        .find((honest, id) -> honest.find(id).map(record -> before.getOrDefault(id, record)))
        .mustFail("DEL-08", "a record that names the erased user");
  }

  private static FaultyStore keepsHeaders() {
    Map<OutboxId, Map<String, String>> headers = new ConcurrentHashMap<>();
    return outbox("KeepsHeaders")
        .append(
            (honest, draft) -> {
              UpsertResult<OutboxRecord> result = honest.append(draft);
              headers.putIfAbsent(result.record().id(), draft.headers());
              return result;
            })
        .outbox()
        .find(
            (honest, id) ->
                honest
                    .find(id)
                    .map(
                        record -> {
                          OutboxDraft message = record.message();
                          return new OutboxRecord(
                              id,
                              record.created(),
                              message.withHeaders(headers.getOrDefault(id, message.headers())));
                        }))
        .mustFail("DEL-09", "a message about the erased user");
  }

  private static FaultyStore tombstonesOfAllTenants() {
    Set<UserId> erased = ConcurrentHashMap.newKeySet();
    return users("TombstonesOfAllTenants")
        .erase(
            (honest, id) -> {
              erased.add(id);
              return honest.erase(id);
            })
        .users()
        .create(
            (honest, draft) -> {
              UserId id = draft.id();
              if (id != null && erased.contains(id)) {
                throw new StoreException.Conflict("id");
              }
              return honest.create(draft);
            })
        .mustFail("DEL-10", "unexpected Conflict (id");
  }

  /** Nobody who tells of a user without a row is waited for. */
  private static FaultyStore recordsOfTheGoneEscape() {
    Map<AuditId, AuditRecord> escaped = new ConcurrentHashMap<>();
    return fault("RecordsOfTheGoneEscape")
        .records(
            (records, calls) -> {
              calls
                  .audit()
                  .append(
                      (honest, draft) -> {
                        AuditRecord record = honest.append(draft);
                        AuditSubject actor = draft.actor();
                        if (actor.type().equals(AuditSubject.USER)
                            && records.users().find(UserId.of(actor.id())).isEmpty()) {
                          escaped.put(record.id(), record);
                        }
                        return record;
                      });
              calls
                  .audit()
                  .find(
                      (honest, id) ->
                          honest.find(id).map(record -> escaped.getOrDefault(id, record)));
            })
        .mustFail("DEL-14", "the details of a record about a deleted user");
  }
}
