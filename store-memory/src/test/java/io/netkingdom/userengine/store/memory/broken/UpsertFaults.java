package io.netkingdom.userengine.store.memory.broken;

import static io.netkingdom.userengine.store.memory.broken.FaultyStore.users;

import io.netkingdom.userengine.store.ExternalId;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What goes wrong with the upserts of users. */
final class UpsertFaults {

  private UpsertFaults() {}

  static List<FaultyStore> all() {
    return List.of(
        users("UpsertAlwaysUpdates")
            .upsert((honest, draft) -> new UpsertResult.Updated<>(honest.upsert(draft).record()))
            .mustFail("UPS-01", "upserting a name that is free: expected Created")
            .mustFail("UPS-02", "repeating an upsert: expected Unchanged"),
        users("UpsertAlwaysCreates")
            .upsert((honest, draft) -> Results.asCreated(honest.upsert(draft)))
            .mustFail(
                "UPS-03",
                "how many of the concurrent upserts created the user: expected 1, but was 8"),
        upsertLooksBeforeItLocks(),
        users("UpsertDropsTakenKey")
            .upsert(
                (honest, draft) -> {
                  try {
                    return honest.upsert(draft);
                  } catch (StoreException.Conflict e) {
                    if (!e.field().equals("externalId")) {
                      throw e;
                    }
                    return honest.upsert(UserFaults.with(draft, null, draft.displayName()));
                  }
                })
            .mustFail("UPS-04", "updating to another user's external id: expected Conflict"),
        users("UpsertMerges")
            .upsert(
                (honest, draft) -> {
                  ExternalId kept = UserFaults.externalId(honest.findByUserName(draft.userName()));
                  return honest.upsert(
                      draft.externalId() == null && kept != null
                          ? draft.withExternalId(kept.value())
                          : draft);
                })
            .mustFail("UPS-07", "the external id that was left out"),
        users("UpsertByTypedName")
            .upsert(
                (honest, draft) ->
                    honest
                            .findByUserName(draft.userName())
                            .filter(user -> user.userName().equals(draft.userName()))
                            .isPresent()
                        ? honest.upsert(draft)
                        : new UpsertResult.Created<>(honest.create(draft)))
            .mustFail("UPS-08", "unexpected Conflict (userName"),
        users("UpsertChangesId")
            .upsert(
                (honest, draft) -> {
                  Optional<User> stored = honest.findByUserName(draft.userName());
                  UserId id = draft.id();
                  if (id == null || stored.isEmpty() || honest.find(id).isPresent()) {
                    return honest.upsert(draft);
                  }
                  honest.delete(stored.get().id());
                  return new UpsertResult.Updated<>(honest.create(draft));
                })
            .mustFail("UPS-09", "an upsert that names an unused id: expected Unchanged"));
  }

  /** Finds nobody, and creates. Two that found nobody meet here, so that the race takes place. */
  private static FaultyStore upsertLooksBeforeItLocks() {
    Map<String, CountDownLatch> lookers = new ConcurrentHashMap<>();
    return users("UpsertLooksBeforeItLocks")
        .upsert(
            (honest, draft) -> {
              if (honest.findByUserName(draft.userName()).isPresent()) {
                return honest.upsert(draft);
              }
              CountDownLatch two =
                  lookers.computeIfAbsent(draft.userName().key(), any -> new CountDownLatch(2));
              two.countDown();
              try {
                two.await(100, TimeUnit.MILLISECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return new UpsertResult.Created<>(honest.create(draft));
            })
        .mustFail("UPS-03", "unexpected Conflict (userName");
  }
}
