package io.netkingdom.userengine.store.conformance.rules;

import io.netkingdom.userengine.store.conformance.check.ExpectationFailedError;
import io.netkingdom.userengine.store.conformance.check.Rule;
import io.netkingdom.userengine.store.conformance.check.RuleContext;
import io.netkingdom.userengine.store.conformance.model.Histories;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Section MOD: random histories against a model of the contract. */
final class ModelRules {

  private static final int HISTORIES = 4;

  @Rule(
      id = "MOD-01",
      sentence =
          "Random histories of users, identities, groups and profiles MUST have the "
              + "outcomes and the records that a plain model of this contract has.",
      since = "0.1.0")
  void recordsAreAsInTheModel(RuleContext t) {
    check(t, Histories.About.RECORDS);
  }

  @Rule(
      id = "MOD-02",
      sentence =
          "Random histories with sign-in, bulk, erasure, audit, outbox, counts and listing "
              + "MUST have the outcomes and the records that the model has.",
      since = "0.1.0")
  void announcementsAreAsInTheModel(RuleContext t) {
    check(t, Histories.About.ANNOUNCEMENTS);
  }

  private static void check(RuleContext t, Histories.About about) {
    Optional<List<String>> counterexample =
        Histories.counterexample(
            t::open, t::newTenant, new Random(t.random().nextLong()), about, HISTORIES);
    if (counterexample.isPresent()) {
      throw new ExpectationFailedError(
          "expected: a store does what the model does; but this history ends otherwise:",
          counterexample.get());
    }
    t.holds("a store does what the model does", true);
  }
}
