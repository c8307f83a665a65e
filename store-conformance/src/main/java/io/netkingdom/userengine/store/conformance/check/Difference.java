package io.netkingdom.userengine.store.conformance.check;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where two values differ first, in words of bounded length: the component of a record, the element
 * of a list, what is missing and what is extra. The values themselves travel beside it.
 */
final class Difference {

  /** The most characters that are shown of one value. */
  private static final int LONGEST = 200;

  /** How much of what two long texts share is shown before they part. */
  private static final int CONTEXT = 40;

  private Difference() {}

  /** Such as {@code expected emails[1].primary to be true, but was false}. */
  static String between(@Nullable Object expected, @Nullable Object actual) {
    return between("", expected, actual);
  }

  private static String between(String path, @Nullable Object expected, @Nullable Object actual) {
    if (expected instanceof Record && actual != null && expected.getClass() == actual.getClass()) {
      for (RecordComponent component : expected.getClass().getRecordComponents()) {
        Method accessor = component.getAccessor();
        if (!accessor.trySetAccessible()) {
          break;
        }
        Object wanted = value(accessor, expected);
        Object seen = value(accessor, actual);
        if (!Objects.equals(wanted, seen)) {
          String name = component.getName();
          return between(path.isEmpty() ? name : path + "." + name, wanted, seen);
        }
      }
    }
    if (expected instanceof Optional<?> wanted
        && actual instanceof Optional<?> seen
        && wanted.isPresent()
        && seen.isPresent()) {
      return between(path, wanted.get(), seen.get());
    }
    if (expected instanceof List<?> wanted && actual instanceof List<?> seen) {
      return wanted.size() == seen.size()
          ? firstOf(path, wanted, seen)
          : members(path, wanted, seen);
    }
    if (expected instanceof Map<?, ?> wanted && actual instanceof Map<?, ?> seen) {
      for (Map.Entry<?, ?> entry : wanted.entrySet()) {
        Object other = seen.get(entry.getKey());
        if (seen.containsKey(entry.getKey()) && !Objects.equals(entry.getValue(), other)) {
          return between(path + "[" + excerpt(entry.getKey()) + "]", entry.getValue(), other);
        }
      }
      return members(path, wanted.entrySet(), seen.entrySet());
    }
    if (expected instanceof Collection<?> wanted && actual instanceof Collection<?> seen) {
      return members(path, wanted, seen);
    }
    return values(path, expected, actual);
  }

  private static @Nullable Object value(Method accessor, Object record) {
    try {
      return accessor.invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a component of a record cannot be read", e);
    }
  }

  /** The first element that differs, of lists of one size. */
  private static String firstOf(String path, List<?> expected, List<?> actual) {
    for (int i = 0; i < expected.size(); i++) {
      if (!Objects.equals(expected.get(i), actual.get(i))) {
        String order =
            without(expected, actual).isEmpty() ? "; the elements are in another order" : "";
        return between(path + "[" + i + "]", expected.get(i), actual.get(i)) + order;
      }
    }
    return values(path, expected, actual);
  }

  /** What is there too little and too much. */
  private static String members(String path, Collection<?> expected, Collection<?> actual) {
    return "expected "
        + (path.isEmpty() ? "" : path + " to have ")
        + expected.size()
        + " elements, but there were "
        + actual.size()
        + some(", missing ", expected, actual)
        + some(", unexpected ", actual, expected);
  }

  private static String some(String which, Collection<?> all, Collection<?> others) {
    List<Object> rest = without(all, others);
    if (rest.isEmpty()) {
      return "";
    }
    Object first = rest.get(0);
    String index = all instanceof List<?> list ? "[" + list.indexOf(first) + "] " : "";
    String more = rest.size() == 1 ? "" : " and " + (rest.size() - 1) + " more";
    return which + index + excerpt(first) + more;
  }

  private static List<Object> without(Collection<?> all, Collection<?> others) {
    List<Object> rest = new ArrayList<>(all);
    others.forEach(rest::remove);
    return rest;
  }

  private static String values(String path, @Nullable Object expected, @Nullable Object actual) {
    String wanted = text(expected);
    String seen = text(actual);
    boolean alike = wanted.equals(seen);
    int from = 0;
    if (Math.max(wanted.length(), seen.length()) > LONGEST && !alike) {
      int shared = 0;
      while (shared < Math.min(wanted.length(), seen.length())
          && wanted.charAt(shared) == seen.charAt(shared)) {
        shared++;
      }
      from = Math.max(0, shared - CONTEXT);
    }
    return "expected "
        + (path.isEmpty() ? "" : path + " to be ")
        + excerpt(expected, from)
        + (alike ? typeOf(expected) : "")
        + ", but was "
        + excerpt(actual, from)
        + (alike ? typeOf(actual) : "");
  }

  private static String typeOf(@Nullable Object value) {
    return value == null ? "" : " (" + value.getClass().getName() + ")";
  }

  /** The beginning of a value's text. */
  static String excerpt(@Nullable Object value) {
    return excerpt(value, 0);
  }

  /** Of an exception only what reports may show. */
  private static String text(@Nullable Object value) {
    return value instanceof Throwable thrown ? Messages.describe(thrown) : String.valueOf(value);
  }

  /** A part of a value's text, and how long it is if that is not all. */
  private static String excerpt(@Nullable Object value, int from) {
    String text = text(value);
    int end = Math.min(text.length(), from + LONGEST);
    if (from == 0 && end == text.length()) {
      return text;
    }
    return (from > 0 ? "..." : "")
        + text.substring(Math.min(from, end), end)
        + (end < text.length() ? "..." : "")
        + " ("
        + text.length()
        + " characters)";
  }
}
