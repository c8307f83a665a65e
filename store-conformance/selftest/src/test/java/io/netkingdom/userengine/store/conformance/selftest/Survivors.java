package io.netkingdom.userengine.store.conformance.selftest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The mutants that may survive, each with the reason.
 *
 * @param reasons by the mutant's name
 */
record Survivors(Map<String, String> reasons) {

  /**
   * Reads a list: the names of mutants, each on a line of its own, and indented below them why no
   * rule can notice them. What begins with # is a comment.
   *
   * @throws IllegalArgumentException naming a line that is out of place, or a mutant that is there
   *     twice or without a reason
   */
  static Survivors parse(String text) {
    Map<String, String> reasons = new LinkedHashMap<>();
    List<String> mutants = new ArrayList<>();
    boolean reasoned = false;
    for (String line : text.lines().toList()) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      boolean reason = line.startsWith(" ");
      if (!reason) {
        if (reasoned) {
          mutants.clear();
        }
        mutants.add(line.strip());
        if (reasons.put(line.strip(), "") != null) {
          throw new IllegalArgumentException("twice in the list: " + line.strip());
        }
      } else if (mutants.isEmpty()) {
        throw new IllegalArgumentException("a reason of no mutant: " + line.strip());
      }
      reasoned = reason;
      if (reason) {
        mutants.forEach(
            mutant ->
                reasons.merge(mutant, line.strip(), (said, more) -> (said + " " + more).strip()));
      }
    }
    reasons.forEach(
        (name, reason) -> {
          if (reason.isEmpty()) {
            throw new IllegalArgumentException("without a reason: " + name);
          }
        });
    return new Survivors(reasons);
  }

  /** What is wrong: survivors without a reason, reasons without a survivor, undecided mutants. */
  List<String> problems(List<Mutant> mutants) {
    List<String> problems = new ArrayList<>();
    Map<String, String> unused = new TreeMap<>(reasons);
    for (Mutant mutant : mutants) {
      boolean explained = unused.remove(mutant.name()) != null;
      switch (mutant.fate()) {
        case SURVIVED -> {
          if (!explained) {
            problems.add("no rule notices, and nothing explains: " + mutant.name());
          }
        }
        case KILLED -> {
          if (explained) {
            problems.add("explained, but a rule notices it: " + mutant.name());
          }
        }
        case TIMED_OUT -> {
          // Noticed; but on a slow machine an equivalent mutant may be, too.
        }
        case UNDECIDED -> problems.add("its run broke down: " + mutant.name());
      }
    }
    unused
        .keySet()
        .forEach(name -> problems.add("explained, but there is no such mutant: " + name));
    return problems;
  }
}
