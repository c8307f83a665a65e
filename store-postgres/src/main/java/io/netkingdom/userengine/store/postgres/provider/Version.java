package io.netkingdom.userengine.store.postgres.provider;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A driver's version, as far as it is compared: three numbers, and nothing of what follows them.
 */
record Version(int major, int minor, int patch) {

  private static final Pattern FORM = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})\\b.*");

  /** The version that a text begins with; null if it begins with none. */
  static @Nullable Version of(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches()
        ? new Version(
            Integer.parseInt(form.group(1)),
            Integer.parseInt(form.group(2)),
            Integer.parseInt(form.group(3)))
        : null;
  }

  boolean isBefore(Version other) {
    return Arrays.compare(
            new int[] {major, minor, patch}, new int[] {other.major, other.minor, other.patch})
        < 0;
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}
