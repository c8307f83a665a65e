package io.netkingdom.userengine.store.conformance.plan;

import io.netkingdom.userengine.store.conformance.Exemption;
import io.netkingdom.userengine.store.conformance.Manifest;
import io.netkingdom.userengine.store.conformance.RuleResult;
import io.netkingdom.userengine.store.conformance.Verdict;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The exemptions of one run: those that hold, and what is wrong with the others. */
final class Exemptions {

  private final Map<String, Exemption> holding;
  private final List<String> problems;

  private Exemptions(Map<String, Exemption> holding, List<String> problems) {
    this.holding = holding;
    this.problems = problems;
  }

  static Exemptions of(List<Exemption> given, Manifest manifest, Instant started) {
    LocalDate today = LocalDate.ofInstant(started, ZoneOffset.UTC);
    LocalDate furthest = today.plusDays(Exemption.LONGEST_DAYS);
    Map<String, Exemption> holding = new HashMap<>();
    List<String> problems = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Exemption exemption : given) {
      String rule = exemption.rule();
      if (manifest.find(rule).isEmpty()) {
        problems.add("there is an exemption of " + rule + ", which is not in the manifest");
      } else if (!seen.add(rule)) {
        problems.add("there are two exemptions of " + rule);
      } else if (exemption.expires().isBefore(today)) {
        problems.add("the exemption of " + rule + " expired on " + exemption.expires());
      } else if (exemption.expires().isAfter(furthest)) {
        problems.add(
            "the exemption of "
                + rule
                + " holds until "
                + exemption.expires()
                + ", more than "
                + Exemption.LONGEST_DAYS
                + " days ahead");
      } else {
        holding.put(rule, exemption);
      }
    }
    return new Exemptions(holding, problems);
  }

  List<String> problems() {
    return problems;
  }

  /** The result with the exemption that covers it, if there is one. */
  RuleResult applyTo(RuleResult result) {
    Exemption exemption = holding.get(result.id());
    return exemption == null || result.verdict() != Verdict.FAIL
        ? result
        : new RuleResult(
            result.id(),
            result.title(),
            result.verdict(),
            result.millis(),
            result.message(),
            exemption);
  }

  /** What is wrong where a rule turned out to need no exemption. */
  Optional<String> unneeded(RuleResult result) {
    boolean heldAnyway =
        result.verdict() == Verdict.PASS || result.verdict() == Verdict.DECLARED_ABSENT;
    return heldAnyway && holding.containsKey(result.id())
        ? Optional.of(result.id() + " is exempted, but it holds: remove the exemption")
        : Optional.empty();
  }
}
