package io.netkingdom.userengine.store.conformance.report;

/**
 * Makes visible what a page or an XML document must not hold, or what would hide or turn around the
 * text beside it: such a character is shown as {@code \}{@code u202e}.
 */
final class Visible {

  private Visible() {}

  /** The text, of which line feeds and tabs are kept. */
  static String text(String text) {
    StringBuilder visible = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (isFit(c)) {
                visible.appendCodePoint(c);
              } else {
                for (char unit : Character.toChars(c)) {
                  visible.append(String.format("\\u%04x", (int) unit));
                }
              }
            });
    return visible.toString();
  }

  /** The text on one line. */
  static String line(String text) {
    return text(text).replace("\n", "\\u000a").replace("\t", "\\u0009");
  }

  private static boolean isFit(int c) {
    // The last two code points of each plane are no characters; XML 1.0 excludes those of the
    // first.
    return c == '\n' || c == '\t' || ((c & 0xFFFE) != 0xFFFE && !isHidden(c));
  }

  private static boolean isHidden(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          // Half of a character; a whole one has another type.
          Character.SURROGATE ->
          true;
      default -> c >= 0xFDD0 && c <= 0xFDEF;
    };
  }
}
