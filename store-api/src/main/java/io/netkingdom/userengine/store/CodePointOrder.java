package io.netkingdom.userengine.store;

import java.util.Comparator;
import java.util.Objects;

/**
 * Strings in the order of their Unicode code points, which is that of their UTF-8 bytes and so of
 * PostgreSQL's collation "C". {@link String#compareTo} differs: it compares UTF-16 code units, and
 * puts U+1F600 before U+FF21.
 */
public enum CodePointOrder implements Comparator<String> {
  /** The order. */
  INSTANCE;

  @Override
  public int compare(String left, String right) {
    Objects.requireNonNull(left, "left");
    Objects.requireNonNull(right, "right");
    int shared = Math.min(left.length(), right.length());
    for (int i = 0; i < shared; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        // A surrogate is part of a code point above all those that are one unit. In well-formed
        // text with the same beginning, two surrogates are of one kind and compare as their points
        // do.
        boolean aAbove = Character.isSurrogate(a);
        boolean bAbove = Character.isSurrogate(b);
        return aAbove == bAbove ? Character.compare(a, b) : Boolean.compare(aAbove, bAbove);
      }
    }
    return Integer.compare(left.length(), right.length());
  }
}
