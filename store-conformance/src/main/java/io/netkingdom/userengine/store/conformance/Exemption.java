package io.netkingdom.userengine.store.conformance;

import java.net.URI;
import java.time.LocalDate;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A dated exception to one rule: an adapter is known to break it, somebody works on it, and until
 * then the rest of the plan may pass. The rule is still run, and its verdict is still {@link
 * Verdict#FAIL}; it only does not keep the adapter from being conformant. Only a failure can be
 * exempted, never a rule that was not run.
 *
 * <p>A run is not conformant if an exemption is of an unknown rule, has expired, ends more than
 * {@value #LONGEST_DAYS} days ahead, or is of a rule that turns out to hold.
 *
 * @param rule the rule's id, such as {@code TXN-04}
 * @param reason why the rule is broken, in one line of 1 to 500 characters; shown in reports
 * @param issue where the work on it can be followed; an absolute {@code http} or {@code https} URI
 *     without user information
 * @param expires the last day, in UTC, on which the exemption holds
 */
public record Exemption(String rule, String reason, URI issue, LocalDate expires) {

  /** The furthest that an exemption may reach ahead, in days. */
  public static final int LONGEST_DAYS = 366;

  private static final int LONGEST_REASON = 500;

  private static final Pattern RULE = Pattern.compile("[A-Z]{3}-[0-9]{2}");

  /**
   * Refuses what is not described above.
   *
   * @throws IllegalArgumentException naming the component and what is wrong with it
   */
  public Exemption {
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(issue, "issue");
    Objects.requireNonNull(expires, "expires");
    require(RULE.matcher(rule).matches(), "the rule of an exemption is an id such as TXN-04");
    require(
        !reason.isBlank()
            && reason.length() <= LONGEST_REASON
            && reason.chars().noneMatch(Character::isISOControl),
        "the reason of an exemption is one line of 1 to " + LONGEST_REASON + " characters");
    require(
        ("https".equals(issue.getScheme()) || "http".equals(issue.getScheme()))
            && issue.getHost() != null
            && issue.getUserInfo() == null,
        "the issue of an exemption is an absolute http or https URI without user information");
  }

  /** As reports show it. */
  @Override
  public String toString() {
    return "exempted until " + expires + ": " + reason + " (" + issue + ")";
  }

  private static void require(boolean holds, String sentence) {
    if (!holds) {
      throw new IllegalArgumentException(sentence);
    }
  }
}
