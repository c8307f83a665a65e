package io.netkingdom.userengine.store.memory.broken;

import static io.netkingdom.userengine.store.memory.broken.FaultyStore.fault;

import io.netkingdom.userengine.store.AuditFilter;
import io.netkingdom.userengine.store.Membership;
import io.netkingdom.userengine.store.Page;
import io.netkingdom.userengine.store.PageRequest;
import io.netkingdom.userengine.store.PageToken;
import io.netkingdom.userengine.store.PageTokenKey;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionOptions;
import io.netkingdom.userengine.store.TransactionWork;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.UserRepository;
import io.netkingdom.userengine.store.adapter.StorageEngine;
import io.netkingdom.userengine.store.adapter.TransactionalStore;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** What goes wrong with the tokens of pages, and with the key that seals them. */
final class PageTokenFaults {

  private static final AuditFilter ALL =
      new AuditFilter.ByTime(
          Instant.parse("0001-01-01T00:00:00Z"), Instant.parse("9999-12-31T23:59:59Z"));

  private static final PageTokenKey KEY_OF_THE_HOUSE = randomKey();

  /** Lists the users of a tenant in a store that has a key. */
  @FunctionalInterface
  private interface SealedListing {
    Page<User> list(UserRepository honest, TenantId tenant, PageTokenKey key, PageRequest request);
  }

  private PageTokenFaults() {}

  static List<FaultyStore> all() {
    return List.of(
        listing(
                "AnyTokenWillDo",
                (honest, request) -> {
                  try {
                    return honest.list(request);
                  } catch (StoreException.InvalidInput e) {
                    return honest.list(PageRequest.of(request.limit()));
                  }
                })
            .mustFail("PAG-04", "a token of another tenant's all users: expected InvalidInput"),
        // Takes for the beginning what it cannot decode.
        listing(
                "TokensOfPagesAreForgiven",
                (honest, request) -> {
                  PageToken after = request.after();
                  return honest.list(
                      after != null && after.value().length() < 10
                          ? PageRequest.of(request.limit())
                          : request);
                })
            .mustFail("PAG-13", "a text that is no token of all users: expected InvalidInput"),
        tokensOfMembersAreTrusted(),
        // Tokens that do not tell which time they are of.
        fault("TokensOfAnyTime")
            .singles(
                (tenant, calls) ->
                    calls
                        .audit()
                        .list(
                            (honest, filter, request) ->
                                honest.list(
                                    filter instanceof AuditFilter.ByTime ? ALL : filter, request)))
            .mustFail("PAG-04", "a token of audit since 0 in audit since 1: expected InvalidInput"),
        // As an adapter does that copies the options it knows.
        otherKey("KeyIsOverlooked", () -> null)
            .mustFail("PAG-15", "a token of all users does not show what it is made of"),
        // As where each instance draws its own.
        otherKey("KeyOfEachStore", PageTokenFaults::randomKey)
            .mustFail("PAG-15", "a token of all users at a store with the same key is accepted"),
        // As where the key is in the source.
        otherKey("KeyOfTheHouse", () -> KEY_OF_THE_HOUSE)
            .mustFail(
                "PAG-15",
                "a token of all users at a store with another key: expected InvalidInput"),
        keyForSingleOperationsOnly(),
        // As where tokens of before the key are to stay good.
        sealedListing(
                "UnsealedTokensAreTaken",
                (honest, tenant, key, request) -> {
                  try {
                    return honest.list(request);
                  } catch (StoreException.InvalidInput e) {
                    PageToken after = request.after();
                    if (after == null) {
                      throw e;
                    }
                    return honest.list(request.after(key.seal(tenant, after)));
                  }
                })
            .mustFail("PAG-15", "a token of all users that is not sealed: expected InvalidInput"),
        tokensAreKnownByTheirBeginning(),
        tokensOfAnyTenantAreKnown());
  }

  /** Lists the users of a store otherwise, whatever it makes of a token. */
  private static FaultyStore listing(
      String name, BiFunction<UserRepository, PageRequest, Page<User>> answer) {
    return fault(name).singles((tenant, calls) -> calls.users().list(answer));
  }

  /** The same where the store has a key. */
  private static FaultyStore sealedListing(String name, SealedListing answer) {
    return fault(name)
        .store(
            store -> {
              PageTokenKey key = store.options().pageTokenKey();
              return key == null
                  ? store
                  : FaultyStore.singles(
                      store,
                      (tenant, calls) ->
                          calls
                              .users()
                              .list(
                                  (honest, request) -> answer.list(honest, tenant, key, request)));
            });
  }

  /** Does something else about the key that the store is given. */
  private static FaultyStore otherKey(String name, Supplier<@Nullable PageTokenKey> instead) {
    return fault(name)
        .options(
            honest ->
                honest.pageTokenKey() == null ? honest : honest.withPageTokenKey(instead.get()));
  }

  private static PageTokenKey randomKey() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return PageTokenKey.of(new SecretKeySpec(bytes, "AES"));
  }

  /** Takes what is inside a token for what it put there, and stumbles over it. */
  private static FaultyStore tokensOfMembersAreTrusted() {
    Map<Integer, PageToken> given = new ConcurrentHashMap<>();
    return fault("TokensOfMembersAreTrusted")
        .singles(
            (tenant, calls) ->
                calls
                    .groups()
                    .listMembers(
                        (honest, group, request) -> {
                          try {
                            Page<Membership> page = honest.listMembers(group, request);
                            page.nextToken()
                                .ifPresent(token -> given.put(token.value().length(), token));
                            return page;
                          } catch (StoreException.InvalidInput e) {
                            PageToken after = request.after();
                            throw after != null && given.containsKey(after.value().length())
                                ? new StoreException.InvalidInput("userId", "is not a UUID")
                                : e;
                          }
                        }))
        .mustFail(
            "PAG-13", "in a token of members of group 0 that was changed: expected pageToken");
  }

  private static FaultyStore keyForSingleOperationsOnly() {
    AtomicReference<StorageEngine> last = new AtomicReference<>();
    return fault("KeyForSingleOperationsOnly")
        .engine(
            engine -> {
              last.set(engine);
              return engine;
            })
        .store(
            store -> {
              if (store.options().pageTokenKey() == null) {
                return store;
              }
              UserEngineStore unsealed =
                  new TransactionalStore(last.get(), store.options().withPageTokenKey(null));
              return new ForwardingStore(store) {
                @Override
                public <T, X extends Exception> T inTransaction(
                    TenantId tenant, TransactionOptions options, TransactionWork<T, X> work)
                    throws X {
                  return unsealed.inTransaction(tenant, options, work);
                }
              };
            })
        .mustFail("PAG-15", "a token of all users inside a transaction is accepted");
  }

  /** As where nothing authenticates what is encrypted. */
  private static FaultyStore tokensAreKnownByTheirBeginning() {
    Map<String, PageToken> given = new ConcurrentHashMap<>();
    return sealedListing(
            "TokensAreKnownByTheirBeginning",
            (honest, tenant, key, request) -> {
              PageToken after = request.after();
              PageToken known = after == null ? null : given.getOrDefault(beginning(after), after);
              Page<User> page = honest.list(known == null ? request : request.after(known));
              page.nextToken().ifPresent(next -> given.put(beginning(next), next));
              return page;
            })
        .mustFail("PAG-15", "a token of all users that was changed at 20: expected InvalidInput");
  }

  private static String beginning(PageToken token) {
    return token.value().substring(0, 20);
  }

  /** As where the tenant is not what a token is opened for. */
  private static FaultyStore tokensOfAnyTenantAreKnown() {
    Map<PageToken, TenantId> given = new ConcurrentHashMap<>();
    return sealedListing(
            "TokensOfAnyTenantAreKnown",
            (honest, tenant, key, request) -> {
              PageToken after = request.after();
              TenantId of = after == null ? tenant : given.getOrDefault(after, tenant);
              Page<User> page =
                  honest.list(of.equals(tenant) ? request : PageRequest.of(request.limit()));
              page.nextToken().ifPresent(next -> given.put(next, tenant));
              return page;
            })
        .mustFail("PAG-15", "a token of another tenant's all users: expected InvalidInput");
  }
}
