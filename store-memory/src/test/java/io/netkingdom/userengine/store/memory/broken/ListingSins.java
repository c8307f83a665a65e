package io.netkingdom.userengine.store.memory.broken;

import io.netkingdom.userengine.store.AuditFilter;
import io.netkingdom.userengine.store.AuditRecord;
import io.netkingdom.userengine.store.AuditRepository;
import io.netkingdom.userengine.store.Group;
import io.netkingdom.userengine.store.GroupId;
import io.netkingdom.userengine.store.GroupRepository;
import io.netkingdom.userengine.store.Membership;
import io.netkingdom.userengine.store.Page;
import io.netkingdom.userengine.store.PageRequest;
import io.netkingdom.userengine.store.PageToken;
import io.netkingdom.userengine.store.PageTokenKey;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionOptions;
import io.netkingdom.userengine.store.TransactionWork;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.UserRepository;
import io.netkingdom.userengine.store.adapter.EngineTransaction;
import io.netkingdom.userengine.store.adapter.StorageEngine;
import io.netkingdom.userengine.store.adapter.TransactionalStore;
import java.security.SecureRandom;
import java.text.Collator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** What goes wrong with listings. */
final class ListingSins {

  private ListingSins() {}

  static List<BrokenStore> all() {
    return List.of(
        new OffsetPaging(),
        new OneDirectionOnly(),
        new Utf16UserNames(),
        new AnyTokenWillDo(),
        new PagesOverlap(),
        new LikeWildcards(),
        new PagesOfAHundred(),
        new GroupsByDictionary(),
        new SignedMemberOrder(),
        new NoWayBack(),
        new PrefixesAsTyped(),
        new TokenNeedsItsRecord(),
        new TokensOfPagesAreForgiven(),
        new TokensOfMembersAreTrusted(),
        new TokensOfAnyTime(),
        new ListsCommittedOnly(),
        new KeyIsOverlooked(),
        new KeyOfEachStore(),
        new KeyOfTheHouse(),
        new KeyForSingleOperationsOnly(),
        new UnsealedTokensAreTaken(),
        new TokensAreKnownByTheirBeginning(),
        new TokensOfAnyTenantAreKnown());
  }

  private static <R> Page<R> with(Page<R> page, List<R> items) {
    return new Page<>(items, page.first(), page.next());
  }

  private static <R> Page<R> sorted(Page<R> page, Comparator<? super R> order) {
    return with(page, page.items().stream().sorted(order).toList());
  }

  /** As {@code OFFSET} does: the place of a token is a number of rows. */
  private static final class OffsetPaging extends BrokenStore {
    private final Map<PageToken, Integer> offsets = new ConcurrentHashMap<>();

    OffsetPaging() {
      kills("PAG-01", "the users that were there throughout, as a walk visits them");
      kills("PAG-12", "the page after a user that is no longer where it was");
    }

    @Override
    UserRepository users(Repositories records) {
      return new ForwardingUsers(records.users()) {
        @Override
        public Page<User> list(PageRequest request) {
          PageToken after = request.after();
          Integer offset = after == null ? Integer.valueOf(0) : offsets.get(after);
          if (offset == null) {
            return super.list(request);
          }
          List<User> all = super.list(new PageRequest(1_000, request.order(), null)).items();
          List<User> items = all.stream().skip(offset).limit(request.limit()).toList();
          Page<User> honest = super.list(request);
          PageToken next = items.size() < request.limit() ? null : honest.next();
          if (next != null) {
            offsets.put(next, offset + items.size());
          }
          return new Page<>(items, honest.first(), next);
        }
      };
    }
  }

  private static final class OneDirectionOnly extends BrokenStore {
    OneDirectionOnly() {
      kills("PAG-02", "a walk in descending order");
    }

    @Override
    UserRepository users(Repositories records) {
      return new ForwardingUsers(records.users()) {
        @Override
        public Page<User> list(PageRequest request) {
          PageToken after = request.after();
          PageRequest ascending = PageRequest.of(request.limit());
          return super.list(after == null ? ascending : ascending.after(after));
        }
      };
    }
  }

  private static final class Utf16UserNames extends BrokenStore {
    Utf16UserNames() {
      kills("PAG-03", "the users' names in pages of");
    }

    @Override
    UserRepository users(Repositories records) {
      return new ForwardingUsers(records.users()) {
        @Override
        public Page<User> list(PageRequest request) {
          return sorted(super.list(request), Comparator.comparing(user -> user.userName().key()));
        }
      };
    }
  }

  /** The groups of a database whose collation is that of a language. */
  private static final class GroupsByDictionary extends BrokenStore {
    GroupsByDictionary() {
      kills("PAG-08", "the groups' names in pages of");
    }

    @Override
    GroupRepository groups(Repositories records) {
      Collator dictionary = Collator.getInstance(Locale.GERMAN);
      return new ForwardingGroups(records.groups()) {
        @Override
        public Page<Group> list(PageRequest request) {
          return sorted(
              super.list(request),
              Comparator.comparing(group -> group.displayName().key(), dictionary));
        }
      };
    }
  }

  private static final class SignedMemberOrder extends BrokenStore {
    SignedMemberOrder() {
      kills("PAG-09", "the members in pages of");
    }

    @Override
    GroupRepository groups(Repositories records) {
      return new ForwardingGroups(records.groups()) {
        @Override
        public Page<Membership> listMembers(GroupId groupId, PageRequest request) {
          return sorted(
              super.listMembers(groupId, request),
              Comparator.comparing(member -> member.userId().value()));
        }
      };
    }
  }

  /** The users of a store, whatever it makes of a token. */
  private abstract static class Listing extends BrokenStore {
    abstract Page<User> list(UserRepository users, PageRequest request);

    @Override
    final UserEngineStore store(UserEngineStore store) {
      return new ForwardingStore(store) {
        @Override
        public Repositories tenant(TenantId tenant) {
          return new ForwardingRepositories<>(honest.tenant(tenant)) {
            @Override
            public UserRepository users() {
              return new ForwardingUsers(honest.users()) {
                @Override
                public Page<User> list(PageRequest request) {
                  return Listing.this.list(honest, request);
                }
              };
            }
          };
        }
      };
    }
  }

  private static final class AnyTokenWillDo extends Listing {
    AnyTokenWillDo() {
      kills("PAG-04", "a token of another tenant's all users: expected InvalidInput");
    }

    @Override
    Page<User> list(UserRepository users, PageRequest request) {
      try {
        return users.list(request);
      } catch (StoreException.InvalidInput e) {
        return users.list(PageRequest.of(request.limit()));
      }
    }
  }

  /** Takes for the beginning what it cannot decode. */
  private static final class TokensOfPagesAreForgiven extends Listing {
    TokensOfPagesAreForgiven() {
      kills("PAG-13", "a text that is no token of all users: expected InvalidInput");
    }

    @Override
    Page<User> list(UserRepository users, PageRequest request) {
      PageToken after = request.after();
      return after != null && after.value().length() < 10
          ? users.list(PageRequest.of(request.limit()))
          : users.list(request);
    }
  }

  /** Takes what is inside a token for what it put there, and stumbles over it. */
  private static final class TokensOfMembersAreTrusted extends BrokenStore {
    private final Map<Integer, PageToken> given = new ConcurrentHashMap<>();

    TokensOfMembersAreTrusted() {
      kills("PAG-13", "in a token of members of group 0 that was changed: expected pageToken");
    }

    @Override
    UserEngineStore store(UserEngineStore store) {
      return new ForwardingStore(store) {
        @Override
        public Repositories tenant(TenantId tenant) {
          return new ForwardingRepositories<>(honest.tenant(tenant)) {
            @Override
            public GroupRepository groups() {
              return trusting(honest.groups());
            }
          };
        }
      };
    }

    private GroupRepository trusting(GroupRepository groups) {
      return new ForwardingGroups(groups) {
        @Override
        public Page<Membership> listMembers(GroupId groupId, PageRequest request) {
          try {
            Page<Membership> page = super.listMembers(groupId, request);
            page.nextToken().ifPresent(token -> given.put(token.value().length(), token));
            return page;
          } catch (StoreException.InvalidInput e) {
            PageToken after = request.after();
            throw after != null && given.containsKey(after.value().length())
                ? new StoreException.InvalidInput("userId", "is not a UUID")
                : e;
          }
        }
      };
    }
  }

  /** Tokens that do not tell which time they are of. */
  private static final class TokensOfAnyTime extends BrokenStore {
    private static final AuditFilter ALL =
        new AuditFilter.ByTime(
            Instant.parse("0001-01-01T00:00:00Z"), Instant.parse("9999-12-31T23:59:59Z"));

    TokensOfAnyTime() {
      kills("PAG-04", "a token of audit since 0 in audit since 1: expected InvalidInput");
    }

    @Override
    UserEngineStore store(UserEngineStore store) {
      return new ForwardingStore(store) {
        @Override
        public Repositories tenant(TenantId tenant) {
          return new ForwardingRepositories<>(honest.tenant(tenant)) {
            @Override
            public AuditRepository audit() {
              return new ForwardingAudit(honest.audit()) {
                @Override
                public Page<AuditRecord> list(AuditFilter filter, PageRequest request) {
                  return super.list(filter instanceof AuditFilter.ByTime ? ALL : filter, request);
                }
              };
            }
          };
        }
      };
    }
  }

  /** As {@code >=} in the place of {@code >} does. */
  private static final class PagesOverlap extends BrokenStore {
    private final Map<PageToken, User> last = new ConcurrentHashMap<>();

    PagesOverlap() {
      kills("PAG-01", "what a walk visits, without repetition");
      kills("PAG-05", "the page after one of exactly the limit");
    }

    @Override
    UserRepository users(Repositories records) {
      return new ForwardingUsers(records.users()) {
        @Override
        public Page<User> list(PageRequest request) {
          Page<User> page = super.list(request);
          PageToken after = request.after();
          PageToken next = page.next();
          if (next != null) {
            last.put(next, page.items().get(page.items().size() - 1));
          }
          // Repeats the record only where there is room for it, so that every walk ends.
          if (after == null || page.items().size() == request.limit() || !last.containsKey(after)) {
            return page;
          }
          List<User> items = new ArrayList<>(List.of(last.get(after)));
          items.addAll(page.items());
          return with(page, items);
        }
      };
    }
  }

  private static final class LikeWildcards extends BrokenStore {
    LikeWildcards() {
      kills("PAG-06", "the users whose name begins with a%");
    }

    @Override
    UserRepository users(Repositories records) {
      return new ForwardingUsers(records.users()) {
        @Override
        public Page<User> listByPrefix(String prefix, PageRequest request) {
          if (!prefix.contains("%") && !prefix.contains("_")) {
            return super.listByPrefix(prefix, request);
          }
          String like =
              Pattern.quote(prefix).replace("%", "\\E.*\\Q").replace("_", "\\E.\\Q") + ".*";
          return new Page<>(
              super.list(new PageRequest(request.limit(), request.order(), null)).items().stream()
                  .filter(user -> Pattern.matches(like, user.userName().key()))
                  .toList(),
              null,
              null);
        }
      };
    }
  }

  private static final class PagesOfAHundred extends BrokenStore {
    PagesOfAHundred() {
      kills("PAG-07", "records of a page of the greatest limit");
    }

    @Override
    UserRepository users(Repositories records) {
      return new ForwardingUsers(records.users()) {
        @Override
        public Page<User> list(PageRequest request) {
          return super.list(
              new PageRequest(Math.min(request.limit(), 100), request.order(), request.after()));
        }
      };
    }
  }

  private static final class NoWayBack extends BrokenStore {
    NoWayBack() {
      kills("PAG-10", "the page before the last one");
    }

    @Override
    UserRepository users(Repositories records) {
      return new ForwardingUsers(records.users()) {
        @Override
        public Page<User> list(PageRequest request) {
          Page<User> page = super.list(request);
          return page.items().isEmpty()
              ? page
              : new Page<>(page.items(), request.after(), page.next());
        }
      };
    }
  }

  private static final class PrefixesAsTyped extends BrokenStore {
    PrefixesAsTyped() {
      kills("PAG-11", "the users whose name begins with ad");
    }

    @Override
    UserRepository users(Repositories records) {
      return new ForwardingUsers(records.users()) {
        @Override
        public Page<User> listByPrefix(String prefix, PageRequest request) {
          Page<User> page = super.listByPrefix(prefix, request);
          return with(
              page,
              page.items().stream()
                  .filter(user -> user.userName().value().startsWith(prefix))
                  .toList());
        }
      };
    }
  }

  /** As where the token is an id, and the page begins where that record stands now. */
  private static final class TokenNeedsItsRecord extends BrokenStore {
    private final Map<PageToken, UserId> last = new ConcurrentHashMap<>();

    TokenNeedsItsRecord() {
      kills("PAG-12", "the page after a user that is no longer where it was");
    }

    @Override
    UserRepository users(Repositories records) {
      return new ForwardingUsers(records.users()) {
        @Override
        public Page<User> list(PageRequest request) {
          PageToken after = request.after();
          if (after != null && last.containsKey(after) && find(last.get(after)).isEmpty()) {
            return new Page<>(List.of(), null, null);
          }
          Page<User> page = super.list(request);
          PageToken next = page.next();
          if (next != null) {
            last.put(next, page.items().get(page.items().size() - 1).id());
          }
          return page;
        }
      };
    }
  }

  /** As where listings are read from a replica. */
  private static final class ListsCommittedOnly extends BrokenStore {
    ListsCommittedOnly() {
      kills("PAG-14", "the users inside the transaction");
    }

    @Override
    StorageEngine engine(StorageEngine engine) {
      return new ForwardingEngine(engine) {
        @Override
        public EngineTransaction begin(TenantId tenant, TransactionOptions options) {
          return new ForwardingTransaction(honest.begin(tenant, options)) {
            @Override
            public UserRepository users() {
              return new ForwardingUsers(honest.users()) {
                @Override
                public Page<User> list(PageRequest request) {
                  return replica(records -> records.users().list(request));
                }
              };
            }

            private <T> T replica(Function<Repositories, T> read) {
              return engine.single(tenant, true, options, read);
            }
          };
        }
      };
    }
  }

  /** A store that does something else about the key that it is given. */
  private abstract static class OtherKey extends BrokenStore {
    abstract @Nullable PageTokenKey instead();

    @Override
    final StoreOptions options(StoreOptions honest) {
      return honest.pageTokenKey() == null ? honest : honest.withPageTokenKey(instead());
    }

    static PageTokenKey random() {
      byte[] bytes = new byte[16];
      new SecureRandom().nextBytes(bytes);
      return PageTokenKey.of(new SecretKeySpec(bytes, "AES"));
    }
  }

  /** As an adapter does that copies the options it knows. */
  private static final class KeyIsOverlooked extends OtherKey {
    KeyIsOverlooked() {
      kills("PAG-15", "a token of all users does not show what it is made of");
    }

    @Override
    @Nullable PageTokenKey instead() {
      return null;
    }
  }

  /** As where each instance draws its own. */
  private static final class KeyOfEachStore extends OtherKey {
    KeyOfEachStore() {
      kills("PAG-15", "a token of all users at a store with the same key is accepted");
    }

    @Override
    PageTokenKey instead() {
      return random();
    }
  }

  /** As where the key is in the source. */
  private static final class KeyOfTheHouse extends OtherKey {
    private static final PageTokenKey HOUSE = random();

    KeyOfTheHouse() {
      kills("PAG-15", "a token of all users at a store with another key: expected InvalidInput");
    }

    @Override
    PageTokenKey instead() {
      return HOUSE;
    }
  }

  private static final class KeyForSingleOperationsOnly extends BrokenStore {
    private @Nullable StorageEngine last;

    KeyForSingleOperationsOnly() {
      kills("PAG-15", "a token of all users inside a transaction is accepted");
    }

    @Override
    StorageEngine engine(StorageEngine engine) {
      last = engine;
      return engine;
    }

    @Override
    UserEngineStore store(UserEngineStore store) {
      if (last == null || store.options().pageTokenKey() == null) {
        return store;
      }
      UserEngineStore unsealed =
          new TransactionalStore(last, store.options().withPageTokenKey(null));
      return new ForwardingStore(store) {
        @Override
        public <T, X extends Exception> T inTransaction(
            TenantId tenant, TransactionOptions options, TransactionWork<T, X> work) throws X {
          return unsealed.inTransaction(tenant, options, work);
        }
      };
    }
  }

  /** The users of a store that has a key, whatever it makes of a token. */
  private abstract static class SealedListing extends BrokenStore {
    abstract Page<User> list(
        UserRepository users, TenantId tenant, PageTokenKey key, PageRequest request);

    @Override
    final UserEngineStore store(UserEngineStore store) {
      PageTokenKey key = store.options().pageTokenKey();
      if (key == null) {
        return store;
      }
      return new ForwardingStore(store) {
        @Override
        public Repositories tenant(TenantId tenant) {
          return new ForwardingRepositories<>(honest.tenant(tenant)) {
            @Override
            public UserRepository users() {
              return new ForwardingUsers(honest.users()) {
                @Override
                public Page<User> list(PageRequest request) {
                  return SealedListing.this.list(honest, tenant, key, request);
                }
              };
            }
          };
        }
      };
    }
  }

  /** As where tokens of before the key are to stay good. */
  private static final class UnsealedTokensAreTaken extends SealedListing {
    UnsealedTokensAreTaken() {
      kills("PAG-15", "a token of all users that is not sealed: expected InvalidInput");
    }

    @Override
    Page<User> list(UserRepository users, TenantId tenant, PageTokenKey key, PageRequest request) {
      try {
        return users.list(request);
      } catch (StoreException.InvalidInput e) {
        PageToken after = request.after();
        if (after == null) {
          throw e;
        }
        return users.list(request.after(key.seal(tenant, after)));
      }
    }
  }

  /** As where nothing authenticates what is encrypted. */
  private static final class TokensAreKnownByTheirBeginning extends SealedListing {
    private final Map<String, PageToken> given = new ConcurrentHashMap<>();

    TokensAreKnownByTheirBeginning() {
      kills("PAG-15", "a token of all users that was changed at 20: expected InvalidInput");
    }

    @Override
    Page<User> list(UserRepository users, TenantId tenant, PageTokenKey key, PageRequest request) {
      PageToken after = request.after();
      PageToken known = after == null ? null : given.getOrDefault(beginning(after), after);
      Page<User> page = users.list(known == null ? request : request.after(known));
      page.nextToken().ifPresent(next -> given.put(beginning(next), next));
      return page;
    }

    private static String beginning(PageToken token) {
      return token.value().substring(0, 20);
    }
  }

  /** As where the tenant is not what a token is opened for. */
  private static final class TokensOfAnyTenantAreKnown extends SealedListing {
    private final Map<PageToken, TenantId> given = new ConcurrentHashMap<>();

    TokensOfAnyTenantAreKnown() {
      kills("PAG-15", "a token of another tenant's all users: expected InvalidInput");
    }

    @Override
    Page<User> list(UserRepository users, TenantId tenant, PageTokenKey key, PageRequest request) {
      PageToken after = request.after();
      TenantId of = after == null ? tenant : given.getOrDefault(after, tenant);
      Page<User> page =
          after == null || of.equals(tenant)
              ? users.list(request)
              : users.list(PageRequest.of(request.limit()));
      page.nextToken().ifPresent(next -> given.put(next, tenant));
      return page;
    }
  }
}
