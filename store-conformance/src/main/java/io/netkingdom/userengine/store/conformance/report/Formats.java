package io.netkingdom.userengine.store.conformance.report;

import io.netkingdom.userengine.store.conformance.Ledger;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** How pages write what is the same on all of them. */
final class Formats {

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  private Formats() {}

  /** Such as {@code 12 ms}, {@code 20.3 s} and {@code 2 min 5 s}, on one line. */
  static String duration(long millis) {
    if (millis < 1000) {
      return millis + "\u00a0ms";
    }
    if (millis < 60_000) {
      return BigDecimal.valueOf(millis, 3).setScale(1, RoundingMode.DOWN).toPlainString()
          + "\u00a0s";
    }
    long seconds = millis / 1000;
    return seconds / 60 + "\u00a0min\u00a0" + seconds % 60 + "\u00a0s";
  }

  static String count(long number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }

  /** To the minute, and exactly for machines. */
  static void time(Html html, Instant time) {
    html.element("time", MINUTE.format(time), "datetime", time.toString());
  }

  /** The verdict on the whole, in words, with a sign, and in a colour. */
  static void verdict(Html html, Ledger ledger) {
    Mark mark = Mark.PASS;
    if (!ledger.conformant()) {
      mark = Mark.FAIL;
    } else if (!ledger.exempted().isEmpty()) {
      mark = Mark.EXEMPTED;
    }
    mark.writeTo(html, ledger.verdict());
  }
}
