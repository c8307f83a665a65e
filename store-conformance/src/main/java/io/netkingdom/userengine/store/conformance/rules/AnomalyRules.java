package io.netkingdom.userengine.store.conformance.rules;

import io.netkingdom.userengine.store.IsolationLevel;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.TransactionOptions;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.conformance.Anomaly;
import io.netkingdom.userengine.store.conformance.AnomalyResult;
import io.netkingdom.userengine.store.conformance.check.Messages;
import io.netkingdom.userengine.store.conformance.check.Rule;
import io.netkingdom.userengine.store.conformance.check.RuleContext;
import io.netkingdom.userengine.store.conformance.check.SteppedTransaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Section ISO: each anomaly is tried in one fixed order of steps. A step that would wait is given
 * up after a short lock timeout and ends its transaction: then the anomaly is prevented.
 *
 * <p>The items are users by name; an item's value is the display name. It is written by an upsert,
 * which names no version: versions prevent lost updates at every level.
 */
final class AnomalyRules {

  private static final String NONE = "0";

  @Rule(
      id = "ISO-05",
      sentence =
          "What an isolation level lets happen MUST be no more than the adapter declares, "
              + "and the declaration no more than this contract permits at that level.",
      since = "0.1.0")
  void noMoreHappensThanIsDeclared(RuleContext t) throws Exception {
    for (IsolationLevel level : IsolationLevel.values()) {
      if (level == IsolationLevel.SERIALIZABLE && !t.fixture().serializable()) {
        continue;
      }
      Set<Anomaly> permitted = t.fixture().permits(level);
      Set<Anomaly> tooMuch = EnumSet.noneOf(Anomaly.class);
      tooMuch.addAll(permitted);
      tooMuch.removeAll(Anomaly.permittedAt(level));
      List<Anomaly> observed = new ArrayList<>();
      for (Anomaly anomaly : Anomaly.values()) {
        boolean happened = new Attempt(t, level, anomaly.label() + "-" + level).make(anomaly);
        t.found(new AnomalyResult(level, anomaly, permitted.contains(anomaly), happened));
        if (happened) {
          observed.add(anomaly);
        }
      }
      t.equal("what is declared beyond what the contract allows at " + level, Set.of(), tooMuch);
      observed.removeAll(permitted);
      t.equal("what happened at " + level + " and is not declared", List.of(), observed);
    }
  }

  /** One anomaly, tried at one level. */
  private static final class Attempt {

    private final RuleContext t;
    private final TransactionOptions options;
    private final String x;
    private final String y;
    private final String address;

    Attempt(RuleContext t, IsolationLevel level, String name) {
      this.t = t;
      this.options = RuleContext.once().withIsolation(level).withLockTimeout(Duration.ofMillis(20));
      this.x = "x-" + name;
      this.y = "y-" + name;
      this.address = name.replace('_', '-') + "@example.org";
      t.users().create(UserDraft.named(x).withDisplayName(NONE));
      t.users().create(UserDraft.named(y).withDisplayName(NONE));
    }

    /** Returns whether it happened. */
    boolean make(Anomaly anomaly) throws Exception {
      Actor one = new Actor();
      Actor two = new Actor();
      return switch (anomaly) {
        case G0 -> dirtyWrite(one, two);
        case G1A -> abortedRead(one, two);
        case G1B -> intermediateRead(one, two);
        case G1C -> circularFlow(one, two);
        case OTV -> vanishing(one, two);
        case PMP -> predicateChanges(one, two);
        case P4 -> lostUpdate(one, two);
        case G_SINGLE -> readSkew(one, two);
        case G2_ITEM -> writeSkew(one, two);
        case G2 -> phantomSkew(one, two);
      };
    }

    private boolean dirtyWrite(Actor one, Actor two) throws Exception {
      one.write(x, "1");
      two.write(x, "2");
      one.write(y, "1");
      one.commit();
      two.write(y, "2");
      two.commit();
      return one.committed && two.committed && !stored(x).equals(stored(y));
    }

    private boolean abortedRead(Actor one, Actor two) throws Exception {
      one.write(x, "1");
      boolean seen = "1".equals(two.read(x));
      one.rollback();
      seen |= "1".equals(two.read(x));
      two.commit();
      return seen;
    }

    private boolean intermediateRead(Actor one, Actor two) throws Exception {
      one.write(x, "half");
      boolean seen = "half".equals(two.read(x));
      one.write(x, "done");
      one.commit();
      seen |= "half".equals(two.read(x));
      two.commit();
      return seen;
    }

    private boolean circularFlow(Actor one, Actor two) throws Exception {
      one.write(x, "1");
      two.write(y, "2");
      String seenByOne = one.read(y);
      String seenByTwo = two.read(x);
      one.commit();
      two.commit();
      return "2".equals(seenByOne) && "1".equals(seenByTwo);
    }

    private boolean vanishing(Actor one, Actor two) throws Exception {
      Actor reader = new Actor();
      one.write(x, "1");
      one.write(y, "1");
      one.commit();
      List<String> seen = new ArrayList<>();
      two.write(x, "2");
      seen.add(String.valueOf(reader.read(x)));
      seen.add(String.valueOf(reader.read(y)));
      two.write(y, "2");
      seen.add(String.valueOf(reader.read(y)));
      seen.add(String.valueOf(reader.read(x)));
      two.commit();
      seen.add(String.valueOf(reader.read(y)));
      seen.add(String.valueOf(reader.read(x)));
      reader.commit();
      // Once something of the second transaction was seen, nothing that it overwrote may be.
      return seen.contains("2") && seen.subList(seen.indexOf("2"), seen.size()).contains("1");
    }

    private boolean predicateChanges(Actor one, Actor two) throws Exception {
      boolean before = one.finds(address);
      two.create("new-" + x, address);
      two.commit();
      boolean after = one.finds(address);
      one.commit();
      return two.committed && before != after;
    }

    private boolean lostUpdate(Actor one, Actor two) throws Exception {
      one.read(x);
      two.read(x);
      one.write(x, "1");
      one.commit();
      two.write(x, "1");
      two.commit();
      return one.committed && two.committed;
    }

    private boolean readSkew(Actor one, Actor two) throws Exception {
      boolean before = NONE.equals(one.read(x));
      two.write(x, "2");
      two.write(y, "2");
      two.commit();
      boolean after = "2".equals(one.read(y));
      one.commit();
      return before && after;
    }

    private boolean writeSkew(Actor one, Actor two) throws Exception {
      for (Actor each : List.of(one, two)) {
        each.read(x);
        each.read(y);
      }
      one.write(x, "1");
      one.commit();
      two.write(y, "1");
      two.commit();
      return one.committed && two.committed;
    }

    private boolean phantomSkew(Actor one, Actor two) throws Exception {
      boolean foundByOne = one.finds(address);
      boolean foundByTwo = two.finds(address);
      one.create("one-" + x, address);
      one.commit();
      two.create("two-" + x, address);
      two.commit();
      return !foundByOne && !foundByTwo && one.committed && two.committed;
    }

    private String stored(String name) {
      return String.valueOf(t.users().findByUserName(name).map(User::displayName).orElse(null));
    }

    /** A transaction that does nothing any more once a step of it was refused. */
    private final class Actor {

      private final SteppedTransaction transaction;
      private boolean refused;
      private boolean committed;

      Actor() throws Exception {
        transaction = t.begin(options);
      }

      private <T> @Nullable T does(SteppedTransaction.Step<T> step) throws Exception {
        if (refused) {
          return null;
        }
        try {
          return transaction.step(step);
        } catch (StoreException.Timeout | StoreException.Retryable | StoreException.Conflict e) {
          refused = true;
          transaction.rollback();
          return null;
        }
      }

      void write(String name, String value) throws Exception {
        does(tx -> tx.users().upsert(UserDraft.named(name).withDisplayName(value)));
      }

      @Nullable String read(String name) throws Exception {
        return does(
            tx ->
                String.valueOf(
                    tx.users().findByUserName(name).map(User::displayName).orElse(null)));
      }

      void create(String name, String email) throws Exception {
        does(tx -> tx.users().create(UserDraft.named(name).withEmail(email)));
      }

      boolean finds(String email) throws Exception {
        return Boolean.TRUE.equals(does(tx -> !tx.users().findByEmail(email).isEmpty()));
      }

      void rollback() throws Exception {
        if (!refused) {
          refused = true;
          transaction.rollback();
        }
      }

      void commit() throws Exception {
        if (refused) {
          return;
        }
        refused = true;
        Throwable end = RuleContext.thrownBy(transaction::commit);
        t.holds(
            "a commit is made, or told Retryable, and not " + Messages.describe(end),
            end == null || end instanceof StoreException.Retryable);
        committed = end == null;
      }
    }
  }
}
