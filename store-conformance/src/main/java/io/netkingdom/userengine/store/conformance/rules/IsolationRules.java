package io.netkingdom.userengine.store.conformance.rules;

import io.netkingdom.userengine.store.FederatedIdentity;
import io.netkingdom.userengine.store.IdentityKey;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.TransactionOptions;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.conformance.Capability;
import io.netkingdom.userengine.store.conformance.check.Concurrent;
import io.netkingdom.userengine.store.conformance.check.Counts;
import io.netkingdom.userengine.store.conformance.check.Messages;
import io.netkingdom.userengine.store.conformance.check.Rule;
import io.netkingdom.userengine.store.conformance.check.RuleContext;
import io.netkingdom.userengine.store.conformance.check.SteppedTransaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Section ISO: isolation and concurrency. */
final class IsolationRules {

  private static final String ISSUER = "https://idp.example";

  @Rule(
      id = "ISO-01",
      sentence =
          "What a transaction wrote MUST be invisible to others until it commits, and "
              + "visible to the next transaction afterwards.",
      since = "0.1.0")
  void uncommittedWritesAreInvisible(RuleContext t) throws Exception {
    User before = t.users().create(UserDraft.named("before"));
    SteppedTransaction writer = t.begin();
    User ada =
        writer.step(
            tx ->
                tx.users()
                    .create(
                        UserDraft.named("ada").withExternalId("1").withEmail("ada@example.org")));
    writer.step(tx -> tx.identities().link(ada.id(), ISSUER, "1"));
    writer.step(tx -> tx.users().update(before.withDisplayName("changed")));
    SteppedTransaction reader = t.begin();
    t.equal(
        "the new user, as another transaction sees it",
        Optional.empty(),
        reader.step(tx -> tx.users().find(ada.id())));
    t.equal("by name", Optional.empty(), reader.step(tx -> tx.users().findByUserName("ada")));
    t.equal(
        "by external id", Optional.empty(), reader.step(tx -> tx.users().findByExternalId("1")));
    t.equal("by e-mail", List.of(), reader.step(tx -> tx.users().findByEmail("ada@example.org")));
    t.equal(
        "by identity",
        Optional.empty(),
        reader.step(tx -> tx.identities().findUser(IdentityKey.of(ISSUER, "1"))));
    t.equal("users", 1L, reader.step(tx -> Counts.users(t, tx)));
    t.equal(
        "the changed user", Optional.of(before), reader.step(tx -> tx.users().find(before.id())));
    t.equal(
        "the new user, as a single operation sees it", Optional.empty(), t.users().find(ada.id()));
    reader.commit();
    writer.commit();
    t.equal(
        "the new user, as the next transaction sees it",
        Optional.of(ada),
        t.inTransaction(tx -> tx.users().find(ada.id())));
    t.equal(
        "the changed user",
        Optional.of("changed"),
        t.users().find(before.id()).map(user -> Objects.requireNonNull(user.displayName())));
  }

  @Rule(
      id = "ISO-02",
      sentence =
          "Of two writers that saw one version, exactly one MUST win, and the other is told "
              + "StaleVersion or Retryable.",
      since = "0.1.0")
  void ofTwoWritersWithOneVersionOneWins(RuleContext t) throws Exception {
    User ada = t.users().create(UserDraft.named("ada"));
    SteppedTransaction first = t.begin();
    SteppedTransaction second = t.begin();
    User seenByFirst = first.step(tx -> tx.users().get(ada.id()));
    User seenBySecond = second.step(tx -> tx.users().get(ada.id()));
    first.step(tx -> tx.users().update(seenByFirst.withDisplayName("first")));
    Future<User> update =
        second.start(tx -> tx.users().update(seenBySecond.withDisplayName("second")));
    Throwable firstOutcome = RuleContext.thrownBy(first::commit);
    Throwable secondOutcome = RuleContext.thrownBy(() -> SteppedTransaction.await(update));
    Throwable secondCommit = RuleContext.thrownBy(second::commit);
    boolean firstWon = firstOutcome == null;
    boolean secondWon = secondOutcome == null && secondCommit == null;
    t.holds("of two writers that saw one version, exactly one wins", firstWon != secondWon);
    Throwable refusal =
        !firstWon ? firstOutcome : secondOutcome != null ? secondOutcome : secondCommit;
    t.holds(
        "the other one is told StaleVersion or Retryable",
        refusal instanceof StoreException.StaleVersion
            || refusal instanceof StoreException.Retryable);
    User stored = t.users().get(ada.id());
    t.equal("the display name", firstWon ? "first" : "second", stored.displayName());
    t.equal("the version", 2L, stored.version());
  }

  @Rule(
      id = "ISO-03",
      sentence =
          "8 threads that each increment one counter 1,000 times, by reading and then "
              + "updating with retry, MUST end at 8,000.",
      since = "0.1.0")
  void noIncrementIsLost(RuleContext t) throws Exception {
    int threads = 8;
    int increments = 1_000;
    User counter = t.users().create(UserDraft.named("counter").withDisplayName("0"));
    Concurrent.run(
        threads,
        i ->
            () -> {
              for (int done = 0; done < increments; ) {
                User seen = t.users().get(counter.id());
                int value = Integer.parseInt(Objects.requireNonNull(seen.displayName()));
                try {
                  t.users().update(seen.withDisplayName(String.valueOf(value + 1)));
                  done++;
                } catch (StoreException.StaleVersion e) {
                  // Somebody else was faster: read again.
                }
              }
              return true;
            });
    User stored = t.users().get(counter.id());
    t.equal("the counter", String.valueOf(threads * increments), stored.displayName());
    t.equal("the version", 1L + (long) threads * increments, stored.version());
  }

  /** Each sees both active and deactivates another one; one after the other, one would stay. */
  @Rule(
      id = "ISO-04",
      sentence =
          "At SERIALIZABLE, two transactions that each change what the other one relied on "
              + "MUST NOT both commit.",
      capability = Capability.SERIALIZABLE,
      since = "0.1.0")
  void writeSkewIsPrevented(RuleContext t) throws Exception {
    User ada = t.users().create(UserDraft.named("ada"));
    User grace = t.users().create(UserDraft.named("grace"));
    SteppedTransaction first = t.begin(RuleContext.serializableOnce());
    SteppedTransaction second = t.begin(RuleContext.serializableOnce());
    for (SteppedTransaction transaction : List.of(first, second)) {
      t.holds(
          "each transaction sees both users active",
          transaction.step(
              tx -> tx.users().get(ada.id()).active() && tx.users().get(grace.id()).active()));
    }
    Future<User> one = first.start(tx -> tx.users().update(ada.withActive(false)));
    Future<User> two = second.start(tx -> tx.users().update(grace.withActive(false)));
    Future<?> firstCommit = first.startCommit();
    Future<?> secondCommit = second.startCommit();
    boolean firstWon = succeeded(t, one, firstCommit);
    boolean secondWon = succeeded(t, two, secondCommit);
    t.holds(
        "at least one of the two users is still active",
        t.users().get(ada.id()).active() || t.users().get(grace.id()).active());
    t.equal(
        "whether the first user is inactive, as the first transaction was told",
        firstWon,
        !t.users().get(ada.id()).active());
    t.equal(
        "whether the second user is inactive, as the second transaction was told",
        secondWon,
        !t.users().get(grace.id()).active());
  }

  /**
   * Whether a step and the commit after it both succeeded. Both transactions have been told to
   * commit by then: either may be the one that the other waits for.
   */
  private static boolean succeeded(RuleContext t, Future<?> step, Future<?> commit) {
    Throwable refusal = RuleContext.thrownBy(() -> SteppedTransaction.await(step));
    Throwable end = RuleContext.thrownBy(() -> SteppedTransaction.await(commit));
    for (Throwable told : new @Nullable Throwable[] {refusal, end}) {
      t.holds(
          "a transaction that is given up is told Retryable, Timeout or RolledBack, and not "
              + Messages.describe(told),
          told == null
              || told instanceof StoreException.Retryable
              || told instanceof StoreException.Timeout
              || told instanceof StoreException.RolledBack);
    }
    return refusal == null && end == null;
  }

  @Rule(
      id = "ISO-06",
      sentence = "Waiting for a lock MUST end at the lock timeout, with Timeout.",
      since = "0.1.0")
  void lockWaitsAreBounded(RuleContext t) throws Exception {
    User ada = t.users().create(UserDraft.named("ada"));
    SteppedTransaction holder = t.begin();
    holder.step(tx -> tx.users().update(ada.withDisplayName("held")));
    List<SteppedTransaction.Step<@Nullable Object>> writes =
        List.of(
            tx -> tx.users().update(ada.withDisplayName("mine")),
            tx -> tx.users().upsert(UserDraft.named("ada").withDisplayName("mine")),
            tx -> tx.users().delete(ada.id()),
            tx -> tx.identities().link(ada.id(), ISSUER, "1"));
    for (SteppedTransaction.Step<@Nullable Object> write : writes) {
      SteppedTransaction waiting =
          t.begin(RuleContext.once().withLockTimeout(Duration.ofMillis(20)));
      // It ends while the holder is still open, in whatever way; else this check does not go on.
      Throwable refusal = RuleContext.thrownBy(() -> waiting.step(write));
      t.holds(
          "a write behind another transaction's lock ends with Timeout unless it need not wait,"
              + " and not with "
              + Messages.describe(refusal),
          refusal == null
              || refusal instanceof StoreException.Timeout
              || refusal instanceof StoreException.Retryable
              || refusal instanceof StoreException.StaleVersion);
      waiting.rollback();
    }
    holder.commit();
    t.equal("the display name", "held", t.users().get(ada.id()).displayName());
    t.equal("the version", 2L, t.users().get(ada.id()).version());
  }

  /** In each order, and with each end of the first transaction. */
  @Rule(
      id = "ISO-07",
      sentence =
          "Deleting a user while another transaction links to it MUST leave no link without "
              + "a user, whichever comes first.",
      since = "0.1.0")
  void deletingAndLinkingLeaveNoOrphan(RuleContext t) throws Exception {
    for (boolean deletesFirst : new boolean[] {true, false}) {
      for (boolean commits : new boolean[] {true, false}) {
        String name =
            (deletesFirst ? "deleted-first" : "linked-first") + (commits ? "" : "-undone");
        User user = t.users().create(UserDraft.named(name));
        IdentityKey key = IdentityKey.of(ISSUER, name);
        SteppedTransaction.Step<@Nullable Object> delete = tx -> tx.users().delete(user.id());
        SteppedTransaction.Step<@Nullable Object> link =
            tx -> tx.identities().link(user.id(), ISSUER, name);

        SteppedTransaction first = t.begin();
        first.step(deletesFirst ? delete : link);
        SteppedTransaction second = t.begin();
        Future<@Nullable Object> step = second.start(deletesFirst ? link : delete);
        Future<?> commit = second.startCommit();
        if (commits) {
          first.commit();
        } else {
          first.rollback();
        }
        Throwable refusal = RuleContext.thrownBy(() -> SteppedTransaction.await(step));
        Throwable end = RuleContext.thrownBy(() -> SteppedTransaction.await(commit));

        boolean userThere = t.users().find(user.id()).isPresent();
        Optional<FederatedIdentity> found = t.identities().find(key);
        t.holds(name + ": a link has a user", userThere || found.isEmpty());
        t.equal(
            name + ": the user's links",
            found.map(List::of).orElse(List.of()),
            t.identities().findByUser(user.id()));
        t.equal(
            name + ": whether the link leads to a user",
            found.isPresent(),
            t.identities().findUser(key).isPresent());
        if (refusal == null && end == null) {
          t.equal(
              name + ": whether the user is there, when the second transaction committed",
              deletesFirst,
              userThere);
          if (deletesFirst) {
            t.holds(name + ": a link that was committed is there", found.isPresent());
          }
        } else if (deletesFirst && commits) {
          t.holds(
              name
                  + ": the link is refused with UnknownReference or Retryable, and not with "
                  + Messages.describe(refusal),
              refusal instanceof StoreException.UnknownReference
                  || refusal instanceof StoreException.Retryable);
        }
      }
    }
    long links = Counts.identities(t, t.records());
    t.holds("no link is counted without a user", links <= Counts.users(t, t.records()));
  }

  @Rule(
      id = "ISO-08",
      sentence = "A rollback MUST NOT undo anything of another transaction's.",
      since = "0.1.0")
  void aRollbackUndoesNothingOfOthers(RuleContext t) throws Exception {
    SteppedTransaction first = t.begin();
    t.equal("users at the beginning", 0L, first.step(tx -> Counts.users(t, tx)));
    User ada = t.users().create(UserDraft.named("ada"));
    first.step(tx -> tx.users().create(UserDraft.named("undone")));
    SteppedTransaction second = t.begin();
    Future<User> created = second.start(tx -> tx.users().create(UserDraft.named("grace")));
    Future<?> commit = second.startCommit();
    first.rollback();
    User grace = SteppedTransaction.await(created);
    SteppedTransaction.await(commit);
    t.equal("the user committed before", Optional.of(ada), t.users().find(ada.id()));
    t.equal("the user committed meanwhile", Optional.of(grace), t.users().find(grace.id()));
    t.equal(
        "find of the user that was rolled back",
        Optional.empty(),
        t.users().findByUserName("undone"));

    SteppedTransaction undone = t.begin();
    undone.step(tx -> tx.users().upsert(UserDraft.named("edith").withDisplayName("undone")));
    SteppedTransaction kept = t.begin();
    Future<UpsertResult<User>> upsert =
        kept.start(tx -> tx.users().upsert(UserDraft.named("edith").withDisplayName("kept")));
    Future<?> end = kept.startCommit();
    undone.rollback();
    UpsertResult<User> result = SteppedTransaction.await(upsert);
    SteppedTransaction.await(end);
    t.isA(
        "an upsert after the other one of that name was rolled back",
        UpsertResult.Created.class,
        result);
    t.equal("the user", Optional.of(result.record()), t.users().findByUserName("edith"));
    t.equal("users", 3L, Counts.users(t, t.records()));
  }

  /** G1a and G1b: neither what is rolled back nor what is overwritten before the commit. */
  @Rule(
      id = "ISO-09",
      sentence =
          "A value that was rolled back, or overwritten before the commit, MUST NOT be " + "seen.",
      since = "0.1.0")
  void onlyFinalValuesAreSeen(RuleContext t) throws Exception {
    User ada = t.users().create(UserDraft.named("ada").withDisplayName("before"));
    for (boolean commits : new boolean[] {false, true}) {
      SteppedTransaction writer = t.begin();
      User half = writer.step(tx -> tx.users().update(ada.withDisplayName("half")));
      t.equal(
          "the display name, after a first change that is not committed",
          "before",
          t.users().get(ada.id()).displayName());
      writer.step(tx -> tx.users().update(half.withDisplayName("done")));
      t.equal(
          "the display name, after a second one", "before", t.users().get(ada.id()).displayName());
      if (commits) {
        writer.commit();
      } else {
        writer.rollback();
      }
      t.equal(
          "the display name after the end",
          commits ? "done" : "before",
          t.users().get(ada.id()).displayName());
    }
  }

  @Rule(
      id = "ISO-10",
      sentence =
          "A SERIALIZABLE transaction MUST see the records of one moment, whatever is "
              + "committed meanwhile.",
      capability = Capability.SERIALIZABLE,
      since = "0.1.0")
  void aSerializableTransactionSeesOneMoment(RuleContext t) throws Exception {
    User ada = t.users().create(UserDraft.named("ada").withEmail("family@example.org"));
    SteppedTransaction reader = t.begin(RuleContext.serializableOnce().asReadOnly());
    t.equal("the user at first", Optional.of(ada), reader.step(tx -> tx.users().find(ada.id())));
    t.equal("users at first", 1L, reader.step(tx -> Counts.users(t, tx)));
    // An engine that locks what was read refuses these; then nothing changes for the reader.
    List<SteppedTransaction.Step<@Nullable Object>> writes =
        List.of(
            tx -> tx.users().update(ada.withDisplayName("changed")),
            tx -> tx.users().create(UserDraft.named("grace").withEmail("family@example.org")),
            tx -> tx.identities().link(ada.id(), ISSUER, "1"));
    for (SteppedTransaction.Step<@Nullable Object> write : writes) {
      SteppedTransaction writer =
          t.begin(RuleContext.once().withLockTimeout(Duration.ofMillis(500)));
      Throwable refusal = RuleContext.thrownBy(() -> writer.step(write));
      Throwable end = RuleContext.thrownBy(writer::commit);
      t.holds(
          "another writer proceeds or is told Timeout",
          refusal == null ? end == null : refusal instanceof StoreException.Timeout);
    }
    t.equal("the user later on", Optional.of(ada), reader.step(tx -> tx.users().find(ada.id())));
    t.equal("by name", Optional.of(ada), reader.step(tx -> tx.users().findByUserName("ada")));
    t.equal(
        "by e-mail", List.of(ada), reader.step(tx -> tx.users().findByEmail("family@example.org")));
    t.equal(
        "find of a user who was created since",
        Optional.empty(),
        reader.step(tx -> tx.users().findByUserName("grace")));
    t.equal("the user's links", List.of(), reader.step(tx -> tx.identities().findByUser(ada.id())));
    t.equal("users later on", 1L, reader.step(tx -> Counts.users(t, tx)));
    reader.commit();
  }

  /** The anomaly of a condition on records that do not exist yet. */
  @Rule(
      id = "ISO-11",
      sentence =
          "At SERIALIZABLE, two transactions that each found nothing and then wrote what "
              + "the other looked for MUST NOT both commit.",
      capability = Capability.SERIALIZABLE,
      since = "0.1.0")
  void phantomsArePrevented(RuleContext t) throws Exception {
    SteppedTransaction first = t.begin(RuleContext.serializableOnce());
    SteppedTransaction second = t.begin(RuleContext.serializableOnce());
    for (SteppedTransaction transaction : List.of(first, second)) {
      t.equal(
          "the holders of an address that is to be given once",
          List.of(),
          transaction.step(tx -> tx.users().findByEmail("once@example.org")));
    }
    Future<User> one =
        first.start(tx -> tx.users().create(UserDraft.named("ada").withEmail("once@example.org")));
    Future<User> two =
        second.start(
            tx -> tx.users().create(UserDraft.named("grace").withEmail("once@example.org")));
    Future<?> firstCommit = first.startCommit();
    Future<?> secondCommit = second.startCommit();
    List<Boolean> won = List.of(succeeded(t, one, firstCommit), succeeded(t, two, secondCommit));
    int holders = t.users().findByEmail("once@example.org").size();
    t.equal(
        "the number of holders, as the transactions were told",
        (int) won.stream().filter(w -> w).count(),
        holders);
    t.holds("the address was given at most once", holders <= 1);
  }

  @Rule(
      id = "ISO-12",
      sentence =
          "Concurrent creations of one name MUST make one user, and the others are told "
              + "Conflict.",
      since = "0.1.0")
  void concurrentCreatesOfOneNameMakeOneUser(RuleContext t) throws Exception {
    for (int round = 0; round < 5; round++) {
      String name = "ada" + round;
      List<Optional<Throwable>> outcomes =
          Concurrent.run(
              8,
              i ->
                  () ->
                      Optional.ofNullable(
                          RuleContext.thrownBy(() -> t.users().create(UserDraft.named(name)))));
      t.equal(
          "how many of the concurrent calls created the user",
          1L,
          outcomes.stream().filter(Optional::isEmpty).count());
      for (Optional<Throwable> outcome : outcomes) {
        if (outcome.isPresent()) {
          t.isA("what the others were told", StoreException.Conflict.class, outcome.get());
        }
      }
      t.equal("users", round + 1L, Counts.users(t, t.records()));
    }
  }

  /** An upsert names no version, so that only the isolation can tell. */
  @Rule(
      id = "ISO-13",
      sentence = "At SERIALIZABLE, an update MUST NOT be lost, also where it names no version.",
      capability = Capability.SERIALIZABLE,
      since = "0.1.0")
  void lostUpdatesArePreventedWithoutVersions(RuleContext t) throws Exception {
    UserId id = t.users().create(UserDraft.named("ada").withDisplayName("1")).id();
    TransactionOptions serializable = RuleContext.serializableOnce();
    SteppedTransaction first = t.begin(serializable);
    SteppedTransaction second = t.begin(serializable);
    List<Future<UpsertResult<User>>> writes = new ArrayList<>();
    for (SteppedTransaction transaction : List.of(first, second)) {
      t.equal(
          "the counter as both see it",
          Optional.of("1"),
          transaction.step(tx -> tx.users().find(id).map(User::displayName)));
    }
    for (SteppedTransaction transaction : List.of(first, second)) {
      writes.add(
          transaction.start(tx -> tx.users().upsert(UserDraft.named("ada").withDisplayName("2"))));
    }
    Future<?> firstCommit = first.startCommit();
    Future<?> secondCommit = second.startCommit();
    boolean firstWon = succeeded(t, writes.get(0), firstCommit);
    boolean secondWon = succeeded(t, writes.get(1), secondCommit);
    t.holds("not both increments from 1 to 2 are committed", !(firstWon && secondWon));
    t.equal("the counter", firstWon || secondWon ? "2" : "1", t.users().get(id).displayName());
  }
}
