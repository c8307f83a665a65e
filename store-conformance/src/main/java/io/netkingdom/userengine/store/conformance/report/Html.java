package io.netkingdom.userengine.store.conformance.report;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes HTML. Every text and every value of an attribute is escaped on its way in, so that nobody
 * can forget it; what is not a name of an element or attribute is refused as one.
 */
final class Html {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");
  private static final Set<String> INLINE = Set.of("a", "b", "bdi", "code", "span", "time", "pre");

  private final StringBuilder out = new StringBuilder("<!DOCTYPE html>\n");
  private final Deque<String> open = new ArrayDeque<>();

  /** Begins an element; attributes are names and values in turn. */
  Html open(String tag, String... attributes) {
    start(tag, attributes);
    open.push(tag);
    if (tag.equals("pre")) {
      // A parser drops the first line feed, which may be one of the text.
      out.append('\n');
    }
    return this;
  }

  /** Ends the element that was begun last, which has that name. */
  Html close(String tag) {
    if (open.isEmpty() || !open.pop().equals(tag)) {
      throw new IllegalStateException(tag + " is not what was begun last");
    }
    out.append("</").append(tag).append('>');
    if (!INLINE.contains(tag)) {
      out.append('\n');
    }
    return this;
  }

  /** An element that holds nothing but a text. */
  Html element(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close(tag);
  }

  /** An element that has no end, such as {@code meta}. */
  Html single(String tag, String... attributes) {
    start(tag, attributes);
    out.append('\n');
    return this;
  }

  Html text(String text) {
    out.append(escape(text));
    return this;
  }

  /** The one text that is not escaped: it comes with the kit. */
  Html style(StyleSheet sheet) {
    out.append("<style>\n").append(sheet.text()).append("</style>\n");
    return this;
  }

  /** All that was written. */
  @Override
  public String toString() {
    if (!open.isEmpty()) {
      throw new IllegalStateException(open.peek() + " was not ended");
    }
    return out.toString();
  }

  private void start(String tag, String... attributes) {
    out.append('<').append(name(tag));
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ')
          .append(name(attributes[i]))
          .append("=\"")
          .append(escape(attributes[i + 1]))
          .append('"');
    }
    out.append('>');
  }

  private static String name(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a name of HTML: " + Visible.line(name));
    }
    return name;
  }

  private static String escape(String text) {
    return Visible.text(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
