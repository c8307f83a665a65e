package io.netkingdom.userengine.store.conformance.rules;

import io.netkingdom.userengine.store.AuditDraft;
import io.netkingdom.userengine.store.AuditFilter;
import io.netkingdom.userengine.store.AuditId;
import io.netkingdom.userengine.store.AuditOutcome;
import io.netkingdom.userengine.store.AuditRecord;
import io.netkingdom.userengine.store.AuditRepository;
import io.netkingdom.userengine.store.AuditSubject;
import io.netkingdom.userengine.store.Group;
import io.netkingdom.userengine.store.GroupDraft;
import io.netkingdom.userengine.store.IdentityKey;
import io.netkingdom.userengine.store.Json;
import io.netkingdom.userengine.store.Limits;
import io.netkingdom.userengine.store.PageRequest;
import io.netkingdom.userengine.store.RecordKind;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.SignIn;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.conformance.check.Counts;
import io.netkingdom.userengine.store.conformance.check.Pages;
import io.netkingdom.userengine.store.conformance.check.Rule;
import io.netkingdom.userengine.store.conformance.check.RuleContext;
import io.netkingdom.userengine.store.conformance.check.SettableClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Section AUD: audit records. */
final class AuditRules {

  private static final AuditSubject SERVICE = AuditSubject.of("service", "importer");

  /** What a callback throws to roll back. */
  private static final class Whatever extends Exception {
    private static final long serialVersionUID = 1L;
  }

  @Rule(
      id = "AUD-01",
      sentence =
          "A record MUST stay as it was appended, whatever becomes of what it names, unless "
              + "a user whom it names is erased.",
      since = "0.1.0")
  void whatWasAppendedStaysAsItIs(RuleContext t) {
    User ada = t.users().create(UserDraft.named("ada").withDisplayName("Ada"));
    User grace = t.users().create(UserDraft.named("grace"));
    Group team = t.groups().create(GroupDraft.named("Team"));
    AuditSubject subject = AuditSubject.user(ada.id()).withLabel("ada");
    List<AuditRecord> records =
        List.of(
            append(t, subject, "profile.changed", subject),
            append(t, subject, "group.joined", AuditSubject.group(team.id()).withLabel("Team")),
            append(t, SERVICE, "user.looked-at", subject));
    t.users().update(ada.withUserName("countess").withDisplayName("Countess"));
    t.groups().update(team.withDisplayName("Squad"));
    append(t, subject, "profile.changed", subject);
    t.users().erase(grace.id());
    for (AuditRecord record : records) {
      t.equal(
          "the record after what it names was changed",
          Optional.of(record),
          t.audit().find(record.id()));
    }
    t.equal("records", 4L, Counts.of(t, t.records(), RecordKind.AUDIT_RECORD));
  }

  @Rule(
      id = "AUD-02",
      sentence =
          "Records of one transaction MUST be read in the order of appending, by target, "
              + "actor and time, and their times MUST NOT go back.",
      since = "0.1.0")
  void readsInTheOrderOfAppending(RuleContext t) {
    SettableClock clock = new SettableClock("2030-01-01T00:00:10Z");
    UserEngineStore store = t.open(StoreOptions.defaults().withClock(clock));
    AuditSubject actor = AuditSubject.of("service", "job");
    AuditSubject target = AuditSubject.of("file", "report");
    List<AuditRecord> appended =
        store.inTransaction(
            t.tenant(),
            tx -> {
              List<AuditRecord> records = new ArrayList<>();
              for (int i = 0; i < 30; i++) {
                if (i == 10) {
                  clock.set("2030-01-01T00:00:11Z");
                } else if (i == 20) {
                  clock.set("2030-01-01T00:00:05Z");
                }
                records.add(tx.audit().append(AuditDraft.of(actor, "step-" + i, target)));
              }
              return records;
            });
    for (int i = 1; i < appended.size(); i++) {
      t.holds(
          "within a transaction occurredAt does not go back, even if the clock does",
          !appended.get(i).occurredAt().isBefore(appended.get(i - 1).occurredAt()));
    }
    AuditRepository audit = store.tenant(t.tenant()).audit();
    for (AuditFilter filter :
        List.of(
            new AuditFilter.ByTarget(target),
            new AuditFilter.ByActor(actor),
            new AuditFilter.ByTime(
                Instant.parse("2030-01-01T00:00:00Z"), Instant.parse("2030-01-02T00:00:00Z")))) {
      t.equal(
          "the actions of one transaction, by " + filter.getClass().getSimpleName(),
          appended.stream().map(record -> record.entry().action()).toList(),
          Pages.all(t, page -> audit.list(filter, page)).stream()
              .map(record -> record.entry().action())
              .toList());
      t.equal("the records", appended, Pages.all(t, page -> audit.list(filter, page)));
    }
  }

  @Rule(
      id = "AUD-03",
      sentence = "A record of a transaction that was rolled back MUST NOT be there.",
      since = "0.1.0")
  void aRolledBackRecordIsNotThere(RuleContext t) {
    AuditSubject target = AuditSubject.of("file", "report");
    List<AuditId> ids = new ArrayList<>();
    t.fails(
        "a transaction that is rolled back",
        Whatever.class,
        () ->
            t.store()
                .inTransaction(
                    t.tenant(),
                    tx -> {
                      AuditRecord record =
                          tx.audit().append(AuditDraft.of(SERVICE, "report.written", target));
                      t.equal(
                          "the record in its transaction",
                          Optional.of(record),
                          tx.audit().find(record.id()));
                      t.equal(
                          "the records in their transaction",
                          List.of(record),
                          byTarget(t, tx, target));
                      ids.add(record.id());
                      throw new Whatever();
                    }));
    t.equal("find of the record", Optional.empty(), t.audit().find(ids.get(0)));
    t.equal("the records of its target", List.of(), byTarget(t, t.records(), target));
    t.equal("the records of its actor", List.of(), byActor(t, SERVICE));
    t.equal("records", 0L, Counts.of(t, t.records(), RecordKind.AUDIT_RECORD));
  }

  @Rule(
      id = "AUD-04",
      sentence =
          "What is read back MUST equal what was appended, with an id of its own and the "
              + "time of appending.",
      since = "0.1.0")
  void readsBackWhatWasAppended(RuleContext t) {
    SettableClock clock = new SettableClock("2030-01-01T00:00:00.123456789Z");
    UserEngineStore store = t.open(StoreOptions.defaults().withClock(clock));
    AuditRepository audit = store.tenant(t.tenant()).audit();
    AuditDraft plain = AuditDraft.of(SERVICE, "a", AuditSubject.of("user", "u"));
    String longest = "\uD840\uDC00";
    List<AuditDraft> drafts =
        List.of(
            plain,
            plain.withOutcome(AuditOutcome.FAILURE),
            plain.withRequestId("req-1").withDetails(Json.object("n", Json.parse("1.10e2"))),
            plain.withRequestId(""),
            AuditDraft.of(
                SERVICE.withLabel(""), "a", AuditSubject.of("x", "y").withLabel(" e\u0301 ")),
            new AuditDraft(
                new AuditSubject(
                    longest.repeat(Limits.SUBJECT_TYPE),
                    longest.repeat(Limits.SUBJECT_ID),
                    longest.repeat(Limits.LABEL)),
                longest.repeat(Limits.ACTION),
                new AuditSubject(
                    longest.repeat(Limits.SUBJECT_TYPE),
                    longest.repeat(Limits.SUBJECT_ID),
                    longest.repeat(Limits.LABEL)),
                AuditOutcome.SUCCESS,
                longest.repeat(Limits.REQUEST_ID),
                Json.object("text", "x".repeat(10_000))));
    Set<AuditId> ids = new HashSet<>();
    for (AuditDraft draft : drafts) {
      AuditRecord record = audit.append(draft);
      t.equal("what the record tells", draft, record.entry());
      t.equal(
          "occurredAt, cut to microseconds",
          Instant.parse("2030-01-01T00:00:00.123456Z"),
          record.occurredAt());
      t.holds("a record has an id that no other one has", ids.add(record.id()));
      t.equal("the stored record", Optional.of(record), audit.find(record.id()));
      t.holds(
          "the record is among those of its target",
          Pages.all(t, page -> audit.list(new AuditFilter.ByTarget(draft.target()), page))
              .contains(record));
    }
    t.equal(
        "find of an unknown id",
        Optional.empty(),
        audit.find(AuditId.of(UUID.nameUUIDFromBytes(new byte[] {14}))));
    refusedSignInsTakeNoTime(t, store, clock);
  }

  /** A time at which nothing was appended holds nobody to it. */
  private static void refusedSignInsTakeNoTime(
      RuleContext t, UserEngineStore store, SettableClock clock) {
    store.tenant(t.tenant()).users().create(UserDraft.named("ada"));
    store.inTransaction(
        t.tenant(),
        tx -> {
          clock.set("2030-02-02T00:00:00Z");
          t.conflicts(
              "signing in as a new user with a taken name",
              "userName",
              () ->
                  tx.identities()
                      .signIn(
                          SignIn.of(
                              IdentityKey.of("https://idp.example", "1"), UserDraft.named("ada"))));
          clock.set("2030-02-01T00:00:00Z");
          AuditDraft draft = AuditDraft.of(SERVICE, "a", AuditSubject.of("user", "u"));
          t.equal(
              "the time of appending after a sign-in that was refused at a later time",
              Instant.parse("2030-02-01T00:00:00Z"),
              tx.audit().append(draft).occurredAt());
          return true;
        });
  }

  @Rule(
      id = "AUD-05",
      sentence = "Deleting a user or group that a record names MUST leave the record.",
      since = "0.1.0")
  void outlivesWhatItNames(RuleContext t) {
    User ada = t.users().create(UserDraft.named("ada"));
    Group team = t.groups().create(GroupDraft.named("Team"));
    AuditSubject user = AuditSubject.user(ada.id()).withLabel("ada");
    AuditSubject group = AuditSubject.group(team.id()).withLabel("Team");
    AuditRecord one = append(t, user, "group.joined", group);
    AuditRecord two = append(t, SERVICE, "user.looked-at", user);
    AuditRecord three = append(t, SERVICE, "user.missed", AuditSubject.of("user", "never was"));
    t.users().delete(ada.id());
    t.groups().delete(team.id());
    t.equal("the record of a deleted actor", Optional.of(one), t.audit().find(one.id()));
    t.equal("the record of a deleted target", Optional.of(two), t.audit().find(two.id()));
    t.equal("the record of what never was", Optional.of(three), t.audit().find(three.id()));
    t.equal("the records of a deleted actor", List.of(one), byActor(t, user));
    t.equal("the records of a deleted group", List.of(one), byTarget(t, t.records(), group));
    t.equal("the records of a deleted user", List.of(two), byTarget(t, t.records(), user));
    t.equal("records", 3L, Counts.of(t, t.records(), RecordKind.AUDIT_RECORD));
  }

  @Rule(
      id = "AUD-06",
      sentence =
          "Reading a time MUST give the records from its first instant on and before its "
              + "last, in the order of their times.",
      since = "0.1.0")
  void readsByTime(RuleContext t) {
    SettableClock clock = new SettableClock("2030-01-01T00:00:00Z");
    UserEngineStore store = t.open(StoreOptions.defaults().withClock(clock));
    AuditRepository audit = store.tenant(t.tenant()).audit();
    List<String> times =
        List.of(
            "1969-12-31T23:59:59.999999Z",
            "2030-01-01T00:00:00Z",
            "2030-01-01T00:00:00.000001Z",
            "2030-01-01T23:59:59.999999Z",
            "2030-01-02T00:00:00Z");
    AuditRecord[] records = new AuditRecord[times.size()];
    for (int i : new int[] {3, 1, 4, 0, 2}) {
      clock.set(times.get(i));
      records[i] = audit.append(AuditDraft.of(SERVICE, "step", AuditSubject.of("file", "x")));
    }
    byTime(
        t, audit, "2030-01-01T00:00:00Z", "2030-01-02T00:00:00Z", List.of(records).subList(1, 4));
    byTime(t, audit, "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", List.of(records));
    byTime(t, audit, "1969-01-01T00:00:00Z", "2030-01-01T00:00:00Z", List.of(records[0]));
    byTime(t, audit, "2030-01-02T00:00:00Z", "2030-01-03T00:00:00Z", List.of(records[4]));
    byTime(t, audit, "2030-01-01T00:00:00Z", "2030-01-01T00:00:00Z", List.of());
    byTime(t, audit, "2031-01-01T00:00:00Z", "2030-01-01T00:00:00Z", List.of());
    t.equal(
        "the records of the target, by time",
        List.of(records),
        Pages.all(
            t, page -> audit.list(new AuditFilter.ByTarget(AuditSubject.of("file", "x")), page)));
  }

  private static void byTime(
      RuleContext t, AuditRepository audit, String from, String until, List<AuditRecord> expected) {
    AuditFilter filter = new AuditFilter.ByTime(Instant.parse(from), Instant.parse(until));
    t.equal(
        "the records from " + from + " until before " + until,
        expected,
        Pages.all(t, page -> audit.list(filter, page)));
  }

  @Rule(
      id = "AUD-07",
      sentence =
          "Targets and actors MUST compare by type and id, exactly, and not by label; "
              + "another tenant's records MUST NOT be among them.",
      since = "0.1.0")
  void subjectsCompareExactly(RuleContext t) {
    List<AuditSubject> subjects =
        List.of(
            AuditSubject.of("user", "ada"),
            AuditSubject.of("user", "Ada"),
            AuditSubject.of("User", "ada"),
            AuditSubject.of("user", "ada "),
            AuditSubject.of("user", "a_a"),
            AuditSubject.of("use", "rada"),
            AuditSubject.of("user", "\u00E9"),
            AuditSubject.of("user", "e\u0301"));
    List<AuditRecord> asTarget = new ArrayList<>();
    List<AuditRecord> asActor = new ArrayList<>();
    for (AuditSubject subject : subjects) {
      asTarget.add(append(t, SERVICE, "looked-at", subject.withLabel("somebody")));
      asActor.add(append(t, subject.withLabel("somebody"), "looked", SERVICE));
    }
    Repositories elsewhere = t.store().tenant(t.newTenant());
    elsewhere.audit().append(AuditDraft.of(subjects.get(0), "looked", subjects.get(0)));
    for (int i = 0; i < subjects.size(); i++) {
      AuditSubject other = subjects.get(i).withLabel("somebody else");
      t.equal(
          "the records of a target under another label",
          List.of(asTarget.get(i)),
          byTarget(t, t.records(), other));
      t.equal(
          "the records of an actor under another label",
          List.of(asActor.get(i)),
          byActor(t, other));
    }
    t.equal(
        "the records of an unknown target",
        List.of(),
        byTarget(t, t.records(), AuditSubject.of("user", "nobody")));
  }

  @Rule(
      id = "AUD-08",
      sentence =
          "A page that ends between records of one time MUST be followed by the rest of "
              + "them, in both directions.",
      since = "0.1.0")
  void pagesCutBetweenRecordsOfOneTime(RuleContext t) {
    SettableClock clock = new SettableClock("2030-01-01T00:00:00Z");
    UserEngineStore store = t.open(StoreOptions.defaults().withClock(clock));
    AuditSubject target = AuditSubject.of("file", "x");
    List<AuditRecord> appended =
        store.inTransaction(
            t.tenant(),
            tx -> {
              List<AuditRecord> records = new ArrayList<>();
              for (int i = 0; i < 23; i++) {
                records.add(tx.audit().append(AuditDraft.of(SERVICE, "step-" + i, target)));
              }
              return records;
            });
    AuditRepository audit = store.tenant(t.tenant()).audit();
    List<AuditRecord> backwards = new ArrayList<>(appended);
    Collections.reverse(backwards);
    for (AuditFilter filter :
        List.of(
            new AuditFilter.ByTarget(target),
            new AuditFilter.ByActor(SERVICE),
            new AuditFilter.ByTime(
                Instant.parse("2030-01-01T00:00:00Z"), Instant.parse("2030-01-02T00:00:00Z")))) {
      t.equal(
          "a walk through records of one time",
          appended,
          Pages.walk(t, PageRequest.of(5), page -> audit.list(filter, page)));
      t.equal(
          "a walk back through them",
          backwards,
          Pages.walk(t, PageRequest.of(4).descending(), page -> audit.list(filter, page)));
    }
  }

  /** A thousand of the largest would not fit into many a reader's memory. */
  @Rule(
      id = "AUD-09",
      sentence =
          "A page MUST hold as many of the records that follow as its limit and 4 MiB of "
              + "details before its last record allow, in both directions.",
      since = "0.1.0")
  void aPageIsBoundedByItsBytes(RuleContext t) {
    AuditSubject target = AuditSubject.of("file", "x");
    AuditDraft draft =
        AuditDraft.of(SERVICE, "large", target)
            .withDetails(Json.object("text", "x".repeat(Limits.JSON_BYTES - 100)));
    int fits = Limits.PAGE_BYTES / Limits.JSON_BYTES;
    List<AuditRecord> appended = new ArrayList<>();
    for (int i = 0; i < 2 * fits + 5; i++) {
      appended.add(t.audit().append(draft));
    }
    List<AuditRecord> backwards = new ArrayList<>(appended);
    Collections.reverse(backwards);
    for (AuditFilter filter :
        List.of(
            new AuditFilter.ByTarget(target),
            new AuditFilter.ByActor(SERVICE),
            new AuditFilter.ByTime(Instant.EPOCH, Instant.parse("9999-01-01T00:00:00Z")))) {
      PageRequest request = PageRequest.of(Limits.PAGE);
      largePage(t, fits, appended, filter, request);
      largePage(t, fits, backwards, filter, request.descending());
    }
  }

  private static void largePage(
      RuleContext t, int fits, List<AuditRecord> all, AuditFilter filter, PageRequest request) {
    List<AuditRecord> page = t.audit().list(filter, request).items();
    t.holds("a page of the largest records is bounded", page.size() <= fits + 2);
    t.holds("a page of the largest records holds what fits", page.size() >= fits);
    t.equal(
        "a walk through the largest records",
        all.stream().map(AuditRecord::id).toList(),
        Pages.walk(t, request, each -> t.audit().list(filter, each)).stream()
            .map(AuditRecord::id)
            .toList());
  }

  private static AuditRecord append(
      RuleContext t, AuditSubject actor, String action, AuditSubject target) {
    return t.audit()
        .append(
            AuditDraft.of(actor, action, target)
                .withRequestId("request")
                .withDetails(Json.object("by", "hand")));
  }

  private static List<AuditRecord> byTarget(
      RuleContext t, Repositories records, AuditSubject target) {
    return Pages.all(t, page -> records.audit().list(new AuditFilter.ByTarget(target), page));
  }

  private static List<AuditRecord> byActor(RuleContext t, AuditSubject actor) {
    return Pages.all(t, page -> t.audit().list(new AuditFilter.ByActor(actor), page));
  }
}
