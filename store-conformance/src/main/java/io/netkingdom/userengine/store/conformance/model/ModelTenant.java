package io.netkingdom.userengine.store.conformance.model;

import io.netkingdom.userengine.store.AuditDraft;
import io.netkingdom.userengine.store.AuditFilter;
import io.netkingdom.userengine.store.AuditId;
import io.netkingdom.userengine.store.AuditRecord;
import io.netkingdom.userengine.store.AuditRepository;
import io.netkingdom.userengine.store.EmailAddress;
import io.netkingdom.userengine.store.ExternalId;
import io.netkingdom.userengine.store.FederatedIdentity;
import io.netkingdom.userengine.store.FederatedIdentityDraft;
import io.netkingdom.userengine.store.FederatedIdentityRepository;
import io.netkingdom.userengine.store.Group;
import io.netkingdom.userengine.store.GroupDraft;
import io.netkingdom.userengine.store.GroupId;
import io.netkingdom.userengine.store.GroupName;
import io.netkingdom.userengine.store.GroupRepository;
import io.netkingdom.userengine.store.IdentityKey;
import io.netkingdom.userengine.store.Json;
import io.netkingdom.userengine.store.Membership;
import io.netkingdom.userengine.store.OutboxCursor;
import io.netkingdom.userengine.store.OutboxDraft;
import io.netkingdom.userengine.store.OutboxId;
import io.netkingdom.userengine.store.OutboxPage;
import io.netkingdom.userengine.store.OutboxRecord;
import io.netkingdom.userengine.store.OutboxRepository;
import io.netkingdom.userengine.store.Page;
import io.netkingdom.userengine.store.PageRequest;
import io.netkingdom.userengine.store.ProfileDocument;
import io.netkingdom.userengine.store.ProfileKey;
import io.netkingdom.userengine.store.ProfileRepository;
import io.netkingdom.userengine.store.RecordCounts;
import io.netkingdom.userengine.store.RecordKind;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.RowOutcome;
import io.netkingdom.userengine.store.SignIn;
import io.netkingdom.userengine.store.SignInResult;
import io.netkingdom.userengine.store.SignedInUser;
import io.netkingdom.userengine.store.SortOrder;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.Timestamps;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.UpsertResult.Created;
import io.netkingdom.userengine.store.UpsertResult.Unchanged;
import io.netkingdom.userengine.store.UpsertResult.Updated;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.UserName;
import io.netkingdom.userengine.store.UserRepository;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant's records are, as the contract says it and in no other way: plain maps, searched
 * from end to end. Nothing here is quick, safe for threads, or shared with an adapter.
 *
 * <p>A page is the whole listing: tokens are for adapters. Ids of audit and outbox records are
 * drawn at random, as an adapter does.
 */
final class ModelTenant implements Repositories {

  private final InstantSource clock;
  private final Map<UserId, User> users = new HashMap<>();
  private final Set<UserId> erasedUsers = new HashSet<>();
  private final Map<IdentityKey, FederatedIdentity> links = new HashMap<>();
  private final Map<GroupId, Group> groups = new HashMap<>();
  private final List<Membership> memberships = new ArrayList<>();
  private final Map<ProfileKey, ProfileDocument> profiles = new HashMap<>();
  private final List<AuditRecord> audit = new ArrayList<>();
  private final List<OutboxRecord> outbox = new ArrayList<>();

  ModelTenant(InstantSource clock) {
    this.clock = clock;
  }

  /** The same records, to be changed on their own. */
  ModelTenant copy() {
    ModelTenant copy = new ModelTenant(clock);
    copy.users.putAll(users);
    copy.erasedUsers.addAll(erasedUsers);
    copy.links.putAll(links);
    copy.groups.putAll(groups);
    copy.memberships.addAll(memberships);
    copy.profiles.putAll(profiles);
    copy.audit.addAll(audit);
    copy.outbox.addAll(outbox);
    return copy;
  }

  /** All messages, in the order of appending. */
  List<OutboxDraft> messages() {
    return outbox.stream().map(OutboxRecord::message).toList();
  }

  private Instant now() {
    return Timestamps.of("clock", clock.instant());
  }

  @Override
  public UserRepository users() {
    return new Users();
  }

  @Override
  public FederatedIdentityRepository identities() {
    return new Identities();
  }

  @Override
  public GroupRepository groups() {
    return new Groups();
  }

  @Override
  public ProfileRepository profiles() {
    return new Profiles();
  }

  @Override
  public AuditRepository audit() {
    return new Audit();
  }

  @Override
  public OutboxRepository outbox() {
    return new Outbox();
  }

  @Override
  public RecordCounts counts() {
    Map<RecordKind, Long> counts = new EnumMap<>(RecordKind.class);
    counts.put(RecordKind.USER, (long) users.size());
    counts.put(RecordKind.FEDERATED_IDENTITY, (long) links.size());
    counts.put(RecordKind.GROUP, (long) groups.size());
    counts.put(RecordKind.MEMBERSHIP, (long) memberships.size());
    counts.put(RecordKind.PROFILE_DOCUMENT, (long) profiles.size());
    counts.put(RecordKind.AUDIT_RECORD, (long) audit.size());
    counts.put(RecordKind.OUTBOX_RECORD, (long) outbox.size());
    return new RecordCounts.Exact(counts);
  }

  private static <R> Optional<R> first(Stream<R> records, Predicate<R> which) {
    return records.filter(which).findFirst();
  }

  private static void conflictIf(boolean taken, String field) {
    if (taken) {
      throw new StoreException.Conflict(field);
    }
  }

  private static <R> Page<R> page(
      Stream<R> records, Comparator<? super R> order, PageRequest request) {
    List<R> sorted = new ArrayList<>(records.sorted(order).toList());
    if (request.order() == SortOrder.DESCENDING) {
      Collections.reverse(sorted);
    }
    return new Page<>(sorted, null, null);
  }

  /** By code points, which is not how Java compares text. */
  private static <R> Comparator<R> byKey(Function<R, String> key) {
    return (one, other) -> compareCodePoints(key.apply(one), key.apply(other));
  }

  private static int compareCodePoints(String one, String other) {
    int[] a = one.codePoints().toArray();
    int[] b = other.codePoints().toArray();
    return Arrays.compare(a, b);
  }

  private final class Users implements UserRepository {

    @Override
    public User create(UserDraft draft) {
      UserId id = draft.id() == null ? UserId.generate(now()) : draft.id();
      conflictIf(users.containsKey(id) || erasedUsers.contains(id), "id");
      conflictIf(findByUserName(draft.userName()).isPresent(), "userName");
      conflictIf(holds(draft.externalId(), null), "externalId");
      User created = User.created(id, draft, now());
      users.put(id, created);
      return created;
    }

    private boolean holds(@Nullable ExternalId externalId, @Nullable UserId butFor) {
      return externalId != null
          && users.values().stream()
              .anyMatch(user -> externalId.equals(user.externalId()) && !user.id().equals(butFor));
    }

    @Override
    public Optional<User> find(UserId id) {
      return Optional.ofNullable(users.get(id));
    }

    @Override
    public Optional<User> findByUserName(UserName userName) {
      return first(users.values().stream(), user -> user.userName().key().equals(userName.key()));
    }

    @Override
    public Optional<User> findByExternalId(ExternalId externalId) {
      return first(users.values().stream(), user -> externalId.equals(user.externalId()));
    }

    @Override
    public List<User> findByEmail(EmailAddress address) {
      return users.values().stream()
          .filter(
              user ->
                  user.emails().stream()
                      .anyMatch(email -> email.address().key().equals(address.key())))
          .sorted(Comparator.comparing(User::id))
          .toList();
    }

    @Override
    public User update(User edited) {
      User stored = get(edited.id());
      if (stored.version() != edited.version()) {
        throw new StoreException.StaleVersion("user", edited.version(), stored.version());
      }
      return change(stored, edited.asDraft());
    }

    User change(User stored, UserDraft draft) {
      Optional<User> namesake = findByUserName(draft.userName());
      conflictIf(namesake.isPresent() && !namesake.get().id().equals(stored.id()), "userName");
      conflictIf(holds(draft.externalId(), stored.id()), "externalId");
      User changed = stored.withAttributesOf(draft);
      if (changed.hasSameAttributesAs(stored)) {
        return stored;
      }
      users.put(stored.id(), changed.modified(now()));
      return get(stored.id());
    }

    @Override
    public UpsertResult<User> upsert(UserDraft draft) {
      Optional<User> stored = findByUserName(draft.userName());
      if (stored.isEmpty()) {
        return new Created<>(create(draft));
      }
      User changed = change(stored.get(), draft);
      return changed.equals(stored.get()) ? new Unchanged<>(changed) : new Updated<>(changed);
    }

    @Override
    public List<RowOutcome> upsertAll(List<UserDraft> drafts) {
      List<RowOutcome> outcomes = new ArrayList<>();
      for (UserDraft draft : drafts) {
        try {
          outcomes.add(new RowOutcome.Stored(upsert(draft)));
        } catch (StoreException.Conflict e) {
          outcomes.add(RowOutcome.Rejected.of(e));
        }
      }
      return outcomes;
    }

    @Override
    public boolean delete(UserId id) {
      links.values().removeIf(link -> link.userId().equals(id));
      memberships.removeIf(membership -> membership.userId().equals(id));
      profiles.keySet().removeIf(key -> key.userId().equals(id));
      return users.remove(id) != null;
    }

    @Override
    public boolean erase(UserId id) {
      audit.replaceAll(record -> record.names(id) ? record.erased() : record);
      outbox.replaceAll(record -> record.isAbout(id) ? record.erased() : record);
      erasedUsers.add(id);
      return delete(id);
    }

    @Override
    public Page<User> list(PageRequest request) {
      return page(users.values().stream(), byKey(user -> user.userName().key()), request);
    }

    @Override
    public Page<User> listByPrefix(String prefix, PageRequest request) {
      String key = UserName.prefixKey(prefix);
      return page(
          users.values().stream().filter(user -> user.userName().key().startsWith(key)),
          byKey(user -> user.userName().key()),
          request);
    }
  }

  private final class Identities implements FederatedIdentityRepository {

    @Override
    public UpsertResult<FederatedIdentity> link(FederatedIdentityDraft draft) {
      FederatedIdentity stored = links.get(draft.key());
      boolean anothers = stored != null && !stored.userId().equals(draft.userId());
      if (anothers && !users.containsKey(draft.userId())) {
        throw new OneOf(
            new StoreException.Conflict("identity"), new StoreException.UnknownReference("userId"));
      }
      conflictIf(anothers, "identity");
      if (!users.containsKey(draft.userId())) {
        throw new StoreException.UnknownReference("userId");
      }
      return store(draft, stored, stored == null ? null : stored.lastSeen());
    }

    private UpsertResult<FederatedIdentity> store(
        FederatedIdentityDraft draft, @Nullable FederatedIdentity stored, @Nullable Instant seen) {
      FederatedIdentity link =
          new FederatedIdentity(
              draft.userId(),
              draft.key(),
              draft.providerAlias(),
              stored == null ? now() : stored.created(),
              seen);
      links.put(draft.key(), link);
      if (stored == null) {
        return new Created<>(link);
      }
      return Objects.equals(stored.providerAlias(), link.providerAlias())
          ? new Unchanged<>(link)
          : new Updated<>(link);
    }

    @Override
    public SignInResult signIn(SignIn signIn) {
      Users repository = new Users();
      FederatedIdentity stored = links.get(signIn.identity());
      User user;
      boolean changed = false;
      if (stored == null) {
        user = repository.create(signIn.user());
      } else {
        User before = repository.get(stored.userId());
        if (!before.active()) {
          new Audit().append(signIn.audit(before));
          return new SignInResult.Suspended();
        }
        user = repository.change(before, signIn.appliedTo(before));
        changed = !user.equals(before);
      }
      UpsertResult<FederatedIdentity> link =
          store(
              new FederatedIdentityDraft(user.id(), signIn.identity(), signIn.providerAlias()),
              stored,
              user.active() ? now() : null);
      new Audit().append(signIn.audit(user));
      SignedInUser signedIn = new SignedInUser(user, link.record());
      if (stored == null) {
        new Outbox().append(signIn.event(user, true));
        return user.active()
            ? new SignInResult.SignedIn(new Created<>(signedIn))
            : new SignInResult.Suspended();
      }
      if (changed || link instanceof Updated<FederatedIdentity>) {
        new Outbox().append(signIn.event(user, false));
        return new SignInResult.SignedIn(new Updated<>(signedIn));
      }
      return new SignInResult.SignedIn(new Unchanged<>(signedIn));
    }

    @Override
    public Optional<FederatedIdentity> find(IdentityKey key) {
      return Optional.ofNullable(links.get(key));
    }

    @Override
    public Optional<User> findUser(IdentityKey key) {
      return find(key).flatMap(link -> new Users().find(link.userId()));
    }

    @Override
    public List<FederatedIdentity> findByUser(UserId userId) {
      Comparator<FederatedIdentity> byIssuer = byKey(link -> link.key().issuer());
      return links.values().stream()
          .filter(link -> link.userId().equals(userId))
          .sorted(byIssuer.thenComparing(byKey(link -> link.key().subject())))
          .toList();
    }

    @Override
    public boolean unlink(IdentityKey key) {
      return links.remove(key) != null;
    }
  }

  private final class Groups implements GroupRepository {

    @Override
    public Group create(GroupDraft draft) {
      GroupId id = draft.id() == null ? GroupId.generate(now()) : draft.id();
      conflictIf(groups.containsKey(id), "id");
      conflictIf(findByDisplayName(draft.displayName()).isPresent(), "displayName");
      conflictIf(holds(draft.externalId(), null), "externalId");
      Group created = Group.created(id, draft, now());
      groups.put(id, created);
      return created;
    }

    private boolean holds(@Nullable ExternalId externalId, @Nullable GroupId butFor) {
      return externalId != null
          && groups.values().stream()
              .anyMatch(
                  group -> externalId.equals(group.externalId()) && !group.id().equals(butFor));
    }

    @Override
    public Optional<Group> find(GroupId id) {
      return Optional.ofNullable(groups.get(id));
    }

    @Override
    public Optional<Group> findByDisplayName(GroupName displayName) {
      return first(
          groups.values().stream(), group -> group.displayName().key().equals(displayName.key()));
    }

    @Override
    public Optional<Group> findByExternalId(ExternalId externalId) {
      return first(groups.values().stream(), group -> externalId.equals(group.externalId()));
    }

    @Override
    public Group update(Group edited) {
      Group stored = get(edited.id());
      if (stored.version() != edited.version()) {
        throw new StoreException.StaleVersion("group", edited.version(), stored.version());
      }
      return change(stored, edited.asDraft());
    }

    private Group change(Group stored, GroupDraft draft) {
      Optional<Group> namesake = findByDisplayName(draft.displayName());
      conflictIf(namesake.isPresent() && !namesake.get().id().equals(stored.id()), "displayName");
      conflictIf(holds(draft.externalId(), stored.id()), "externalId");
      Group changed = stored.withAttributesOf(draft);
      if (changed.hasSameAttributesAs(stored)) {
        return stored;
      }
      groups.put(stored.id(), changed.modified(now()));
      return get(stored.id());
    }

    @Override
    public UpsertResult<Group> upsert(GroupDraft draft) {
      Optional<Group> stored = findByDisplayName(draft.displayName());
      if (stored.isEmpty()) {
        return new Created<>(create(draft));
      }
      Group changed = change(stored.get(), draft);
      return changed.equals(stored.get()) ? new Unchanged<>(changed) : new Updated<>(changed);
    }

    @Override
    public boolean delete(GroupId id) {
      memberships.removeIf(membership -> membership.groupId().equals(id));
      return groups.remove(id) != null;
    }

    @Override
    public Page<Group> list(PageRequest request) {
      return page(groups.values().stream(), byKey(group -> group.displayName().key()), request);
    }

    @Override
    public Page<Group> listByPrefix(String prefix, PageRequest request) {
      String key = GroupName.prefixKey(prefix);
      return page(
          groups.values().stream().filter(group -> group.displayName().key().startsWith(key)),
          byKey(group -> group.displayName().key()),
          request);
    }

    @Override
    public UpsertResult<Membership> addMember(GroupId groupId, UserId userId) {
      if (!groups.containsKey(groupId)) {
        throw new StoreException.UnknownReference("groupId");
      }
      if (!users.containsKey(userId)) {
        throw new StoreException.UnknownReference("userId");
      }
      Optional<Membership> stored = findMember(groupId, userId);
      if (stored.isPresent()) {
        return new Unchanged<>(stored.get());
      }
      Membership membership = new Membership(groupId, userId, now());
      memberships.add(membership);
      return new Created<>(membership);
    }

    @Override
    public boolean removeMember(GroupId groupId, UserId userId) {
      return memberships.removeIf(
          membership -> membership.groupId().equals(groupId) && membership.userId().equals(userId));
    }

    @Override
    public Optional<Membership> findMember(GroupId groupId, UserId userId) {
      return first(
          memberships.stream(),
          membership -> membership.groupId().equals(groupId) && membership.userId().equals(userId));
    }

    @Override
    public Page<Membership> listMembers(GroupId groupId, PageRequest request) {
      return page(
          memberships.stream().filter(membership -> membership.groupId().equals(groupId)),
          Comparator.comparing(Membership::userId),
          request);
    }

    @Override
    public Page<Membership> listMemberships(UserId userId, PageRequest request) {
      return page(
          memberships.stream().filter(membership -> membership.userId().equals(userId)),
          Comparator.comparing(Membership::groupId),
          request);
    }
  }

  private final class Profiles implements ProfileRepository {

    @Override
    public Optional<ProfileDocument> find(ProfileKey key) {
      return Optional.ofNullable(profiles.get(key));
    }

    @Override
    public List<ProfileDocument> findByUser(UserId userId) {
      return profiles.values().stream()
          .filter(profile -> profile.key().userId().equals(userId))
          .sorted(byKey(profile -> profile.key().namespace()))
          .toList();
    }

    @Override
    public UpsertResult<ProfileDocument> replace(
        ProfileKey key, Json.JsonObject document, OptionalLong expectedVersion) {
      return put(key, document, expectedVersion);
    }

    @Override
    public UpsertResult<ProfileDocument> merge(
        ProfileKey key, Json.JsonObject patch, OptionalLong expectedVersion) {
      Json target = find(key).<Json>map(ProfileDocument::document).orElse(Json.object());
      return put(key, (Json.JsonObject) merged(target, patch), expectedVersion);
    }

    /** RFC 7396, section 2, word by word. */
    private static Json merged(Json target, Json patch) {
      if (!(patch instanceof Json.JsonObject changes)) {
        return patch;
      }
      Map<String, Json> result =
          new LinkedHashMap<>(
              target instanceof Json.JsonObject object ? object.members() : Map.of());
      changes
          .members()
          .forEach(
              (name, value) -> {
                if (value == Json.JsonNull.NULL) {
                  result.remove(name);
                } else {
                  result.put(name, merged(result.getOrDefault(name, Json.JsonNull.NULL), value));
                }
              });
      return new Json.JsonObject(result);
    }

    private UpsertResult<ProfileDocument> put(
        ProfileKey key, Json.JsonObject document, OptionalLong expectedVersion) {
      ProfileDocument stored = profiles.get(key);
      long version = stored == null ? 0 : stored.version();
      boolean stale = expectedVersion.isPresent() && expectedVersion.getAsLong() != version;
      StoreException.UnknownReference unknown = new StoreException.UnknownReference("userId");
      if (stale) {
        StoreException.StaleVersion refusal =
            new StoreException.StaleVersion("profile", expectedVersion.getAsLong(), version);
        throw users.containsKey(key.userId()) ? refusal : new OneOf(refusal, unknown);
      }
      if (!users.containsKey(key.userId())) {
        throw unknown;
      }
      if (stored == null) {
        ProfileDocument created = new ProfileDocument(key, document, now(), 1);
        profiles.put(key, created);
        return new Created<>(created);
      }
      if (stored.document().equals(document)) {
        return new Unchanged<>(stored);
      }
      ProfileDocument changed = stored.modified(document, now());
      profiles.put(key, changed);
      return new Updated<>(changed);
    }

    @Override
    public boolean delete(ProfileKey key) {
      return profiles.remove(key) != null;
    }
  }

  private final class Audit implements AuditRepository {

    @Override
    public AuditRecord append(AuditDraft draft) {
      AuditRecord record = new AuditRecord(AuditId.generate(now()), now(), draft);
      audit.add(record);
      return record;
    }

    @Override
    public Optional<AuditRecord> find(AuditId id) {
      return first(audit.stream(), record -> record.id().equals(id));
    }

    @Override
    public Page<AuditRecord> list(AuditFilter filter, PageRequest request) {
      Predicate<AuditRecord> wanted = record -> isWanted(record, filter);
      // The sort is stable, and the list in the order of appending.
      return page(
          audit.stream().filter(wanted), Comparator.comparing(AuditRecord::occurredAt), request);
    }
  }

  private static boolean isWanted(AuditRecord record, AuditFilter filter) {
    if (filter instanceof AuditFilter.ByTarget by) {
      return record.entry().target().isSameAs(by.target());
    } else if (filter instanceof AuditFilter.ByActor by) {
      return record.entry().actor().isSameAs(by.actor());
    } else if (filter instanceof AuditFilter.ByTime by) {
      return !record.occurredAt().isBefore(by.from()) && record.occurredAt().isBefore(by.until());
    }
    throw new IllegalArgumentException("an unknown filter");
  }

  private final class Outbox implements OutboxRepository {

    @Override
    public UpsertResult<OutboxRecord> append(OutboxDraft draft) {
      Optional<OutboxRecord> stored =
          first(
              outbox.stream(),
              record ->
                  draft.dedupKey() != null && draft.dedupKey().equals(record.message().dedupKey()));
      if (stored.isPresent()) {
        return new Unchanged<>(stored.get());
      }
      OutboxRecord record = new OutboxRecord(OutboxId.generate(now()), now(), draft);
      outbox.add(record);
      return new Created<>(record);
    }

    @Override
    public Optional<OutboxRecord> find(OutboxId id) {
      return first(outbox.stream(), record -> record.id().equals(id));
    }

    @Override
    public OutboxPage readAfter(OutboxCursor cursor, int limit) {
      throw new UnsupportedOperationException("the model has no cursors");
    }
  }

  /** Where the contract leaves open which of several refusals a caller is told. */
  static final class OneOf extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient List<StoreException> refusals;

    OneOf(StoreException... refusals) {
      super("one of several refusals");
      this.refusals = List.of(refusals);
    }

    List<StoreException> refusals() {
      return refusals;
    }
  }
}
