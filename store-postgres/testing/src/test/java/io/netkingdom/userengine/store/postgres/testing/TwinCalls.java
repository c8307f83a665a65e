package io.netkingdom.userengine.store.postgres.testing;

import io.netkingdom.userengine.store.AuditDraft;
import io.netkingdom.userengine.store.AuditFilter;
import io.netkingdom.userengine.store.AuditId;
import io.netkingdom.userengine.store.AuditOutcome;
import io.netkingdom.userengine.store.AuditSubject;
import io.netkingdom.userengine.store.Email;
import io.netkingdom.userengine.store.FederatedIdentityDraft;
import io.netkingdom.userengine.store.Group;
import io.netkingdom.userengine.store.GroupDraft;
import io.netkingdom.userengine.store.GroupId;
import io.netkingdom.userengine.store.IdentityKey;
import io.netkingdom.userengine.store.ImportOptions;
import io.netkingdom.userengine.store.IsolationLevel;
import io.netkingdom.userengine.store.Json;
import io.netkingdom.userengine.store.OutboxCursor;
import io.netkingdom.userengine.store.OutboxDraft;
import io.netkingdom.userengine.store.OutboxId;
import io.netkingdom.userengine.store.Page;
import io.netkingdom.userengine.store.PageRequest;
import io.netkingdom.userengine.store.PageToken;
import io.netkingdom.userengine.store.ProfileKey;
import io.netkingdom.userengine.store.RowOutcome;
import io.netkingdom.userengine.store.SignIn;
import io.netkingdom.userengine.store.SignInChanges;
import io.netkingdom.userengine.store.SortOrder;
import io.netkingdom.userengine.store.TransactionOptions;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.UserRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Draws calls: of every repository, with arguments out of small pools, so that they meet, and with
 * arguments that nothing accepts. All of the contract's operations, and more of what it leaves open
 * than the kit's random histories, which a model has to foretell.
 */
final class TwinCalls {

  static final int TENANTS = 2;

  /** Ids on both sides of the sign of their first half and their second. */
  static final List<UUID> IDS =
      List.of(
          new UUID(1, 1),
          new UUID(1, -1),
          new UUID(-1, 1),
          new UUID(-1, -1),
          new UUID(0x7FFF_FFFF_FFFF_FFFFL, 0),
          new UUID(0, 0));

  private static final List<String> NAMES =
      List.of(
          "ada",
          "Ada",
          "\uFF21da",
          "adam",
          "grace",
          "GRACE",
          "\u00E9dith",
          "E\u0301dith",
          "\uFA0E",
          "\uD840\uDC00",
          "b_b",
          "b%b",
          "stra\u00DFe",
          "LOGO\u03A3",
          "x".repeat(255));

  private static final List<String> NO_NAMES =
      List.of("", " ", "a b", "a\u0000", "\uD800", "x".repeat(256), "\u212Aelvin");

  private static final List<String> GROUP_NAMES =
      List.of("Team", "team", "TEAM  A", "Team A", "\uFA0E", "\uD840\uDC00", "%", "_", "\uFB01");

  private static final List<String> NO_GROUP_NAMES = List.of("", " ", "\u0000", "x".repeat(256));

  private static final List<String> PREFIXES =
      List.of("", "a", "AD", "b_", "%", "\u00E9", "t", "te", "\\", " ", "\u0000", "\uD840\uDC00");

  private static final List<String> EXTERNAL_IDS = List.of("x1", "X1", "x2", " x1", "\uFF581");
  private static final List<String> EMAILS =
      List.of("a@example.org", "A@EXAMPLE.org", "b@example.org", "\u00E4@example.org");
  private static final List<String> NAMESPACES =
      List.of("app", "App", "app.\uFA0E", "\uD840\uDC00");
  private static final List<String> NUMBERS =
      List.of("0", "-0", "1.10", "1.1", "1e2", "100", "1e-30", "12345678901234567890.123456789");

  private final Random random;
  private final Set<Long> usedMillis = new HashSet<>();
  private Instant now = Instant.parse("2031-01-01T00:00:00.000001Z");

  TwinCalls(Random random) {
    this.random = random;
  }

  /** No two calls have one time: what is then in order by time or assigned id is so in both. */
  private Instant tick() {
    now = now.plusMillis(oneIn(8) ? -random.nextInt(20_000) : 1 + random.nextInt(2_000));
    while (!usedMillis.add(now.toEpochMilli())) {
      now = now.plusMillis(1);
    }
    return now.plusNanos(random.nextInt(1_000_000));
  }

  private boolean oneIn(int count) {
    return random.nextInt(count) == 0;
  }

  private <T> T pick(List<T> pool) {
    return pool.get(random.nextInt(pool.size()));
  }

  private TwinCall call(String text, TwinCall.Body body) {
    return new TwinCall(text, tick(), body);
  }

  /** A call outside any transaction, or a whole transaction. */
  TwinCall next() {
    return oneIn(4) ? transaction(0) : operation();
  }

  private TwinCall transaction(int depth) {
    TransactionOptions level =
        TransactionOptions.defaults()
            .withIsolation(oneIn(4) ? IsolationLevel.SERIALIZABLE : IsolationLevel.READ_COMMITTED);
    TransactionOptions options = oneIn(6) ? level.asReadOnly() : level;
    boolean throwing = oneIn(4);
    boolean elsewhere = depth > 0 && oneIn(8);
    List<TwinCall> calls = new ArrayList<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      calls.add(depth < 2 && oneIn(7) ? transaction(depth + 1) : operation());
    }
    String text =
        "transaction, "
            + options.isolation()
            + (options.readOnly() ? ", read-only" : "")
            + (elsewhere ? ", other tenant" : "")
            + (throwing ? ", throws" : "")
            + (" {\n" + String.join("\n", calls.stream().map(TwinCall::toString).toList()))
                .replace("\n", "\n  ")
            + "\n}";
    return call(
        text,
        place -> {
          List<Object> outcomes = new ArrayList<>();
          Object end;
          try {
            int tenant = elsewhere ? (place.tenant() + 1) % TENANTS : place.tenant();
            end =
                place
                    .twin()
                    .store
                    .inTransaction(
                        place.twin().tenants.get(tenant),
                        options,
                        tx -> {
                          calls.forEach(call -> outcomes.add(call.outcome(place.in(tx))));
                          if (throwing) {
                            throw new IllegalStateException("thrown by the callback");
                          }
                          return "returned";
                        });
          } catch (Exception e) {
            end = e;
          }
          List<Object> all = new ArrayList<>(outcomes);
          all.add(place.twin().shape(end));
          return new Transcript(all);
        });
  }

  /** What came of a transaction: already in the form that is compared. */
  record Transcript(List<Object> outcomes) {}

  private TwinCall operation() {
    return switch (random.nextInt(20)) {
      case 0, 1, 2, 3, 4 -> onUsers();
      case 5, 6 -> onIdentities();
      case 7, 8, 9 -> onGroups();
      case 10, 11 -> onProfiles();
      case 12 -> onAudit();
      case 13, 14 -> onOutbox();
      case 15, 16 -> signIn();
      case 17 -> many();
      case 18 -> call("count", place -> place.records().counts());
      default -> listing();
    };
  }

  // Ids, and drafts.

  /** Which of the ids that came up; small ones are those of late. */
  private int back() {
    return oneIn(2) ? random.nextInt(6) : random.nextInt(40);
  }

  private @Nullable UUID suppliedId() {
    return oneIn(3) ? pick(IDS) : oneIn(3) ? new UUID(random.nextLong(), random.nextLong()) : null;
  }

  private String name() {
    return oneIn(25) ? pick(NO_NAMES) : pick(NAMES);
  }

  private String groupName() {
    return oneIn(25) ? pick(NO_GROUP_NAMES) : pick(GROUP_NAMES);
  }

  private Supplier<UserDraft> userDraft(boolean withId) {
    String name = name();
    UUID id = withId ? pick(IDS) : suppliedId();
    String externalId = oneIn(3) ? oneIn(20) ? "" : pick(EXTERNAL_IDS) : null;
    String displayName = oneIn(4) ? pick(List.of("", "A", "x".repeat(255), "a\nb")) : null;
    List<String> addresses = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      addresses.add(oneIn(30) ? pick(List.of("", "nobody", "a@b@c")) : pick(EMAILS));
    }
    boolean primary = oneIn(3);
    boolean verified = oneIn(3);
    boolean active = !oneIn(6);
    return () -> {
      UserDraft draft = UserDraft.named(name).withActive(active);
      if (id != null) {
        draft = draft.withId(UserId.of(id));
      }
      if (externalId != null) {
        draft = draft.withExternalId(externalId);
      }
      if (displayName != null) {
        draft = draft.withDisplayName(displayName);
      }
      for (int i = 0; i < addresses.size(); i++) {
        Email email = Email.of(addresses.get(i));
        email = primary && i == 0 ? email.asPrimary() : email;
        draft = draft.withEmail(verified ? email.asVerified() : email);
      }
      return draft;
    };
  }

  private Supplier<GroupDraft> groupDraft() {
    String name = groupName();
    UUID id = suppliedId();
    String externalId = oneIn(3) ? pick(EXTERNAL_IDS) : null;
    return () -> {
      GroupDraft draft = GroupDraft.named(name);
      if (id != null) {
        draft = draft.withId(GroupId.of(id));
      }
      return externalId == null ? draft : draft.withExternalId(externalId);
    };
  }

  /** For those who read a difference. */
  private static String shown(Supplier<?> draft) {
    try {
      return String.valueOf(draft.get());
    } catch (RuntimeException e) {
      return "a draft that is refused";
    }
  }

  // Calls.

  private TwinCall onUsers() {
    Supplier<UserDraft> draft = userDraft(false);
    int back = back();
    String name = name();
    String externalId = pick(EXTERNAL_IDS);
    String email = pick(EMAILS);
    return switch (random.nextInt(11)) {
      case 0, 1 ->
          call("create " + shown(draft), place -> place.records().users().create(draft.get()));
      case 2 ->
          call("upsert " + shown(draft), place -> place.records().users().upsert(draft.get()));
      case 3, 4, 5 -> update(back, draft);
      case 6 ->
          call(
              "delete user " + back,
              place -> place.records().users().delete(UserId.of(place.twin().id(back))));
      case 7 ->
          oneIn(3)
              ? call(
                  "erase user " + back,
                  place ->
                      // DEL-13 lets this be refused at a level above READ_COMMITTED.
                      place.isSerializable()
                          ? "not asked"
                          : place.records().users().erase(UserId.of(place.twin().id(back))))
              : call(
                  "get user " + back,
                  place -> place.records().users().get(UserId.of(place.twin().id(back))));
      case 8 -> call("find user " + name, place -> place.records().users().findByUserName(name));
      case 9 ->
          call(
              "find user by external id " + externalId,
              place -> place.records().users().findByExternalId(externalId));
      default ->
          call("find users by " + email, place -> place.records().users().findByEmail(email));
    };
  }

  private TwinCall update(int back, Supplier<UserDraft> draft) {
    long ahead = oneIn(4) ? pick(List.of(-1L, 1L, 1L << 62)) : 0;
    boolean forged = oneIn(6);
    return call(
        "update user " + back + " to " + shown(draft) + ", version " + ahead + ", " + forged,
        place -> {
          UserId id = UserId.of(place.twin().id(back));
          User seen =
              place.records().users().find(id).orElse(User.created(id, draft.get(), Instant.EPOCH));
          User edited = seen.withAttributesOf(draft.get());
          return place
              .records()
              .users()
              .update(
                  new User(
                      edited.id(),
                      edited.userName(),
                      edited.externalId(),
                      edited.displayName(),
                      edited.active(),
                      edited.emails(),
                      forged ? Instant.EPOCH : seen.created(),
                      forged ? Instant.EPOCH : seen.lastModified(),
                      seen.version() + ahead));
        });
  }

  private IdentityKey identity() {
    return IdentityKey.of(
        pick(List.of("https://idp.example", "https://idp.example/")),
        pick(List.of("s1", "S1", "s2", "s3", " s1", "\uFA0E", "\uD840\uDC00")));
  }

  private TwinCall onIdentities() {
    IdentityKey key = identity();
    String alias = oneIn(2) ? null : pick(List.of("alias", "Alias", ""));
    int back = back();
    return switch (random.nextInt(7)) {
      case 0, 1, 2 ->
          call(
              "link " + key + " to " + back + ", " + alias,
              place ->
                  place
                      .records()
                      .identities()
                      .link(
                          new FederatedIdentityDraft(
                              UserId.of(place.twin().id(back)), key, alias)));
      case 3 -> call("unlink " + key, place -> place.records().identities().unlink(key));
      case 4 -> call("find " + key, place -> place.records().identities().find(key));
      case 5 -> call("find user of " + key, place -> place.records().identities().findUser(key));
      default ->
          call(
              "find identities of " + back,
              place -> place.records().identities().findByUser(UserId.of(place.twin().id(back))));
    };
  }

  private TwinCall signIn() {
    IdentityKey key = identity();
    String alias = oneIn(2) ? null : pick(List.of("alias", "Alias"));
    Supplier<UserDraft> draft = userDraft(false);
    SignInChanges mayChange = pick(List.of(SignInChanges.values()));
    Json.JsonObject details = document(1);
    Json.JsonObject payload = document(1);
    return call(
        "sign in " + key + ", " + alias + ", " + mayChange + ", " + shown(draft),
        place ->
            place
                .records()
                .identities()
                .signIn(
                    SignIn.of(key, draft.get())
                        .withProviderAlias(alias)
                        .withMayChange(mayChange)
                        .withDetails(details)
                        .withPayload(payload)));
  }

  private TwinCall onGroups() {
    Supplier<GroupDraft> draft = groupDraft();
    int group = back();
    int user = back();
    long ahead = oneIn(4) ? pick(List.of(-1L, 1L)) : 0;
    return switch (random.nextInt(13)) {
      case 0, 1 ->
          call("create " + shown(draft), place -> place.records().groups().create(draft.get()));
      case 2 ->
          call("upsert " + shown(draft), place -> place.records().groups().upsert(draft.get()));
      case 3, 4 ->
          call(
              "update group " + group + " to " + shown(draft) + ", version " + ahead,
              place -> {
                GroupId id = GroupId.of(place.twin().id(group));
                Group seen =
                    place
                        .records()
                        .groups()
                        .find(id)
                        .orElse(Group.created(id, draft.get(), Instant.EPOCH));
                Group edited = seen.withAttributesOf(draft.get());
                return place
                    .records()
                    .groups()
                    .update(
                        new Group(
                            id,
                            edited.displayName(),
                            edited.externalId(),
                            seen.created(),
                            seen.lastModified(),
                            seen.version() + ahead));
              });
      case 5 ->
          call(
              "delete group " + group,
              place -> place.records().groups().delete(GroupId.of(place.twin().id(group))));
      case 6, 7, 8 ->
          call(
              "add " + user + " to group " + group,
              place ->
                  place
                      .records()
                      .groups()
                      .addMember(
                          GroupId.of(place.twin().id(group)), UserId.of(place.twin().id(user))));
      case 9 ->
          call(
              "remove " + user + " from group " + group,
              place ->
                  place
                      .records()
                      .groups()
                      .removeMember(
                          GroupId.of(place.twin().id(group)), UserId.of(place.twin().id(user))));
      case 10 ->
          call(
              "find member " + user + " of group " + group,
              place ->
                  place
                      .records()
                      .groups()
                      .findMember(
                          GroupId.of(place.twin().id(group)), UserId.of(place.twin().id(user))));
      case 11 ->
          call(
              "get group " + group,
              place -> place.records().groups().get(GroupId.of(place.twin().id(group))));
      default ->
          call(
              "find group " + shown(draft),
              place ->
                  List.of(
                      place.records().groups().findByDisplayName(draft.get().displayName()),
                      place.records().groups().findByExternalId("x1")));
    };
  }

  private TwinCall onProfiles() {
    int back = back();
    String namespace = oneIn(30) ? "" : pick(NAMESPACES);
    Json.JsonObject document = document(2);
    OptionalLong expected =
        oneIn(2)
            ? OptionalLong.empty()
            : OptionalLong.of(pick(List.of(-1L, 0L, 1L, 2L, 3L, Long.MAX_VALUE)));
    String text = " profile of " + back + " in " + namespace + ", " + expected + ": ";
    return switch (random.nextInt(8)) {
      case 0, 1 ->
          call(
              "replace" + text + document,
              place ->
                  place
                      .records()
                      .profiles()
                      .replace(key(place, back, namespace), document, expected));
      case 2, 3, 4 ->
          call(
              "merge" + text + document,
              place ->
                  place
                      .records()
                      .profiles()
                      .merge(key(place, back, namespace), document, expected));
      case 5 ->
          call(
              "delete" + text,
              place -> place.records().profiles().delete(key(place, back, namespace)));
      case 6 ->
          call(
              "find" + text, place -> place.records().profiles().find(key(place, back, namespace)));
      default ->
          call(
              "find profiles of " + back,
              place -> place.records().profiles().findByUser(UserId.of(place.twin().id(back))));
    };
  }

  private static ProfileKey key(TwinCall.Place place, int back, String namespace) {
    return ProfileKey.of(UserId.of(place.twin().id(back)), namespace);
  }

  private Json.JsonObject document(int depth) {
    List<Object> keysAndValues = new ArrayList<>();
    String keyOfLongText = oneIn(20) ? pick(List.of("a", "b")) : "none";
    for (String key : List.of("a", "b", "\u00E9", "")) {
      if (oneIn(3)) {
        continue;
      }
      keysAndValues.add(key);
      keysAndValues.add(
          switch (random.nextInt(9)) {
            case 0 -> Json.JsonNull.NULL;
            case 1, 2 -> Json.parse(pick(NUMBERS));
            case 3 -> Json.array("x", Json.JsonNull.NULL, Json.object());
            case 4 -> Json.parse(pick(List.of("true", "false", "\"\\u0001\\ud840\\udc00\"")));
            case 5 ->
                // Two of these are more than a document may hold.
                depth == 2 && key.equals(keyOfLongText)
                    ? Json.of("x".repeat(140_000))
                    : Json.of("text");
            default -> depth > 0 ? document(depth - 1) : Json.of("text");
          });
    }
    if (depth == 2 && oneIn(40)) {
      return Json.object("a", Json.parse("{\"a\":".repeat(62) + "{}" + "}".repeat(62)));
    }
    return Json.object(keysAndValues.toArray());
  }

  private AuditSubject subject(
      TwinCall.Place place, int back, boolean group, @Nullable String label) {
    UUID id = place.twin().id(back);
    return (group ? AuditSubject.group(GroupId.of(id)) : AuditSubject.user(UserId.of(id)))
        .withLabel(label);
  }

  private TwinCall onAudit() {
    int actor = back();
    int target = back();
    boolean group = oneIn(4);
    String label = oneIn(2) ? null : pick(List.of("label", ""));
    String requestId = oneIn(2) ? null : pick(List.of("r1", ""));
    AuditOutcome outcome = pick(List.of(AuditOutcome.values()));
    Json.JsonObject details = document(1);
    if (oneIn(4)) {
      return call(
          "find audit " + actor,
          place -> place.records().audit().find(AuditId.of(place.twin().id(actor))));
    }
    return call(
        "append audit, " + actor + " to " + target,
        place ->
            place
                .records()
                .audit()
                .append(
                    AuditDraft.of(
                            subject(place, actor, false, label),
                            "action",
                            subject(place, target, group, null))
                        .withOutcome(outcome)
                        .withRequestId(requestId)
                        .withDetails(details)));
  }

  private TwinCall onOutbox() {
    int back = back();
    boolean group = oneIn(4);
    String dedupKey = oneIn(2) ? null : "key" + random.nextInt(8);
    Json payload = oneIn(6) ? Json.of("text") : document(1);
    Map<String, String> headers = oneIn(3) ? Map.of("h", "", "\uFA0E", "1") : Map.of();
    int limit = oneIn(10) ? pick(List.of(0, -1, 1_000, 1_001)) : 1 + random.nextInt(4);
    int from = random.nextInt(12);
    String forged = pick(List.of("", "beginning", "0", "x".repeat(255), "x".repeat(256), "1:1"));
    boolean forge = oneIn(15);
    return switch (random.nextInt(5)) {
      case 0, 1 ->
          call(
              "append to the outbox, about " + back + ", " + dedupKey,
              place -> {
                UUID id = place.twin().id(back);
                OutboxDraft draft =
                    (group
                            ? OutboxDraft.of(GroupId.of(id), "event", payload)
                            : OutboxDraft.of(UserId.of(id), "event", payload))
                        .withHeaders(headers);
                return place
                    .records()
                    .outbox()
                    .append(dedupKey == null ? draft : draft.withDedupKey(dedupKey));
              });
      case 2 ->
          call(
              "find outbox " + back,
              place -> place.records().outbox().find(OutboxId.of(place.twin().id(back))));
      default ->
          call(
              "read the outbox, " + limit + (forge ? ", forged" : ", from " + from),
              place ->
                  // Above READ_COMMITTED it reads what was committed when the transaction began.
                  place
                      .records()
                      .outbox()
                      .readAfter(
                          forge
                              ? OutboxCursor.of(forged)
                              : from == 0 ? OutboxCursor.BEGINNING : place.twin().cursor(from - 1),
                          limit));
    };
  }

  private TwinCall many() {
    List<Supplier<UserDraft>> drafts = new ArrayList<>();
    boolean strict = oneIn(3);
    int batch = 1 + random.nextInt(3);
    for (int i = random.nextInt(7); i > 0; i--) {
      drafts.add(userDraft(true));
    }
    String shown = drafts.stream().map(TwinCalls::shown).toList().toString();
    if (oneIn(2)) {
      return call(
          "upsert all of " + shown,
          place -> place.records().users().upsertAll(drafts.stream().map(Supplier::get).toList()));
    }
    return call(
        "import, strict " + strict + ", " + batch + " a batch, " + shown,
        place -> {
          List<RowOutcome> rows = new ArrayList<>();
          ImportOptions options =
              ImportOptions.defaults()
                  .withBatchSize(batch)
                  .withListener((index, outcome) -> rows.add(outcome));
          Object end;
          try {
            end =
                place
                    .twin()
                    .store
                    .importUsers(
                        place.twin().tenants.get(place.tenant()),
                        drafts.stream().map(draft -> (UserRow) draft::get).toList(),
                        strict ? options.asStrict() : options);
          } catch (RuntimeException e) {
            end = e;
          }
          return List.of(rows, place.twin().shape(end));
        });
  }

  private TwinCall listing() {
    int limit = oneIn(12) ? pick(List.of(0, 1_000, 1_001)) : 1 + random.nextInt(4);
    SortOrder order = pick(List.of(SortOrder.values()));
    int token = random.nextInt(8);
    boolean forge = oneIn(20);
    String forged = pick(List.of("", "x", "AAAA", "x".repeat(8_192), "x".repeat(8_193)));
    int back = back();
    String prefix = pick(PREFIXES);
    int which = random.nextInt(10);
    Instant from = now.minusSeconds(random.nextInt(60));
    Instant until = now.minusSeconds(random.nextInt(60) - 20);
    return call(
        "listing "
            + which
            + ", "
            + limit
            + " "
            + order
            + ", prefix '"
            + prefix
            + "', of "
            + back
            + (forge ? ", forged token" : token < 4 ? "" : ", token " + (token - 4)),
        place -> {
          Optional<PageToken> after =
              forge
                  ? Optional.of(PageToken.of(forged))
                  : token < 4 ? Optional.empty() : place.twin().token(token - 4);
          PageRequest request = new PageRequest(limit, order, after.orElse(null));
          return list(place, which, request, prefix, back, from, until);
        });
  }

  private Page<?> list(
      TwinCall.Place place,
      int which,
      PageRequest request,
      String prefix,
      int back,
      Instant from,
      Instant until) {
    UUID id = place.twin().id(back);
    AuditSubject subject = AuditSubject.user(UserId.of(id));
    return switch (which) {
      case 0, 1 -> place.records().users().list(request);
      case 2 -> place.records().users().listByPrefix(prefix, request);
      case 3 -> place.records().groups().list(request);
      case 4 -> place.records().groups().listByPrefix(prefix, request);
      case 5 -> place.records().groups().listMembers(GroupId.of(id), request);
      case 6 -> place.records().groups().listMemberships(UserId.of(id), request);
      case 7 -> place.records().audit().list(new AuditFilter.ByTarget(subject), request);
      case 8 -> place.records().audit().list(new AuditFilter.ByActor(subject), request);
      default -> place.records().audit().list(new AuditFilter.ByTime(from, until), request);
    };
  }

  /** All that can be asked about what is stored in the end. */
  List<TwinCall> readings() {
    List<TwinCall> readings = new ArrayList<>();
    readings.add(call("all users", place -> walk(place, 0)));
    readings.add(call("all groups", place -> walk(place, 3)));
    readings.add(call("counts", place -> place.records().counts()));
    readings.add(
        call(
            "all audit records",
            place ->
                place
                    .records()
                    .audit()
                    .list(
                        new AuditFilter.ByTime(
                            Instant.parse("2000-01-01T00:00:00Z"),
                            Instant.parse("2100-01-01T00:00:00Z")),
                        PageRequest.of(1_000))));
    readings.add(
        call(
            "the outbox",
            place -> place.records().outbox().readAfter(OutboxCursor.BEGINNING, 1_000)));
    for (int i = 0; i < 20; i++) {
      int back = i;
      readings.add(
          call(
              "what belongs to user " + back,
              place -> {
                UserId user = UserId.of(place.twin().id(back));
                return List.of(
                    place.records().identities().findByUser(user),
                    place.records().profiles().findByUser(user),
                    place.records().groups().listMemberships(user, PageRequest.of(1_000)));
              }));
    }
    return readings;
  }

  private List<Object> walk(TwinCall.Place place, int which) {
    List<Object> all = new ArrayList<>();
    Optional<PageRequest> request = Optional.of(PageRequest.of(3));
    while (request.isPresent()) {
      Page<?> page =
          list(place, which, request.get(), "", 0, Instant.EPOCH, Objects.requireNonNull(now));
      all.addAll(page.items());
      request = request.get().next(page);
    }
    return all;
  }
}
