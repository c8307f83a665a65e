package io.netkingdom.userengine.store.memory.broken;

import io.netkingdom.userengine.store.Email;
import io.netkingdom.userengine.store.EmailAddress;
import io.netkingdom.userengine.store.ExternalId;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.UserName;
import io.netkingdom.userengine.store.UserRepository;
import java.text.Normalizer;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What goes wrong with users, their keys and their upserts. */
final class UserSins {

  private UserSins() {}

  static List<BrokenStore> all() {
    return List.of(
        new RandomIds(),
        new ResurrectedUserId(),
        new ForgetsEmailFlags(),
        new UpdateCreates(),
        new NamesCompareAsTyped(),
        new TrimsExternalIds(),
        new FirstHolderOnly(),
        new LostUpdate(),
        new EveryHundredthUpdateIsLost(),
        new SameValueIsAChange(),
        new CreateOverwrites(),
        new WholeLettersOnly(),
        new StickyPrimaryEmail(),
        new FoldsUnicodeInEmails(),
        new TakesTimesFromCaller(),
        new SignedIdOrder(),
        new UpdateDropsTakenKey(),
        new KeysFoldedAgain(),
        new KeyFoldedByLocale(),
        new RespellingConflicts(),
        new NullMeansKeep(),
        new SoftDelete(),
        new OldNamesRemain(),
        new UpsertAlwaysUpdates(),
        new UpsertAlwaysCreates(),
        new UpsertLooksBeforeItLocks(),
        new UpsertDropsTakenKey(),
        new UpsertMerges(),
        new UpsertByTypedName(),
        new UpsertChangesId(),
        new IndexRowTooLong(),
        new NormalisesText(),
        new EmptyIsAbsent(),
        new DeleteAlwaysSucceeds(),
        new ConflictRepeatsTheValue(),
        new UpdateLooksFirst());
  }

  /** Runs a change of the display name in between, so that one change counts as two. */
  private static User twice(UserRepository honest, User edited) {
    User first = honest.update(edited.withDisplayName("in between"));
    return honest.update(
        new User(
            edited.id(),
            edited.userName(),
            edited.externalId(),
            edited.displayName(),
            edited.active(),
            edited.emails(),
            first.created(),
            first.lastModified(),
            first.version()));
  }

  private static final class RandomIds extends BrokenStore {
    RandomIds() {
      kills("USR-01", "the version of the UUID that create assigned");
    }

    @Override
    UserRepository users(Repositories honest) {
      return new ForwardingUsers(honest.users()) {
        @Override
        public User create(UserDraft draft) {
          return super.create(
              draft.id() == null ? draft.withId(UserId.of(UUID.randomUUID())) : draft);
        }
      };
    }
  }

  private static final class ResurrectedUserId extends BrokenStore {
    private final Queue<UserId> free = new ConcurrentLinkedQueue<>();

    ResurrectedUserId() {
      kills("DEL-05", "a new user has an id that no deleted one had");
    }

    @Override
    UserRepository users(Repositories honest) {
      return new ForwardingUsers(honest.users()) {
        @Override
        public User create(UserDraft draft) {
          UserId id = draft.id() == null ? free.poll() : null;
          if (id != null && find(id).isEmpty()) {
            return super.create(draft.withId(id));
          }
          return super.create(draft);
        }

        @Override
        public boolean delete(UserId id) {
          boolean deleted = super.delete(id);
          if (deleted) {
            free.add(id);
          }
          return deleted;
        }
      };
    }
  }

  private static final class ForgetsEmailFlags extends BrokenStore {
    ForgetsEmailFlags() {
      kills("USR-02", "the user that create returned: emails");
    }

    @Override
    UserRepository users(Repositories honest) {
      return new ForwardingUsers(honest.users()) {
        @Override
        public User create(UserDraft draft) {
          List<Email> plain =
              draft.emails().stream()
                  .map(email -> new Email(email.address(), false, false))
                  .toList();
          return super.create(
              new UserDraft(
                  draft.id(),
                  draft.userName(),
                  draft.externalId(),
                  draft.displayName(),
                  draft.active(),
                  plain));
        }
      };
    }
  }

  private static final class UpdateCreates extends BrokenStore {
    UpdateCreates() {
      kills("USR-03", "update of a deleted user: expected NotFound");
      kills("ERR-01", "expected NotFound, but it returned normally");
    }

    @Override
    UserRepository users(Repositories honest) {
      return new ForwardingUsers(honest.users()) {
        @Override
        public User update(User edited) {
          if (find(edited.id()).isEmpty()) {
            return findByUserName(edited.userName()).orElseGet(() -> create(edited.asDraft()));
          }
          return super.update(edited);
        }
      };
    }
  }

  private static final class NamesCompareAsTyped extends BrokenStore {
    NamesCompareAsTyped() {
      kills("USR-04", "the user found by a spelling of its name");
      kills("KEY-01", "whether Ada finds ada");
      kills("KEY-03", "the user found by its key");
      kills("KEY-06", "the user found by the first spelling");
    }

    @Override
    UserRepository users(Repositories honest) {
      return new ForwardingUsers(honest.users()) {
        @Override
        public Optional<User> findByUserName(UserName userName) {
          return super.findByUserName(userName).filter(user -> user.userName().equals(userName));
        }
      };
    }
  }

  private static final class TrimsExternalIds extends BrokenStore {
    TrimsExternalIds() {
      kills("USR-05", "find by an external id that merely resembles");
      kills("KEY-10", "Conflict (externalId");
    }

    @Override
    UserRepository users(Repositories honest) {
      return new ForwardingUsers(honest.users()) {
        @Override
        public Optional<User> findByExternalId(ExternalId externalId) {
          return super.findByExternalId(externalId)
              .or(() -> super.findByExternalId(ExternalId.of(externalId.value().strip())));
        }

        @Override
        public User create(UserDraft draft) {
          ExternalId externalId = draft.externalId();
          if (externalId != null && findByExternalId(externalId).isPresent()) {
            throw new StoreException.Conflict("externalId");
          }
          return super.create(draft);
        }
      };
    }
  }

  private static final class FirstHolderOnly extends BrokenStore {
    FirstHolderOnly() {
      kills("USR-06", "the holders of a shared address");
    }

    @Override
    UserRepository users(Repositories honest) {
      return new ForwardingUsers(honest.users()) {
        @Override
        public List<User> findByEmail(EmailAddress address) {
          return super.findByEmail(address).stream().limit(1).toList();
        }
      };
    }
  }

  private static final class LostUpdate extends BrokenStore {
    LostUpdate() {
      kills("USR-07", "expected StaleVersion, but it returned normally");
      kills("ISO-02", "exactly one wins");
    }

    @Override
    UserRepository users(Repositories honest) {
      return new ForwardingUsers(honest.users()) {
        @Override
        public User update(User edited) {
          // Deleting nobody takes the writer's lock, so that nothing changes after the next read.
          honest.delete(UserId.generate(Instant.EPOCH));
          return super.update(get(edited.id()).withAttributesOf(edited.asDraft()));
        }
      };
    }
  }

  private static final class EveryHundredthUpdateIsLost extends BrokenStore {
    private final AtomicInteger updates = new AtomicInteger();

    EveryHundredthUpdateIsLost() {
      kills("ISO-03", "the counter: expected 8000");
    }

    @Override
    UserRepository users(Repositories honest) {
      return new ForwardingUsers(honest.users()) {
        @Override
        public User update(User edited) {
          return updates.incrementAndGet() % 100 == 0
              ? edited.modified(memory().now())
              : super.update(edited);
        }
      };
    }
  }

  private static final class SameValueIsAChange extends BrokenStore {
    SameValueIsAChange() {
      kills("USR-08", "the user after a change to the same values");
      kills("UPS-02", "repeating an upsert: expected Unchanged");
    }

    @Override
    UserRepository users(Repositories honest) {
      return new ForwardingUsers(honest.users()) {
        @Override
        public User update(User edited) {
          return find(edited.id()).filter(edited::hasSameAttributesAs).isPresent()
              ? twice(honest, edited)
              : super.update(edited);
        }

        @Override
        public UpsertResult<User> upsert(UserDraft draft) {
          UpsertResult<User> result = super.upsert(draft);
          return result instanceof UpsertResult.Unchanged<User>
              ? new UpsertResult.Updated<>(twice(honest, result.record()))
              : result;
        }
      };
    }
  }

  /** Refuses what RFC 8264 calls compatibility forms before anything is mapped. */
  private static final class WholeLettersOnly extends BrokenStore {
    WholeLettersOnly() {
      kills("KEY-02", "a letter that is typed whole: expected Conflict");
    }

    @Override
    UserRepository users(Repositories honest) {
      return new ForwardingUsers(honest.users()) {
        @Override
        public User create(UserDraft draft) {
          String name = draft.userName().value();
          if (name.chars().anyMatch(c -> (c >= 0x0958 && c <= 0x095F) || c == 0x09DF)) {
            throw new StoreException.InvalidInput("userName", "has a compatibility form");
          }
          return super.create(draft);
        }
      };
    }
  }

  private static final class CreateOverwrites extends BrokenStore {
    CreateOverwrites() {
      kills("USR-10", "creating a user with a taken name: expected Conflict");
      kills("KEY-02", "a variant that the profile maps: expected Conflict");
      kills("ISO-12", "how many of the concurrent calls created the user");
    }

    @Override
    UserRepository users(Repositories honest) {
      return new ForwardingUsers(honest.users()) {
        @Override
        public User create(UserDraft draft) {
          return honest.upsert(draft).record();
        }
      };
    }
  }

  private static final class StickyPrimaryEmail extends BrokenStore {
    StickyPrimaryEmail() {
      kills("USR-11", "the addresses after another one became the primary one");
    }

    @Override
    UserRepository users(Repositories honest) {
      return new ForwardingUsers(honest.users()) {
        @Override
        public User update(User edited) {
          Optional<EmailAddress> primary =
              find(edited.id()).stream()
                  .flatMap(user -> user.emails().stream())
                  .filter(Email::primary)
                  .map(Email::address)
                  .findFirst();
          if (primary.isEmpty()) {
            return super.update(edited);
          }
          List<Email> emails =
              edited.emails().stream()
                  .map(
                      email ->
                          new Email(
                              email.address(),
                              email.verified(),
                              email.address().equals(primary.get())))
                  .toList();
          return super.update(edited.withEmails(emails));
        }
      };
    }
  }

  private static final class FoldsUnicodeInEmails extends BrokenStore {
    FoldsUnicodeInEmails() {
      kills("USR-12", "the holders of an address with the Kelvin sign");
    }

    @Override
    UserRepository users(Repositories honest) {
      return new ForwardingUsers(honest.users()) {
        @Override
        public List<User> findByEmail(EmailAddress address) {
          return super.findByEmail(EmailAddress.of(address.value().toLowerCase(Locale.ROOT)));
        }
      };
    }
  }

  private static final class TakesTimesFromCaller extends BrokenStore {
    TakesTimesFromCaller() {
      kills("USR-13", "created after an edit that names another");
    }

    @Override
    UserRepository users(Repositories honest) {
      return new ForwardingUsers(honest.users()) {
        @Override
        public User update(User edited) {
          User user = super.update(edited);
          return new User(
              user.id(),
              user.userName(),
              user.externalId(),
              user.displayName(),
              user.active(),
              user.emails(),
              edited.created(),
              user.lastModified(),
              user.version());
        }
      };
    }
  }

  private static final class SignedIdOrder extends BrokenStore {
    SignedIdOrder() {
      kills("USR-14", "the holders of one address, by id");
    }

    @Override
    UserRepository users(Repositories honest) {
      return new ForwardingUsers(honest.users()) {
        @Override
        public List<User> findByEmail(EmailAddress address) {
          return super.findByEmail(address).stream()
              .sorted(Comparator.comparing(user -> user.id().value()))
              .toList();
        }
      };
    }
  }

  private static final class UpdateDropsTakenKey extends BrokenStore {
    UpdateDropsTakenKey() {
      kills("USR-15", "an update to another user's external id: expected Conflict");
    }

    @Override
    UserRepository users(Repositories honest) {
      return new ForwardingUsers(honest.users()) {
        @Override
        public User update(User edited) {
          try {
            return super.update(edited);
          } catch (StoreException.Conflict e) {
            if (!e.field().equals("externalId")) {
              throw e;
            }
            return super.update(edited.withExternalId(null));
          }
        }
      };
    }
  }

  /** As a database does that has a case-insensitive or accent-folding collation of its own. */
  private static final class KeysFoldedAgain extends BrokenStore {
    KeysFoldedAgain() {
      kills("KEY-01", "whether strasse finds stra\u00DFe: expected false");
      kills("KEY-11", "finds stra");
    }

    @Override
    UserRepository users(Repositories honest) {
      return new ForwardingUsers(honest.users()) {
        @Override
        public Optional<User> findByUserName(UserName userName) {
          return super.findByUserName(userName)
              .or(() -> super.findByUserName(key(userName, "\u00DF", "ss")))
              .or(() -> super.findByUserName(key(userName, "ss", "\u00DF")));
        }
      };
    }
  }

  private static UserName key(UserName name, String letter, String other) {
    return UserName.of(name.key().replace(letter, other));
  }

  private static final class KeyFoldedByLocale extends BrokenStore {
    KeyFoldedByLocale() {
      kills("KEY-04", "under locale");
    }

    @Override
    UserRepository users(Repositories honest) {
      return new ForwardingUsers(honest.users()) {
        @Override
        public User create(UserDraft draft) {
          return super.create(
              draft.withUserName(draft.userName().value().toLowerCase(Locale.getDefault())));
        }
      };
    }
  }

  private static final class RespellingConflicts extends BrokenStore {
    RespellingConflicts() {
      kills("KEY-06", "unexpected Conflict (userName");
    }

    @Override
    UserRepository users(Repositories honest) {
      return new ForwardingUsers(honest.users()) {
        @Override
        public User update(User edited) {
          Optional<User> holder = findByUserName(edited.userName());
          if (holder.isPresent() && !holder.get().userName().equals(edited.userName())) {
            throw new StoreException.Conflict("userName");
          }
          return super.update(edited);
        }
      };
    }
  }

  private static final class NullMeansKeep extends BrokenStore {
    NullMeansKeep() {
      kills("USR-02", "the user that update emptied");
      kills("KEY-07", "unexpected Conflict (externalId");
    }

    @Override
    UserRepository users(Repositories honest) {
      return new ForwardingUsers(honest.users()) {
        @Override
        public User update(User edited) {
          ExternalId kept = find(edited.id()).map(User::externalId).orElse(null);
          return super.update(
              edited.externalId() == null && kept != null
                  ? edited.withExternalId(kept.value())
                  : edited);
        }
      };
    }
  }

  private static final class SoftDelete extends BrokenStore {
    private final Set<UserId> deleted = ConcurrentHashMap.newKeySet();

    SoftDelete() {
      kills("KEY-09", "unexpected Conflict");
      kills("DEL-01", "the user's links");
      kills("CNT-06", "users after a deletion");
    }

    @Override
    UserRepository users(Repositories honest) {
      return new ForwardingUsers(honest.users()) {
        @Override
        public boolean delete(UserId id) {
          return super.find(id).isPresent() && deleted.add(id);
        }

        @Override
        public Optional<User> find(UserId id) {
          return super.find(id).filter(user -> !deleted.contains(user.id()));
        }

        @Override
        public Optional<User> findByUserName(UserName userName) {
          return super.findByUserName(userName).filter(user -> !deleted.contains(user.id()));
        }

        @Override
        public Optional<User> findByExternalId(ExternalId externalId) {
          return super.findByExternalId(externalId).filter(user -> !deleted.contains(user.id()));
        }

        @Override
        public List<User> findByEmail(EmailAddress address) {
          return super.findByEmail(address).stream()
              .filter(user -> !deleted.contains(user.id()))
              .toList();
        }
      };
    }
  }

  private static final class OldNamesRemain extends BrokenStore {
    private final Map<String, UserId> old = new ConcurrentHashMap<>();

    OldNamesRemain() {
      kills("KEY-12", "find by the name before");
    }

    @Override
    UserRepository users(Repositories honest) {
      return new ForwardingUsers(honest.users()) {
        @Override
        public User update(User edited) {
          find(edited.id()).ifPresent(user -> old.put(user.userName().key(), user.id()));
          return super.update(edited);
        }

        @Override
        public Optional<User> findByUserName(UserName userName) {
          return super.findByUserName(userName)
              .or(() -> Optional.ofNullable(old.get(userName.key())).flatMap(this::find));
        }
      };
    }
  }

  private static final class UpsertAlwaysUpdates extends BrokenStore {
    UpsertAlwaysUpdates() {
      kills("UPS-01", "upserting a name that is free: expected Created");
      kills("UPS-02", "repeating an upsert: expected Unchanged");
    }

    @Override
    UserRepository users(Repositories honest) {
      return new ForwardingUsers(honest.users()) {
        @Override
        public UpsertResult<User> upsert(UserDraft draft) {
          return new UpsertResult.Updated<>(super.upsert(draft).record());
        }
      };
    }
  }

  private static final class UpsertAlwaysCreates extends BrokenStore {
    UpsertAlwaysCreates() {
      kills("UPS-03", "how many of the concurrent upserts created the user: expected 1, but was 8");
    }

    @Override
    UserRepository users(Repositories honest) {
      return new ForwardingUsers(honest.users()) {
        @Override
        public UpsertResult<User> upsert(UserDraft draft) {
          return new UpsertResult.Created<>(super.upsert(draft).record());
        }
      };
    }
  }

  /** Finds nobody, and creates. Two that found nobody meet here, so that the race takes place. */
  private static final class UpsertLooksBeforeItLocks extends BrokenStore {
    private final Map<String, CountDownLatch> lookers = new ConcurrentHashMap<>();

    UpsertLooksBeforeItLocks() {
      kills("UPS-03", "unexpected Conflict (userName");
    }

    @Override
    UserRepository users(Repositories honest) {
      return new ForwardingUsers(honest.users()) {
        @Override
        public UpsertResult<User> upsert(UserDraft draft) {
          if (findByUserName(draft.userName()).isPresent()) {
            return super.upsert(draft);
          }
          CountDownLatch two =
              lookers.computeIfAbsent(draft.userName().key(), any -> new CountDownLatch(2));
          two.countDown();
          try {
            two.await(100, TimeUnit.MILLISECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return new UpsertResult.Created<>(create(draft));
        }
      };
    }
  }

  private static final class UpsertDropsTakenKey extends BrokenStore {
    UpsertDropsTakenKey() {
      kills("UPS-04", "updating to another user's external id: expected Conflict");
    }

    @Override
    UserRepository users(Repositories honest) {
      return new ForwardingUsers(honest.users()) {
        @Override
        public UpsertResult<User> upsert(UserDraft draft) {
          try {
            return super.upsert(draft);
          } catch (StoreException.Conflict e) {
            if (!e.field().equals("externalId")) {
              throw e;
            }
            return super.upsert(
                new UserDraft(
                    draft.id(),
                    draft.userName(),
                    null,
                    draft.displayName(),
                    draft.active(),
                    draft.emails()));
          }
        }
      };
    }
  }

  private static final class UpsertMerges extends BrokenStore {
    UpsertMerges() {
      kills("UPS-07", "the external id that was left out");
    }

    @Override
    UserRepository users(Repositories honest) {
      return new ForwardingUsers(honest.users()) {
        @Override
        public UpsertResult<User> upsert(UserDraft draft) {
          ExternalId kept = findByUserName(draft.userName()).map(User::externalId).orElse(null);
          return super.upsert(
              draft.externalId() == null && kept != null
                  ? draft.withExternalId(kept.value())
                  : draft);
        }
      };
    }
  }

  private static final class UpsertByTypedName extends BrokenStore {
    UpsertByTypedName() {
      kills("UPS-08", "unexpected Conflict (userName");
    }

    @Override
    UserRepository users(Repositories honest) {
      return new ForwardingUsers(honest.users()) {
        @Override
        public UpsertResult<User> upsert(UserDraft draft) {
          return findByUserName(draft.userName())
                  .filter(user -> user.userName().equals(draft.userName()))
                  .isPresent()
              ? super.upsert(draft)
              : new UpsertResult.Created<>(create(draft));
        }
      };
    }
  }

  private static final class UpsertChangesId extends BrokenStore {
    UpsertChangesId() {
      kills("UPS-09", "an upsert that names an unused id: expected Unchanged");
    }

    @Override
    UserRepository users(Repositories honest) {
      return new ForwardingUsers(honest.users()) {
        @Override
        public UpsertResult<User> upsert(UserDraft draft) {
          Optional<User> stored = findByUserName(draft.userName());
          if (draft.id() != null && stored.isPresent() && find(draft.id()).isEmpty()) {
            delete(stored.get().id());
            return new UpsertResult.Updated<>(create(draft));
          }
          return super.upsert(draft);
        }
      };
    }
  }

  /** As a B-tree does whose entries end at 2,704 bytes, and that compresses what it can. */
  private static final class IndexRowTooLong extends BrokenStore {
    IndexRowTooLong() {
      kills("TXT-02", "unexpected EngineFailure");
    }

    @Override
    UserRepository users(Repositories honest) {
      return new ForwardingUsers(honest.users()) {
        @Override
        public User create(UserDraft draft) {
          ExternalId externalId = draft.externalId();
          if (externalId != null && externalId.value().codePoints().distinct().count() > 200) {
            throw new StoreException.EngineFailure("index row too long", null);
          }
          return super.create(draft);
        }
      };
    }
  }

  private static final class NormalisesText extends BrokenStore {
    NormalisesText() {
      kills("TXT-03", "the display name that create returned");
    }

    @Override
    UserRepository users(Repositories honest) {
      return new ForwardingUsers(honest.users()) {
        @Override
        public User create(UserDraft draft) {
          String text = draft.displayName();
          return super.create(
              text == null
                  ? draft
                  : draft.withDisplayName(Normalizer.normalize(text, Normalizer.Form.NFC)));
        }
      };
    }
  }

  private static final class EmptyIsAbsent extends BrokenStore {
    EmptyIsAbsent() {
      kills("TXT-04", "an empty display name");
    }

    @Override
    UserRepository users(Repositories honest) {
      return new ForwardingUsers(honest.users()) {
        @Override
        public User create(UserDraft draft) {
          String text = draft.displayName();
          return super.create(
              text == null || !text.isEmpty()
                  ? draft
                  : new UserDraft(
                      draft.id(),
                      draft.userName(),
                      draft.externalId(),
                      null,
                      draft.active(),
                      draft.emails()));
        }
      };
    }
  }

  private static final class DeleteAlwaysSucceeds extends BrokenStore {
    DeleteAlwaysSucceeds() {
      kills("DEL-02", "deleting again: expected false");
    }

    @Override
    UserRepository users(Repositories honest) {
      return new ForwardingUsers(honest.users()) {
        @Override
        public boolean delete(UserId id) {
          super.delete(id);
          return true;
        }
      };
    }
  }

  private static final class ConflictRepeatsTheValue extends BrokenStore {
    ConflictRepeatsTheValue() {
      kills("ERR-03", "no message repeats a value");
      kills("ERR-04", "no message holds a control character");
    }

    @Override
    UserRepository users(Repositories honest) {
      return new ForwardingUsers(honest.users()) {
        @Override
        public User create(UserDraft draft) {
          try {
            return super.create(draft);
          } catch (StoreException.Conflict e) {
            ExternalId externalId = draft.externalId();
            throw externalId == null
                ? e
                : new StoreException.Conflict(e.field() + " " + externalId.value());
          }
        }
      };
    }
  }

  /** Refuses what is stale only if it is another value: what a compare of values does. */
  private static final class UpdateLooksFirst extends BrokenStore {
    UpdateLooksFirst() {
      kills("USR-07", "a stale update to the values that are stored: expected StaleVersion");
    }

    @Override
    UserRepository users(Repositories honest) {
      return new ForwardingUsers(honest.users()) {
        @Override
        public User update(User edited) {
          Optional<User> same = find(edited.id()).filter(edited::hasSameAttributesAs);
          return same.isPresent() ? same.get() : super.update(edited);
        }
      };
    }
  }
}
