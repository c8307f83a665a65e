package io.netkingdom.userengine.store.memory.broken;

import io.netkingdom.userengine.store.FederatedIdentity;
import io.netkingdom.userengine.store.FederatedIdentityDraft;
import io.netkingdom.userengine.store.FederatedIdentityRepository;
import io.netkingdom.userengine.store.IdentityKey;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What goes wrong with federated identities. */
final class IdentitySins {

  private IdentitySins() {}

  static List<BrokenStore> all() {
    return List.of(
        new LinkAlwaysCreates(),
        new SilentMove(),
        new SubjectsWithoutIssuer(),
        new DanglingLink(),
        new UnlinkTakesAll(),
        new UnlinkRequiresALink(),
        new RemembersTheFirstLink(),
        new LinksByEmail(),
        new IgnoresANewAlias(),
        new Utf16Order(),
        new UserAsItWasLinked(),
        new LastSeenGoesBack(),
        new OrphanedLinks());
  }

  private static final class LinkAlwaysCreates extends BrokenStore {
    LinkAlwaysCreates() {
      kills("IDN-01", "linking again: expected Unchanged");
      kills("IDN-09", "how many of the concurrent calls linked: expected 1, but was 8");
    }

    @Override
    FederatedIdentityRepository identities(Repositories honest) {
      return new ForwardingIdentities(honest.identities()) {
        @Override
        public UpsertResult<FederatedIdentity> link(FederatedIdentityDraft draft) {
          return new UpsertResult.Created<>(super.link(draft).record());
        }
      };
    }
  }

  private static final class SilentMove extends BrokenStore {
    SilentMove() {
      kills("IDN-02", "linking another user's identity: expected Conflict");
      kills("IDN-11", "how many of the users got the identity: expected 1");
    }

    @Override
    FederatedIdentityRepository identities(Repositories honest) {
      return new ForwardingIdentities(honest.identities()) {
        @Override
        public UpsertResult<FederatedIdentity> link(FederatedIdentityDraft draft) {
          try {
            return super.link(draft);
          } catch (StoreException.Conflict e) {
            unlink(draft.key());
            return super.link(draft);
          }
        }
      };
    }
  }

  private static final class SubjectsWithoutIssuer extends BrokenStore {
    SubjectsWithoutIssuer() {
      kills("IDN-03", "unexpected Conflict (identity");
    }

    @Override
    FederatedIdentityRepository identities(Repositories honest) {
      return new ForwardingIdentities(honest.identities()) {
        @Override
        public UpsertResult<FederatedIdentity> link(FederatedIdentityDraft draft) {
          if (honest.find(draft.key()).isEmpty()) {
            for (String issuer : List.of("https://idp.example", "https://idp.example/")) {
              if (find(IdentityKey.of(issuer, draft.key().subject())).isPresent()) {
                throw new StoreException.Conflict("identity");
              }
            }
          }
          return super.link(draft);
        }
      };
    }
  }

  private static final class DanglingLink extends BrokenStore {
    DanglingLink() {
      kills("IDN-04", "expected UnknownReference, but it returned normally");
      kills("ERR-01", "expected UnknownReference, but it returned normally");
    }

    @Override
    FederatedIdentityRepository identities(Repositories honest) {
      return new ForwardingIdentities(honest.identities()) {
        @Override
        public UpsertResult<FederatedIdentity> link(FederatedIdentityDraft draft) {
          try {
            return super.link(draft);
          } catch (StoreException.UnknownReference e) {
            return new UpsertResult.Created<>(
                new FederatedIdentity(
                    draft.userId(), draft.key(), draft.providerAlias(), memory().now(), null));
          }
        }
      };
    }
  }

  private static final class UnlinkTakesAll extends BrokenStore {
    UnlinkTakesAll() {
      kills("IDN-05", "the other links: expected");
    }

    @Override
    FederatedIdentityRepository identities(Repositories honest) {
      return new ForwardingIdentities(honest.identities()) {
        @Override
        public boolean unlink(IdentityKey key) {
          Optional<FederatedIdentity> link = find(key);
          link.ifPresent(
              found -> findByUser(found.userId()).forEach(other -> honest.unlink(other.key())));
          return link.isPresent();
        }
      };
    }
  }

  private static final class UnlinkRequiresALink extends BrokenStore {
    UnlinkRequiresALink() {
      kills("IDN-05", "unexpected NotFound");
    }

    @Override
    FederatedIdentityRepository identities(Repositories honest) {
      return new ForwardingIdentities(honest.identities()) {
        @Override
        public boolean unlink(IdentityKey key) {
          if (!super.unlink(key)) {
            throw new StoreException.NotFound("identity");
          }
          return true;
        }
      };
    }
  }

  private static final class RemembersTheFirstLink extends BrokenStore {
    private final Map<IdentityKey, String> aliases = new ConcurrentHashMap<>();

    RemembersTheFirstLink() {
      kills("IDN-06", "the new link");
    }

    @Override
    FederatedIdentityRepository identities(Repositories honest) {
      return new ForwardingIdentities(honest.identities()) {
        @Override
        public boolean unlink(IdentityKey key) {
          find(key)
              .map(FederatedIdentity::providerAlias)
              .ifPresent(alias -> aliases.put(key, alias));
          return super.unlink(key);
        }

        @Override
        public UpsertResult<FederatedIdentity> link(FederatedIdentityDraft draft) {
          String alias = aliases.get(draft.key());
          return super.link(alias == null ? draft : draft.withProviderAlias(alias));
        }
      };
    }
  }

  private static final class LinksByEmail extends BrokenStore {
    LinksByEmail() {
      kills("IDN-07", "the user found by the same subject at another issuer");
    }

    @Override
    FederatedIdentityRepository identities(Repositories records) {
      return new ForwardingIdentities(records.identities()) {
        @Override
        public Optional<User> findUser(IdentityKey key) {
          return super.findUser(key)
              .or(
                  () ->
                      key.subject().contains("@")
                          ? records.users().findByEmail(key.subject()).stream().findFirst()
                          : Optional.empty());
        }
      };
    }
  }

  private static final class IgnoresANewAlias extends BrokenStore {
    IgnoresANewAlias() {
      kills("IDN-08", "linking under another alias: expected Updated");
    }

    @Override
    FederatedIdentityRepository identities(Repositories honest) {
      return new ForwardingIdentities(honest.identities()) {
        @Override
        public UpsertResult<FederatedIdentity> link(FederatedIdentityDraft draft) {
          Optional<FederatedIdentity> stored =
              find(draft.key()).filter(link -> link.userId().equals(draft.userId()));
          return stored.isPresent()
              ? new UpsertResult.Unchanged<>(stored.get())
              : super.link(draft);
        }
      };
    }
  }

  private static final class Utf16Order extends BrokenStore {
    Utf16Order() {
      kills("IDN-10", "the user's links");
    }

    @Override
    FederatedIdentityRepository identities(Repositories honest) {
      return new ForwardingIdentities(honest.identities()) {
        @Override
        public List<FederatedIdentity> findByUser(UserId userId) {
          return super.findByUser(userId).stream()
              .sorted(
                  Comparator.comparing((FederatedIdentity link) -> link.key().issuer())
                      .thenComparing(link -> link.key().subject()))
              .toList();
        }
      };
    }
  }

  private static final class UserAsItWasLinked extends BrokenStore {
    private final Map<IdentityKey, User> linked = new ConcurrentHashMap<>();

    UserAsItWasLinked() {
      kills("IDN-12", "the user found by the identity after a change");
    }

    @Override
    FederatedIdentityRepository identities(Repositories honest) {
      return new ForwardingIdentities(honest.identities()) {
        @Override
        public Optional<User> findUser(IdentityKey key) {
          return super.findUser(key).map(user -> linked.getOrDefault(key, user));
        }

        @Override
        public UpsertResult<FederatedIdentity> link(FederatedIdentityDraft draft) {
          UpsertResult<FederatedIdentity> result = super.link(draft);
          super.findUser(draft.key()).ifPresent(user -> linked.put(draft.key(), user));
          return result;
        }
      };
    }
  }

  private static final class LastSeenGoesBack extends BrokenStore {
    private volatile InstantSource clock = InstantSource.system();

    LastSeenGoesBack() {
      kills("IDN-13", "lastSeen after a sign-in by a clock that went back");
    }

    @Override
    StoreOptions options(StoreOptions honest) {
      clock = honest.clock();
      return honest;
    }

    @Override
    FederatedIdentityRepository identities(Repositories honest) {
      return new ForwardingIdentities(honest.identities()) {
        @Override
        public Optional<FederatedIdentity> find(IdentityKey key) {
          return super.find(key).map(link -> seenByNow(link));
        }
      };
    }

    private FederatedIdentity seenByNow(FederatedIdentity link) {
      Instant now = clock.instant();
      return link.lastSeen() == null || !now.isBefore(link.lastSeen())
          ? link
          : new FederatedIdentity(
              link.userId(), link.key(), link.providerAlias(), link.created(), now);
    }
  }

  /** As a table of links does that has no foreign key. */
  private static final class OrphanedLinks extends BrokenStore {
    private final Map<IdentityKey, FederatedIdentity> links = new ConcurrentHashMap<>();

    OrphanedLinks() {
      kills("DEL-01", "find of a link");
      kills("ISO-07", "a link has a user");
    }

    @Override
    FederatedIdentityRepository identities(Repositories honest) {
      return new ForwardingIdentities(honest.identities()) {
        @Override
        public UpsertResult<FederatedIdentity> link(FederatedIdentityDraft draft) {
          UpsertResult<FederatedIdentity> result = super.link(draft);
          links.put(draft.key(), result.record());
          return result;
        }

        @Override
        public Optional<FederatedIdentity> find(IdentityKey key) {
          return super.find(key).or(() -> Optional.ofNullable(links.get(key)));
        }
      };
    }
  }
}
