package io.netkingdom.userengine.store.memory.broken;

import static io.netkingdom.userengine.store.memory.broken.FaultyStore.fault;
import static io.netkingdom.userengine.store.memory.broken.FaultyStore.identities;

import io.netkingdom.userengine.store.FederatedIdentity;
import io.netkingdom.userengine.store.IdentityKey;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.User;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** What goes wrong with federated identities. */
final class IdentityFaults {

  private IdentityFaults() {}

  static List<FaultyStore> all() {
    return List.of(
        identities("LinkAlwaysCreates")
            .link((honest, draft) -> Results.asCreated(honest.link(draft)))
            .mustFail("IDN-01", "linking again: expected Unchanged")
            .mustFail("IDN-09", "how many of the concurrent calls linked: expected 1, but was 8"),
        identities("SilentMove")
            .link(
                (honest, draft) -> {
                  try {
                    return honest.link(draft);
                  } catch (StoreException.Conflict e) {
                    honest.unlink(draft.key());
                    return honest.link(draft);
                  }
                })
            .mustFail("IDN-02", "linking another user's identity: expected Conflict")
            .mustFail("IDN-11", "how many of the users got the identity: expected 1"),
        identities("SubjectsWithoutIssuer")
            .link(
                (honest, draft) -> {
                  if (honest.find(draft.key()).isEmpty()) {
                    for (String issuer : List.of("https://idp.example", "https://idp.example/")) {
                      if (honest.find(IdentityKey.of(issuer, draft.key().subject())).isPresent()) {
                        throw new StoreException.Conflict("identity");
                      }
                    }
                  }
                  return honest.link(draft);
                })
            .mustFail("IDN-03", "unexpected Conflict (identity"),
        danglingLink(),
        identities("UnlinkTakesAll")
            .unlink(
                (honest, key) -> {
                  Optional<FederatedIdentity> link = honest.find(key);
                  link.map(found -> honest.findByUser(found.userId()))
                      .ifPresent(links -> links.forEach(other -> honest.unlink(other.key())));
                  return link.isPresent();
                })
            .mustFail("IDN-05", "the other links: expected"),
        identities("UnlinkRequiresALink")
            .unlink(
                (honest, key) -> {
                  if (!honest.unlink(key)) {
                    throw new StoreException.NotFound("identity");
                  }
                  return true;
                })
            .mustFail("IDN-05", "unexpected NotFound"),
        remembersTheFirstLink(),
        fault("LinksByEmail")
            .records(
                (records, calls) ->
                    calls
                        .identities()
                        .findUser(
                            (honest, key) -> {
                              Optional<User> linked = honest.findUser(key);
                              return linked.isPresent() || !key.subject().contains("@")
                                  ? linked
                                  : records.users().findByEmail(key.subject()).stream().findFirst();
                            }))
            .mustFail("IDN-07", "the user found by the same subject at another issuer"),
        identities("IgnoresANewAlias")
            .link(
                (honest, draft) -> {
                  Optional<FederatedIdentity> stored =
                      honest.find(draft.key()).filter(it -> it.userId().equals(draft.userId()));
                  return stored.isPresent()
                      ? new UpsertResult.Unchanged<>(stored.get())
                      : honest.link(draft);
                })
            .mustFail("IDN-08", "linking under another alias: expected Updated"),
        identities("Utf16Order")
            .findByUser(
                (honest, user) ->
                    honest.findByUser(user).stream()
                        .sorted(
                            Comparator.comparing((FederatedIdentity link) -> link.key().issuer())
                                .thenComparing(link -> link.key().subject()))
                        .toList())
            .mustFail("IDN-10", "the user's links"),
        userAsItWasLinked(),
        lastSeenGoesBack(),
        orphanedLinks());
  }

  private static FaultyStore danglingLink() {
    FaultyStore store = fault("DanglingLink");
    return store
        .identities()
        .link(
            (honest, draft) -> {
              try {
                return honest.link(draft);
              } catch (StoreException.UnknownReference e) {
                Instant now = store.memory().now();
                return new UpsertResult.Created<>(
                    new FederatedIdentity(
                        draft.userId(), draft.key(), draft.providerAlias(), now, null));
              }
            })
        .mustFail("IDN-04", "expected UnknownReference, but it returned normally")
        .mustFail("ERR-01", "expected UnknownReference, but it returned normally");
  }

  private static FaultyStore remembersTheFirstLink() {
    Map<IdentityKey, String> aliases = new ConcurrentHashMap<>();
    return identities("RemembersTheFirstLink")
        .unlink(
            (honest, key) -> {
              honest
                  .find(key)
                  .map(FederatedIdentity::providerAlias)
                  .ifPresent(alias -> aliases.put(key, alias));
              return honest.unlink(key);
            })
        .identities()
        .link(
            (honest, draft) -> {
              String alias = aliases.get(draft.key());
              return honest.link(alias == null ? draft : draft.withProviderAlias(alias));
            })
        .mustFail("IDN-06", "the new link");
  }

  private static FaultyStore userAsItWasLinked() {
    Map<IdentityKey, User> linked = new ConcurrentHashMap<>();
    return identities("UserAsItWasLinked")
        .findUser((honest, key) -> honest.findUser(key).map(it -> linked.getOrDefault(key, it)))
        .identities()
        .link(
            (honest, draft) -> {
              UpsertResult<FederatedIdentity> result = honest.link(draft);
              honest.findUser(draft.key()).ifPresent(user -> linked.put(draft.key(), user));
              return result;
            })
        .mustFail("IDN-12", "the user found by the identity after a change");
  }

  private static FaultyStore lastSeenGoesBack() {
    AtomicReference<InstantSource> clock = new AtomicReference<>(InstantSource.system());
    return fault("LastSeenGoesBack")
        .options(
            honest -> {
              clock.set(honest.clock());
              return honest;
            })
        .identities()
        .find((honest, key) -> honest.find(key).map(it -> seenBy(it, clock.get().instant())))
        .mustFail("IDN-13", "lastSeen after a sign-in by a clock that went back");
  }

  private static FederatedIdentity seenBy(FederatedIdentity link, Instant now) {
    return link.lastSeen() == null || !now.isBefore(link.lastSeen())
        ? link
        : new FederatedIdentity(
            link.userId(), link.key(), link.providerAlias(), link.created(), now);
  }

  /** As a table of links does that has no foreign key. */
  private static FaultyStore orphanedLinks() {
    Map<IdentityKey, FederatedIdentity> links = new ConcurrentHashMap<>();
    return identities("OrphanedLinks")
        .link(
            (honest, draft) -> {
              UpsertResult<FederatedIdentity> result = honest.link(draft);
              links.put(draft.key(), result.record());
              return result;
            })
        .identities()
        .find((honest, key) -> honest.find(key).or(() -> Optional.ofNullable(links.get(key))))
        .mustFail("DEL-01", "find of a link")
        .mustFail("ISO-07", "a link has a user");
  }
}
