package io.netkingdom.userengine.store.conformance.report;

import io.netkingdom.userengine.store.conformance.Ledger;
import io.netkingdom.userengine.store.conformance.Manifest;
import io.netkingdom.userengine.store.conformance.RuleResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Rules that are broken for one cause are told of once. */
public final class FailureGroups {

  /** A line of a check, which is another for each rule. */
  private static final Pattern LINE_OF_THE_KIT =
      Pattern.compile(
          "\n  at "
              + Pattern.quote(Manifest.class.getPackageName())
              + "\\.[a-z][a-z.]*\\.[A-Z][^\n]*");

  private FailureGroups() {}

  /** What two results have in common that are broken for one cause: all but the check's lines. */
  public static String causeOf(RuleResult result) {
    return result.verdict().label()
        + ": "
        + LINE_OF_THE_KIT.matcher(result.message()).replaceAll("");
  }

  /** The rules that keep an adapter from being conformant, as texts of one or more lines. */
  public static List<String> describe(Ledger ledger) {
    Map<String, List<RuleResult>> groups =
        ledger.broken().stream()
            .collect(
                Collectors.groupingBy(
                    FailureGroups::causeOf, LinkedHashMap::new, Collectors.toList()));
    List<String> order = ledger.rules().stream().map(RuleResult::id).toList();
    return groups.entrySet().stream()
        .map(
            group ->
                group.getValue().size() == 1
                    ? group.getValue().get(0).toString()
                    : describe(group.getKey(), group.getValue(), order))
        .toList();
  }

  private static String describe(String cause, List<RuleResult> rules, List<String> order) {
    return rules.size()
        + " rules for one cause, "
        + ranges(rules.stream().map(RuleResult::id).toList(), order)
        + "\n    "
        + cause.replace("\n", "\n    ");
  }

  /** Such as {@code USR-01 to USR-15, TXN-04}: rules that follow on each other are told as one. */
  private static String ranges(List<String> ids, List<String> order) {
    List<String> ranges = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      int last = i;
      while (last + 1 < ids.size()
          && order.indexOf(ids.get(last + 1)) == order.indexOf(ids.get(last)) + 1) {
        last++;
      }
      ranges.add(i == last ? ids.get(i) : ids.get(i) + " to " + ids.get(last));
      i = last;
    }
    return String.join(", ", ranges);
  }
}
