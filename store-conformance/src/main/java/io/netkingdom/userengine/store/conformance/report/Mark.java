package io.netkingdom.userengine.store.conformance.report;

import io.netkingdom.userengine.store.conformance.RuleResult;
import java.util.Locale;

/** How a page shows a result: in words, with a sign, and in a colour. Worst first. */
enum Mark {
  FAIL("\u2717", "FAIL"),
  NOT_RUN("?", "NOT-RUN"),
  EXEMPTED("!", "FAIL, exempted"),
  ABSENT("\u2013", "DECLARED-ABSENT"),
  PASS("\u2713", "PASS");

  private final String sign;
  private final String words;

  Mark(String sign, String words) {
    this.sign = sign;
    this.words = words;
  }

  static Mark of(RuleResult result) {
    return switch (result.verdict()) {
      case PASS -> PASS;
      case FAIL -> result.exemption().isPresent() ? EXEMPTED : FAIL;
      case DECLARED_ABSENT -> ABSENT;
      case NOT_RUN -> NOT_RUN;
    };
  }

  String words() {
    return words;
  }

  /** Whether there is something to look at. */
  boolean isNoteworthy() {
    return this == FAIL || this == NOT_RUN || this == EXEMPTED;
  }

  void writeTo(Html html) {
    writeTo(html, words);
  }

  /** With other words; the sign is not read aloud, since the words say the same. */
  void writeTo(Html html, String otherWords) {
    html.open("span", "class", "mark " + name().toLowerCase(Locale.ROOT).replace('_', '-'));
    html.element("span", sign, "aria-hidden", "true").text(" " + otherWords).close("span");
  }
}
