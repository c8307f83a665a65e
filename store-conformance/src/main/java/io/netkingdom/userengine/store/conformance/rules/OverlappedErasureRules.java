package io.netkingdom.userengine.store.conformance.rules;

import io.netkingdom.userengine.store.AuditDraft;
import io.netkingdom.userengine.store.AuditRecord;
import io.netkingdom.userengine.store.AuditSubject;
import io.netkingdom.userengine.store.Erasure;
import io.netkingdom.userengine.store.Group;
import io.netkingdom.userengine.store.GroupDraft;
import io.netkingdom.userengine.store.IdentityKey;
import io.netkingdom.userengine.store.IsolationLevel;
import io.netkingdom.userengine.store.Json;
import io.netkingdom.userengine.store.OutboxDraft;
import io.netkingdom.userengine.store.OutboxRecord;
import io.netkingdom.userengine.store.PageRequest;
import io.netkingdom.userengine.store.ProfileKey;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.conformance.Capability;
import io.netkingdom.userengine.store.conformance.check.Rule;
import io.netkingdom.userengine.store.conformance.check.RuleContext;
import io.netkingdom.userengine.store.conformance.check.SteppedTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;

/** Section DEL: erasure while others write about the user. */
final class OverlappedErasureRules {

  private static final String ISSUER = "https://idp.example";
  private static final AuditSubject SERVICE = AuditSubject.of("service", "importer");

  /** When the writer commits, as the transaction sees it that erases. */
  private enum Commit {
    BEFORE_IT_BEGAN,
    WHILE_IT_WAS_OPEN,
    WHILE_IT_WAITED
  }

  /** What there is about a user. */
  private record About(
      Optional<String> userName,
      List<IdentityKey> links,
      int memberships,
      int profiles,
      Optional<String> label,
      Optional<Json> payload) {

    static final About NOTHING =
        new About(
            Optional.empty(),
            List.of(),
            0,
            0,
            Optional.of(Erasure.LABEL),
            Optional.of(Erasure.DOCUMENT));
  }

  /** A user, and the records about it that another transaction wrote. */
  private static final class Written {
    private final UserId user;
    private final Group group;
    private final List<AuditRecord> told = new ArrayList<>();
    private final List<OutboxRecord> announced = new ArrayList<>();

    Written(UserId user, Group group) {
      this.user = user;
      this.group = group;
    }

    /** Writes one record of each kind. */
    boolean write(Repositories records) {
      records.identities().link(user, ISSUER, user.toString());
      records.groups().addMember(group.id(), user);
      records.profiles().replace(ProfileKey.of(user, "urn:app"), Json.object("phone", "1"));
      AuditSubject subject = AuditSubject.user(user).withLabel("Ada");
      told.add(records.audit().append(AuditDraft.of(SERVICE, "seen", subject)));
      announced.add(
          records.outbox().append(OutboxDraft.of(user, "seen", Json.object("a", "1"))).record());
      return true;
    }

    About read(Repositories records) {
      return new About(
          records.users().find(user).map(found -> found.userName().value()),
          records.identities().findByUser(user).stream().map(link -> link.key()).toList(),
          records.groups().listMemberships(user, PageRequest.of(10)).items().size(),
          records.profiles().findByUser(user).size(),
          records.audit().find(told.get(0).id()).flatMap(OverlappedErasureRules::targetLabel),
          records.outbox().find(announced.get(0).id()).map(found -> found.message().payload()));
    }

    About everything() {
      return new About(
          Optional.of("ada"),
          List.of(IdentityKey.of(ISSUER, user.toString())),
          1,
          1,
          Optional.of("Ada"),
          Optional.of(Json.object("a", "1")));
    }
  }

  private static Optional<String> targetLabel(AuditRecord record) {
    return Optional.ofNullable(record.entry().target().label());
  }

  @Rule(
      id = "DEL-13",
      sentence =
          "An erasure at any level MUST leave nothing that writers at any level committed "
              + "before it returned, or MUST be Retryable, or above READ_COMMITTED InvalidInput "
              + "that names isolation, and change nothing then.",
      capability = Capability.SERIALIZABLE,
      since = "0.1.0")
  void isWholeOrRefusedAtEveryLevel(RuleContext t) throws Exception {
    for (IsolationLevel writer : IsolationLevel.values()) {
      for (IsolationLevel eraser : IsolationLevel.values()) {
        for (Commit commit : Commit.values()) {
          isWholeOrRefused(t, writer, eraser, commit);
        }
      }
    }
  }

  private static void isWholeOrRefused(
      RuleContext t, IsolationLevel writing, IsolationLevel erasing, Commit commit)
      throws Exception {
    String what =
        "what is left by an erasure at %s of a writer at %s that committed %s"
            .formatted(erasing, writing, commit);
    Written written =
        new Written(
            t.users().create(UserDraft.named("ada")).id(),
            t.groups().create(GroupDraft.named("Team")));
    SteppedTransaction writer = t.begin(RuleContext.once().withIsolation(writing));
    if (commit == Commit.BEFORE_IT_BEGAN) {
      writer.step(written::write);
      writer.commit();
    }
    SteppedTransaction eraser = t.begin(RuleContext.once().withIsolation(erasing));
    eraser.step(tx -> tx.users().find(written.user));
    if (commit != Commit.BEFORE_IT_BEGAN) {
      writer.step(written::write);
    }
    if (commit == Commit.WHILE_IT_WAS_OPEN) {
      writer.commit();
    }
    Future<Boolean> erasure = eraser.start(tx -> tx.users().erase(written.user));
    if (commit == Commit.WHILE_IT_WAITED) {
      writer.commit();
    }
    if (erased(t, erasing, eraser, erasure)) {
      t.equal(what, About.NOTHING, written.read(t.records()));
    } else {
      t.equal(what + " and was refused", written.everything(), written.read(t.records()));
      t.equal("erasing outside a transaction", true, t.users().erase(written.user));
      t.equal("what is left outside a transaction", About.NOTHING, written.read(t.records()));
    }
    t.groups().delete(written.group.id());
  }

  private static boolean erased(
      RuleContext t, IsolationLevel level, SteppedTransaction eraser, Future<Boolean> erasure)
      throws Exception {
    boolean erased;
    try {
      erased = SteppedTransaction.await(erasure);
      t.equal("erasing a user of whom somebody writes", true, erased);
    } catch (StoreException.InvalidInput e) {
      t.equal("the level at which an erasure is refused", IsolationLevel.SERIALIZABLE, level);
      t.equal("the field of an erasure that is refused", "isolation", e.field());
      eraser.step(tx -> tx.groups().upsert(GroupDraft.named("Made after a refusal")));
      erased = false;
    } catch (StoreException.Retryable e) {
      return false;
    }
    try {
      eraser.commit();
      return erased;
    } catch (StoreException.Retryable e) {
      return false;
    }
  }

  @Rule(
      id = "DEL-14",
      sentence =
          "An erasure of a user that was deleted or erased before MUST also replace what is "
              + "told by a transaction that was open when it began.",
      since = "0.1.0")
  void waitsForWhoTellsOfTheGone(RuleContext t) throws Exception {
    for (boolean wasErased : new boolean[] {false, true}) {
      UserId gone = t.users().create(UserDraft.named("ada")).id();
      t.equal("going", true, wasErased ? t.users().erase(gone) : t.users().delete(gone));
      String of = wasErased ? "an erased user" : "a deleted user";
      AuditSubject user = AuditSubject.user(gone).withLabel("Ada");
      for (AuditDraft draft :
          List.of(
              AuditDraft.of(user, "seen", SERVICE),
              AuditDraft.of(SERVICE, "seen", user),
              AuditDraft.of(user, "seen", user))) {
        List<AuditRecord> told = new ArrayList<>();
        Optional<Boolean> erased =
            t.overlapping(tx -> told.add(tx.audit().append(draft)), tx -> tx.users().erase(gone));
        t.equal("erasing " + of, false, erased.orElse(false));
        t.equal(
            "the details of a record about " + of,
            erased.isPresent() ? Erasure.DOCUMENT : draft.details(),
            t.audit().find(told.get(0).id()).orElseThrow().entry().details());
      }
      OutboxDraft draft = OutboxDraft.of(gone, "seen", Json.object("a", "1"));
      List<OutboxRecord> announced = new ArrayList<>();
      Optional<Boolean> erased =
          t.overlapping(
              tx -> announced.add(tx.outbox().append(draft).record()),
              tx -> tx.users().erase(gone));
      t.equal("erasing " + of + " who is announced", false, erased.orElse(false));
      t.equal(
          "the payload of a message about " + of,
          erased.isPresent() ? Erasure.DOCUMENT : draft.payload(),
          t.outbox().find(announced.get(0).id()).orElseThrow().message().payload());
    }
  }
}
