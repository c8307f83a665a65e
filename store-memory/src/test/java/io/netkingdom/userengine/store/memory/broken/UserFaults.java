package io.netkingdom.userengine.store.memory.broken;

import static io.netkingdom.userengine.store.memory.broken.FaultyStore.fault;
import static io.netkingdom.userengine.store.memory.broken.FaultyStore.users;

import io.netkingdom.userengine.store.Email;
import io.netkingdom.userengine.store.EmailAddress;
import io.netkingdom.userengine.store.ExternalId;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.UserRepository;
import java.text.Normalizer;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What goes wrong with users. */
final class UserFaults {

  private UserFaults() {}

  static List<FaultyStore> all() {
    return List.of(
        users("RandomIds")
            .create(
                (honest, draft) ->
                    honest.create(
                        draft.id() == null ? draft.withId(UserId.of(UUID.randomUUID())) : draft))
            .mustFail("USR-01", "the version of the UUID that create assigned"),
        resurrectedUserId(),
        users("ForgetsEmailFlags")
            .create(
                (honest, draft) ->
                    honest.create(
                        new UserDraft(
                            draft.id(),
                            draft.userName(),
                            draft.externalId(),
                            draft.displayName(),
                            draft.active(),
                            draft.emails().stream()
                                .map(email -> new Email(email.address(), false, false))
                                .toList())))
            .mustFail("USR-02", "the user that create returned: emails"),
        users("UpdateCreates")
            .update(
                (honest, edited) ->
                    honest.find(edited.id()).isPresent()
                        ? honest.update(edited)
                        : honest
                            .findByUserName(edited.userName())
                            .orElseGet(() -> honest.create(edited.asDraft())))
            .mustFail("USR-03", "update of a deleted user: expected NotFound")
            .mustFail("ERR-01", "expected NotFound, but it returned normally"),
        users("FirstHolderOnly")
            .findByEmail(
                (honest, address) -> honest.findByEmail(address).stream().limit(1).toList())
            .mustFail("USR-06", "the holders of a shared address"),
        users("LostUpdate")
            .update(
                (honest, edited) -> {
                  // Deleting nobody takes the writer's lock: nothing changes after the next read.
                  honest.delete(UserId.generate(Instant.EPOCH));
                  return honest.update(honest.get(edited.id()).withAttributesOf(edited.asDraft()));
                })
            .mustFail("USR-07", "expected StaleVersion, but it returned normally")
            .mustFail("ISO-02", "exactly one wins"),
        everyHundredthUpdateIsLost(),
        users("SameValueIsAChange")
            .update(
                (honest, edited) ->
                    isStored(honest, edited) ? twice(honest, edited) : honest.update(edited))
            .users()
            .upsert(
                (honest, draft) -> {
                  UpsertResult<User> result = honest.upsert(draft);
                  return result instanceof UpsertResult.Unchanged<User>
                      ? new UpsertResult.Updated<>(twice(honest, result.record()))
                      : result;
                })
            .mustFail("USR-08", "the user after a change to the same values")
            .mustFail("UPS-02", "repeating an upsert: expected Unchanged"),
        users("CreateOverwrites")
            .create((honest, draft) -> honest.upsert(draft).record())
            .mustFail("USR-10", "creating a user with a taken name: expected Conflict")
            .mustFail("KEY-02", "a variant that the profile maps: expected Conflict")
            .mustFail("ISO-12", "how many of the concurrent calls created the user"),
        users("StickyPrimaryEmail")
            .update((honest, edited) -> honest.update(withStoredPrimary(honest, edited)))
            .mustFail("USR-11", "the addresses after another one became the primary one"),
        users("FoldsUnicodeInEmails")
            .findByEmail(
                (honest, address) ->
                    honest.findByEmail(EmailAddress.of(address.value().toLowerCase(Locale.ROOT))))
            .mustFail("USR-12", "the holders of an address with the Kelvin sign"),
        users("TakesTimesFromCaller")
            .update(
                (honest, edited) -> {
                  User user = honest.update(edited);
                  return at(user, edited.created(), user.lastModified(), user.version());
                })
            .mustFail("USR-13", "created after an edit that names another"),
        users("SignedIdOrder")
            .findByEmail(
                (honest, address) ->
                    honest.findByEmail(address).stream()
                        .sorted(Comparator.comparing(user -> user.id().value()))
                        .toList())
            .mustFail("USR-14", "the holders of one address, by id"),
        users("UpdateDropsTakenKey")
            .update(
                (honest, edited) -> {
                  try {
                    return honest.update(edited);
                  } catch (StoreException.Conflict e) {
                    if (!e.field().equals("externalId")) {
                      throw e;
                    }
                    return honest.update(edited.withExternalId(null));
                  }
                })
            .mustFail("USR-15", "an update to another user's external id: expected Conflict"),
        users("NullMeansKeep")
            .update(
                (honest, edited) -> {
                  ExternalId kept = externalId(honest.find(edited.id()));
                  return honest.update(
                      edited.externalId() == null && kept != null
                          ? edited.withExternalId(kept.value())
                          : edited);
                })
            .mustFail("USR-02", "the user that update emptied")
            .mustFail("KEY-07", "unexpected Conflict (externalId"),
        softDelete(),
        // As a B-tree does whose entries end at 2,704 bytes, and that compresses what it can.
        users("IndexRowTooLong")
            .create(
                (honest, draft) -> {
                  ExternalId id = draft.externalId();
                  if (id != null && id.value().codePoints().distinct().count() > 200) {
                    throw new StoreException.EngineFailure("index row too long", null);
                  }
                  return honest.create(draft);
                })
            .mustFail("TXT-02", "unexpected EngineFailure"),
        users("NormalisesText")
            .create(
                (honest, draft) -> {
                  String text = draft.displayName();
                  return honest.create(
                      text == null
                          ? draft
                          : draft.withDisplayName(Normalizer.normalize(text, Normalizer.Form.NFC)));
                })
            .mustFail("TXT-03", "the display name that create returned"),
        users("EmptyIsAbsent")
            .create(
                (honest, draft) ->
                    honest.create(
                        "".equals(draft.displayName())
                            ? with(draft, draft.externalId(), null)
                            : draft))
            .mustFail("TXT-04", "an empty display name"),
        users("DeleteAlwaysSucceeds")
            .delete(
                (honest, id) -> {
                  honest.delete(id);
                  return true;
                })
            .mustFail("DEL-02", "deleting again: expected false"),
        users("ConflictRepeatsTheValue")
            .create(
                (honest, draft) -> {
                  try {
                    return honest.create(draft);
                  } catch (StoreException.Conflict e) {
                    ExternalId externalId = draft.externalId();
                    throw externalId == null
                        ? e
                        : new StoreException.Conflict(e.field() + " " + externalId.value());
                  }
                })
            .mustFail("ERR-03", "no message repeats a value")
            .mustFail("ERR-04", "no message holds a control character"),
        // Refuses what is stale only if it is another value: what a compare of values does.
        users("UpdateLooksFirst")
            .update(
                (honest, edited) ->
                    honest
                        .find(edited.id())
                        .filter(edited::hasSameAttributesAs)
                        .orElseGet(() -> honest.update(edited)))
            .mustFail(
                "USR-07", "a stale update to the values that are stored: expected StaleVersion"));
  }

  private static FaultyStore resurrectedUserId() {
    Queue<UserId> free = new ConcurrentLinkedQueue<>();
    return users("ResurrectedUserId")
        .create(
            (honest, draft) -> {
              UserId id = draft.id() == null ? free.poll() : null;
              return honest.create(
                  id != null && honest.find(id).isEmpty() ? draft.withId(id) : draft);
            })
        .users()
        .delete((honest, id) -> honest.delete(id) && free.add(id))
        .mustFail("DEL-05", "a new user has an id that no deleted one had");
  }

  private static FaultyStore everyHundredthUpdateIsLost() {
    AtomicInteger updates = new AtomicInteger();
    FaultyStore store = fault("EveryHundredthUpdateIsLost");
    return store
        .users()
        .update(
            (honest, edited) ->
                updates.incrementAndGet() % 100 == 0
                    ? edited.modified(store.memory().now())
                    : honest.update(edited))
        .mustFail("ISO-03", "the counter: expected 8000");
  }

  private static FaultyStore softDelete() {
    Set<UserId> deleted = ConcurrentHashMap.newKeySet();
    return users("SoftDelete")
        .delete((honest, id) -> honest.find(id).isPresent() && deleted.add(id))
        .users()
        .find((honest, id) -> honest.find(id).filter(user -> !deleted.contains(user.id())))
        .users()
        .findByUserName(
            (honest, name) ->
                honest.findByUserName(name).filter(user -> !deleted.contains(user.id())))
        .users()
        .findByExternalId(
            (honest, id) ->
                honest.findByExternalId(id).filter(user -> !deleted.contains(user.id())))
        .users()
        .findByEmail(
            (honest, address) ->
                honest.findByEmail(address).stream()
                    .filter(user -> !deleted.contains(user.id()))
                    .toList())
        .mustFail("KEY-09", "unexpected Conflict")
        .mustFail("DEL-01", "the user's links")
        .mustFail("CNT-06", "users after a deletion");
  }

  private static boolean isStored(UserRepository honest, User edited) {
    return honest.find(edited.id()).filter(edited::hasSameAttributesAs).isPresent();
  }

  /** Runs a change of the display name in between, so that one change counts as two. */
  private static User twice(UserRepository honest, User edited) {
    User first = honest.update(edited.withDisplayName("in between"));
    return honest.update(at(edited, first.created(), first.lastModified(), first.version()));
  }

  private static User at(User user, Instant created, Instant lastModified, long version) {
    return new User(
        user.id(),
        user.userName(),
        user.externalId(),
        user.displayName(),
        user.active(),
        user.emails(),
        created,
        lastModified,
        version);
  }

  private static User withStoredPrimary(UserRepository honest, User edited) {
    return honest.find(edited.id()).stream()
        .flatMap(user -> user.emails().stream())
        .filter(Email::primary)
        .map(Email::address)
        .findFirst()
        .map(
            primary ->
                edited.withEmails(
                    edited.emails().stream()
                        .map(
                            email ->
                                new Email(
                                    email.address(),
                                    email.verified(),
                                    email.address().equals(primary)))
                        .toList()))
        .orElse(edited);
  }

  static @Nullable ExternalId externalId(Optional<User> user) {
    return user.map(User::externalId).orElse(null);
  }

  static UserDraft with(
      UserDraft draft, @Nullable ExternalId externalId, @Nullable String displayName) {
    return new UserDraft(
        draft.id(), draft.userName(), externalId, displayName, draft.active(), draft.emails());
  }
}
