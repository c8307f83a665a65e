package io.netkingdom.userengine.store.internal;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Collections that callers hand over: where one is null, or holds null, the error names it. */
public final class Arguments {

  private Arguments() {}

  /**
   * An immutable copy.
   *
   * @param name the name of the argument
   * @throws NullPointerException naming it, if it is null or contains null
   */
  public static <T> List<T> copy(String name, List<? extends T> values) {
    Objects.requireNonNull(values, name);
    for (T value : values) {
      Objects.requireNonNull(value, () -> name + " contains null");
    }
    return List.copyOf(values);
  }

  /**
   * Refuses null.
   *
   * @param name the name of the argument
   * @throws NullPointerException naming it, if it is null or contains null
   */
  public static void requireNoNull(String name, Map<?, ?> values) {
    Objects.requireNonNull(values, name);
    values.forEach(
        (key, value) -> {
          Objects.requireNonNull(key, () -> name + " contains null");
          Objects.requireNonNull(value, () -> name + " contains null");
        });
  }
}
