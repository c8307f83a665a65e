package io.netkingdom.userengine.store.conformance.model;

import io.netkingdom.userengine.store.AuditDraft;
import io.netkingdom.userengine.store.AuditFilter;
import io.netkingdom.userengine.store.AuditOutcome;
import io.netkingdom.userengine.store.AuditSubject;
import io.netkingdom.userengine.store.FederatedIdentityDraft;
import io.netkingdom.userengine.store.Group;
import io.netkingdom.userengine.store.GroupDraft;
import io.netkingdom.userengine.store.GroupId;
import io.netkingdom.userengine.store.IdentityKey;
import io.netkingdom.userengine.store.IsolationLevel;
import io.netkingdom.userengine.store.Json;
import io.netkingdom.userengine.store.OutboxDraft;
import io.netkingdom.userengine.store.Page;
import io.netkingdom.userengine.store.PageRequest;
import io.netkingdom.userengine.store.ProfileKey;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.SignIn;
import io.netkingdom.userengine.store.SignInChanges;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Draws histories. Names, ids and keys come out of small pools, so that the operations of a history
 * meet: on the same records, on taken keys and on records that are gone.
 */
final class Generator {

  /** Each in several spellings, and one above and one below the surrogates in code point order. */
  private static final List<String> NAMES =
      List.of(
          "ada",
          "Ada",
          "ADA",
          "adam",
          "grace",
          "GRACE",
          "\u00E9dith",
          "E\u0301dith",
          "\uFA0E",
          "\uD840\uDC00",
          "b_b",
          "b%b");

  private static final List<String> GROUP_NAMES =
      List.of("Team", "team", "TEAM  A", "Team A", "\uFA0E", "\uD840\uDC00", "%", "_");

  private static final List<String> PREFIXES = List.of("", "a", "AD", "b_", "%", "\u00E9", "t");

  /** Ids on both sides of the sign of their first half and their second. */
  private static final List<UUID> IDS =
      List.of(
          new UUID(1, 1),
          new UUID(1, -1),
          new UUID(-1, 1),
          new UUID(-1, -1),
          new UUID(0x7FFF_FFFF_FFFF_FFFFL, 0),
          new UUID(0x8000_0000_0000_0000L, 0));

  private final Random random;
  private final Histories.About about;
  private final List<Operation> recent = new ArrayList<>();

  Generator(Random random, Histories.About about) {
    this.random = random;
    this.about = about;
  }

  /** A history of about so many operations. */
  List<Step> history(int tenants, int operations) {
    List<Step> steps = new ArrayList<>();
    for (int left = operations; left > 0; ) {
      int tenant = random.nextInt(tenants);
      if (random.nextInt(4) > 0) {
        steps.add(new Step.Single(tenant, operation()));
        left--;
      } else {
        List<Step.Inner> body = body(1 + random.nextInt(6), true);
        IsolationLevel[] levels = IsolationLevel.values();
        IsolationLevel level = random.nextInt(4) > 0 ? levels[0] : levels[levels.length - 1];
        steps.add(
            new Step.Transaction(
                tenant, level, body, random.nextInt(3) > 0 ? Step.End.RETURN : Step.End.THROW));
        left -= body.size();
      }
    }
    return steps;
  }

  private List<Step.Inner> body(int size, boolean mayNest) {
    List<Step.Inner> body = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      if (mayNest && random.nextInt(6) == 0) {
        body.add(
            new Step.Nested(
                body(1 + random.nextInt(3), false),
                random.nextInt(3) > 0 ? Step.End.RETURN : Step.End.CAUGHT));
      } else {
        body.add(operation());
      }
    }
    return body;
  }

  /** What to compare in the end: all that a store can be asked about the pools. */
  List<Operation> readings() {
    List<Operation> readings = new ArrayList<>();
    readings.add(new Operation("list all users", records -> walk(records.users()::list, 3, false)));
    readings.add(
        new Operation("list all groups", records -> walk(records.groups()::list, 2, true)));
    readings.add(new Operation("count everything", Repositories::counts));
    for (UUID id : IDS) {
      UserId user = UserId.of(id);
      GroupId group = GroupId.of(id);
      readings.add(
          new Operation(
              "find the links of " + name(user), records -> records.identities().findByUser(user)));
      readings.add(
          new Operation(
              "find the profiles of " + name(user),
              records -> records.profiles().findByUser(user)));
      readings.add(
          new Operation(
              "list the memberships of " + name(user),
              records -> walk(page -> records.groups().listMemberships(user, page), 2, false)));
      readings.add(
          new Operation(
              "list the members of " + name(group),
              records -> walk(page -> records.groups().listMembers(group, page), 2, true)));
      readings.add(auditOf(new AuditFilter.ByTarget(AuditSubject.user(user)), "target", user));
      readings.add(auditOf(new AuditFilter.ByActor(AuditSubject.user(user)), "actor", user));
    }
    AuditFilter always =
        new AuditFilter.ByTime(
            Instant.parse("0001-01-01T00:00:00Z"), Instant.parse("9999-01-01T00:00:00Z"));
    readings.add(
        new Operation(
            "list all audit records",
            records -> walk(page -> records.audit().list(always, page), 50, false)));
    return readings;
  }

  private static Operation auditOf(AuditFilter filter, String role, UserId user) {
    return new Operation(
        "list the audit records by " + role + " " + name(user),
        records -> walk(page -> records.audit().list(filter, page), 3, true));
  }

  /** All pages, one after the other. */
  private static <R> List<R> walk(
      Function<PageRequest, Page<R>> listing, int limit, boolean descending) {
    List<R> all = new ArrayList<>();
    PageRequest first = PageRequest.of(limit);
    Optional<PageRequest> request = Optional.of(descending ? first.descending() : first);
    while (request.isPresent()) {
      Page<R> page = listing.apply(request.get());
      all.addAll(page.items());
      request = request.get().next(page);
    }
    return all;
  }

  /** One in four is one of the last ones again: much depends on whether something is repeated. */
  private Operation operation() {
    if (!recent.isEmpty() && random.nextInt(4) == 0) {
      return pick(recent);
    }
    Operation drawn = draw();
    recent.add(drawn);
    if (recent.size() > 8) {
      recent.remove(0);
    }
    return drawn;
  }

  private Operation draw() {
    return switch (about) {
      case RECORDS ->
          switch (random.nextInt(8)) {
            case 0, 1, 2 -> onUsers();
            case 3, 4 -> onIdentities();
            case 5, 6 -> onGroups();
            default -> onProfiles();
          };
      case ANNOUNCEMENTS ->
          switch (random.nextInt(10)) {
            case 0, 1 -> onUsers();
            case 2 -> onGroups();
            case 3 -> new Operation("count everything", Repositories::counts);
            case 4, 5 -> signIn();
            case 6 -> batch();
            case 7 -> onAudit();
            case 8 -> onOutbox();
            // Rarely, since the few ids can be used once only.
            default -> random.nextInt(6) == 0 ? erase() : signIn();
          };
    };
  }

  private Operation onUsers() {
    UserDraft draft = userDraft();
    UserId id = userId();
    String name = pick(NAMES);
    String prefix = pick(PREFIXES);
    int limit = 1 + random.nextInt(3);
    boolean down = random.nextBoolean();
    return switch (random.nextInt(10)) {
      case 0, 1 ->
          new Operation("create " + shown(draft), records -> records.users().create(draft));
      case 2 -> new Operation("upsert " + shown(draft), records -> records.users().upsert(draft));
      case 3, 4 -> update(id, draft);
      case 5 -> new Operation("delete " + name(id), records -> records.users().delete(id));
      case 6 -> new Operation("find " + name(id), records -> records.users().find(id));
      case 7 ->
          new Operation(
              "find user '" + name + "'", records -> records.users().findByUserName(name));
      case 8 ->
          new Operation(
              "find users by e-mail",
              records ->
                  List.of(
                      records.users().findByEmail("a@example.org"),
                      records.users().findByExternalId("x1")));
      default ->
          new Operation(
              "list users that begin with '" + prefix + "', " + limit + " a page",
              records -> walk(page -> records.users().listByPrefix(prefix, page), limit, down));
    };
  }

  private Operation update(UserId id, UserDraft draft) {
    int behind = random.nextInt(6) == 0 ? 1 : 0;
    return new Operation(
        "update "
            + name(id)
            + " to "
            + shown(draft)
            + (behind == 0 ? "" : ", naming an older version"),
        records -> {
          User stranger = User.created(id, draft, Instant.EPOCH);
          User seen = records.users().find(id).orElse(stranger);
          return records
              .users()
              .update(
                  new User(
                      id,
                      draft.userName(),
                      draft.externalId(),
                      draft.displayName(),
                      draft.active(),
                      draft.emails(),
                      seen.created(),
                      seen.lastModified(),
                      Math.max(1, seen.version() - behind)));
        });
  }

  private Operation onIdentities() {
    UserId user = userId();
    IdentityKey key = identity();
    FederatedIdentityDraft draft =
        new FederatedIdentityDraft(user, key, random.nextBoolean() ? "alias" : null);
    return switch (random.nextInt(8)) {
      case 0, 1, 2, 3 ->
          new Operation(
              "link " + key.subject() + " to " + name(user) + ", " + draft.providerAlias(),
              records -> records.identities().link(draft));
      case 4 ->
          new Operation("unlink " + key.subject(), records -> records.identities().unlink(key));
      case 5 ->
          new Operation("find link " + key.subject(), records -> records.identities().find(key));
      case 6 -> signIn();
      default ->
          new Operation(
              "find the user of " + key.subject(), records -> records.identities().findUser(key));
    };
  }

  private Operation signIn() {
    SignIn signIn =
        SignIn.of(identity(), userDraft())
            .withMayChange(pick(List.of(SignInChanges.values())))
            .withProviderAlias(random.nextBoolean() ? "alias" : null)
            .withDetails(Json.object("n", random.nextInt(3)))
            .withPayload(Json.object("m", random.nextInt(3)));
    return new Operation(
        "sign in "
            + signIn.identity().subject()
            + ", "
            + signIn.providerAlias()
            + ", may change "
            + signIn.mayChange()
            + ", as "
            + shown(signIn.user()),
        records -> records.identities().signIn(signIn));
  }

  private Operation onGroups() {
    GroupId group = GroupId.of(pick(IDS));
    UserId user = userId();
    GroupDraft named = GroupDraft.named(pick(GROUP_NAMES)).withId(group);
    GroupDraft draft = random.nextBoolean() ? named : named.withExternalId("x" + random.nextInt(2));
    int limit = 1 + random.nextInt(2);
    boolean down = random.nextBoolean();
    return switch (random.nextInt(11)) {
      case 0, 1 ->
          new Operation("create " + shown(draft), records -> records.groups().create(draft));
      case 2 -> new Operation("upsert " + shown(draft), records -> records.groups().upsert(draft));
      case 3 ->
          new Operation(
              "update " + name(group) + " to " + shown(draft),
              records -> {
                Group stranger = Group.created(group, draft, Instant.EPOCH);
                Group seen = records.groups().find(group).orElse(stranger);
                return records.groups().update(seen.withAttributesOf(draft));
              });
      case 4 -> new Operation("delete " + name(group), records -> records.groups().delete(group));
      case 5, 6, 7 ->
          new Operation(
              "add " + name(user) + " to " + name(group),
              records -> records.groups().addMember(group, user));
      case 8 ->
          new Operation(
              "remove " + name(user) + " from " + name(group),
              records -> records.groups().removeMember(group, user));
      case 9 ->
          new Operation(
              "list the members of " + name(group) + ", " + limit + " a page",
              records -> walk(page -> records.groups().listMembers(group, page), limit, down));
      default ->
          new Operation(
              "find group '" + draft.displayName() + "'",
              records -> records.groups().findByDisplayName(draft.displayName()));
    };
  }

  private Operation onProfiles() {
    ProfileKey key = ProfileKey.of(userId(), random.nextBoolean() ? "app" : "app.\uFA0E");
    String at = name(key.userId()) + " in " + key.namespace();
    Json.JsonObject document = document(2);
    OptionalLong expected =
        random.nextInt(3) > 0 ? OptionalLong.empty() : OptionalLong.of(random.nextInt(4));
    String version = expected.isPresent() ? " at version " + expected.getAsLong() : "";
    return switch (random.nextInt(5)) {
      case 0 ->
          new Operation(
              "replace the profile of " + at + version + " by " + document,
              records -> records.profiles().replace(key, document, expected));
      case 1, 2, 3 ->
          new Operation(
              "merge into the profile of " + at + version + ": " + document,
              records -> records.profiles().merge(key, document, expected));
      default ->
          new Operation("delete the profile of " + at, records -> records.profiles().delete(key));
    };
  }

  private Json.JsonObject document(int depth) {
    List<Object> keysAndValues = new ArrayList<>();
    for (String key : List.of("a", "b", "\u00E9")) {
      if (random.nextInt(3) == 0) {
        continue;
      }
      keysAndValues.add(key);
      keysAndValues.add(
          switch (random.nextInt(6)) {
            case 0 -> Json.JsonNull.NULL;
            case 1 -> Json.of(random.nextInt(2));
            case 2 -> Json.parse("1.10");
            case 3 -> Json.array("x", Json.JsonNull.NULL, Json.object());
            default -> depth > 0 ? document(depth - 1) : Json.of("text");
          });
    }
    return Json.object(keysAndValues.toArray());
  }

  private Operation onAudit() {
    AuditSubject actor = subject();
    AuditSubject target = subject();
    if (random.nextInt(4) == 0) {
      return new Operation(
          "list the audit records by target " + target.id(),
          records ->
              walk(page -> records.audit().list(new AuditFilter.ByTarget(target), page), 2, false));
    }
    AuditDraft draft =
        AuditDraft.of(actor, "action" + random.nextInt(2), target)
            .withOutcome(random.nextBoolean() ? AuditOutcome.SUCCESS : AuditOutcome.FAILURE)
            .withDetails(document(1));
    return new Operation(
        "append audit: " + actor.id() + " to " + target.id(),
        records -> records.audit().append(draft));
  }

  private AuditSubject subject() {
    AuditSubject subject =
        random.nextInt(4) == 0
            ? AuditSubject.group(GroupId.of(pick(IDS)))
            : AuditSubject.user(userId());
    return random.nextBoolean() ? subject : subject.withLabel("label");
  }

  private Operation onOutbox() {
    OutboxDraft about =
        random.nextInt(4) == 0
            ? OutboxDraft.of(GroupId.of(pick(IDS)), "event", document(1))
            : OutboxDraft.of(userId(), "event", document(1));
    OutboxDraft draft =
        random.nextInt(3) == 0 ? about : about.withDedupKey("key" + random.nextInt(20));
    return new Operation(
        "append to the outbox, dedupKey " + draft.dedupKey(),
        records -> records.outbox().append(draft));
  }

  private Operation batch() {
    List<UserDraft> drafts =
        IntStream.range(0, 1 + random.nextInt(6)).mapToObj(i -> userDraft()).toList();
    return new Operation(
        "upsert all of " + drafts.stream().map(Generator::shown).toList(),
        records -> records.users().upsertAll(drafts));
  }

  /** What erasing means where there is no user is left open. */
  private Operation erase() {
    UserId id = userId();
    return new Operation(
        "erase " + name(id) + ", if it is there",
        records -> records.users().find(id).isPresent() && records.users().erase(id));
  }

  private UserDraft userDraft() {
    UserDraft draft = UserDraft.named(pick(NAMES)).withId(userId());
    if (random.nextInt(3) == 0) {
      draft = draft.withExternalId("x" + random.nextInt(3));
    }
    if (random.nextInt(4) == 0) {
      draft = draft.withDisplayName(random.nextBoolean() ? "" : "A");
    }
    if (random.nextInt(4) == 0) {
      draft = draft.withEmail(random.nextBoolean() ? "a@example.org" : "A@EXAMPLE.org");
    }
    return random.nextInt(6) == 0 ? draft.withActive(false) : draft;
  }

  private UserId userId() {
    return UserId.of(pick(IDS));
  }

  private IdentityKey identity() {
    return IdentityKey.of(
        random.nextInt(4) == 0 ? "https://other.example" : "https://idp.example",
        "s" + random.nextInt(4));
  }

  private <T> T pick(List<T> pool) {
    return pool.get(random.nextInt(pool.size()));
  }

  private static String name(UserId id) {
    return "user " + IDS.indexOf(id.value());
  }

  private static String name(GroupId id) {
    return "group " + IDS.indexOf(id.value());
  }

  private static String shown(UserDraft draft) {
    StringBuilder text =
        new StringBuilder("user ")
            .append(draft.id() == null ? "" : IDS.indexOf(draft.id().value()));
    text.append(" '").append(draft.userName()).append('\'');
    if (draft.externalId() != null) {
      text.append(' ').append(draft.externalId());
    }
    if (draft.displayName() != null) {
      text.append(" \"").append(draft.displayName()).append('"');
    }
    draft.emails().forEach(email -> text.append(' ').append(email.address()));
    return text.append(draft.active() ? "" : " inactive").toString();
  }

  private static String shown(GroupDraft draft) {
    return "group "
        + (draft.id() == null ? "" : IDS.indexOf(draft.id().value()))
        + " '"
        + draft.displayName()
        + '\''
        + (draft.externalId() == null ? "" : " " + draft.externalId());
  }
}
