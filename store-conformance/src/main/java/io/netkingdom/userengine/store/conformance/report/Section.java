package io.netkingdom.userengine.store.conformance.report;

import io.netkingdom.userengine.store.conformance.RuleResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A part of the contract: the rules whose ids begin with the same letters. */
final class Section {

  /** As the headings of docs/contract.md have them. */
  static final Map<String, String> TITLES =
      Map.ofEntries(
          Map.entry("USR", "Users"),
          Map.entry("KEY", "Canonical keys"),
          Map.entry("UPS", "Upsert"),
          Map.entry("SGN", "Sign-in"),
          Map.entry("BLK", "Bulk"),
          Map.entry("IDN", "Federated identities"),
          Map.entry("GRP", "Groups"),
          Map.entry("PRF", "Profiles"),
          Map.entry("AUD", "Audit"),
          Map.entry("OBX", "Outbox"),
          Map.entry("TXN", "Transactions"),
          Map.entry("ISO", "Isolation and concurrency"),
          Map.entry("PAG", "Listing"),
          Map.entry("TXT", "Text and time"),
          Map.entry("DEL", "Deletion"),
          Map.entry("CNT", "Record counts"),
          Map.entry("ERR", "Errors"),
          Map.entry("LIF", "Lifecycle"),
          Map.entry("MOD", "Model"),
          Map.entry("MIG", "Readiness and bootstrap"));

  private Section() {}

  /** The letters that a rule's id begins with. */
  static String of(String rule) {
    return rule.split("-", 2)[0];
  }

  /** The letters, and what they stand for. */
  static String name(String section) {
    String title = TITLES.get(section);
    return title == null ? section : section + " " + title;
  }

  /** The results of each section, in their order. */
  static Map<String, List<RuleResult>> group(Collection<RuleResult> rules) {
    return rules.stream()
        .collect(
            Collectors.groupingBy(
                rule -> of(rule.id()),
                LinkedHashMap::new,
                Collectors.toCollection(ArrayList::new)));
  }

  /** How many results there are of each kind, the worst first, such as {@code 1 FAIL, 3 PASS}. */
  static String totals(Collection<RuleResult> rules) {
    Map<Mark, Long> totals =
        rules.stream().collect(Collectors.groupingBy(Mark::of, Collectors.counting()));
    return totals.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(total -> total.getValue() + "\u00a0" + total.getKey().words())
        .collect(Collectors.joining(" \u00b7 "));
  }
}
