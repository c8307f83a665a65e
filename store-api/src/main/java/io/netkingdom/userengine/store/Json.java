package io.netkingdom.userengine.store;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import io.netkingdom.userengine.store.internal.Arguments;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value (RFC 8259). Immutable and valid: what exists, every adapter stores and gives back
 * equal.
 *
 * <p>Two values are equal when they are equal as JSON: the order of keys is not significant, and
 * numbers compare by value, so that {@code 1.10} equals {@code 1.1}. A value keeps all its digits
 * and the order of its keys nevertheless.
 *
 * <p>Not every text that RFC 8259 allows is accepted. Keys that occur twice, NUL and lone
 * surrogates are refused, since engines disagree about them, and so is what exceeds {@link
 * Limits#JSON_BYTES}, {@link Limits#JSON_DEPTH} or {@link Limits#JSON_NUMBER_DIGITS}. The same
 * limits hold for a value that is built and for one that is parsed.
 */
public sealed interface Json {

  /**
   * The value that a text holds.
   *
   * @throws StoreException.InvalidInput naming {@code json}, if the text is not JSON or exceeds a
   *     limit
   */
  static Json parse(String text) {
    return parse("json", text);
  }

  /**
   * The value that a text holds. White space counts little: the limit is that of the value, but a
   * text longer than twice {@link Limits#JSON_BYTES} is refused unread.
   *
   * @param field the field to name in an error
   * @throws StoreException.InvalidInput if the text is not JSON or exceeds a limit
   */
  static Json parse(String field, String text) {
    Objects.requireNonNull(field, "field");
    Objects.requireNonNull(text, "text");
    return JsonText.parse(field, text);
  }

  /**
   * An object of keys and values by turns: {@code Json.object("userName", "ada", "active", true)}.
   *
   * @param keysAndValues a String, then what {@link #of} takes, and so on
   * @throws StoreException.InvalidInput naming {@code json}, if a key is not a String, occurs twice
   *     or has no value, or a value is not acceptable
   */
  static JsonObject object(@Nullable Object... keysAndValues) {
    Objects.requireNonNull(keysAndValues, "keysAndValues");
    if (keysAndValues.length % 2 != 0) {
      throw JsonText.invalid("has a key without a value");
    }
    Map<String, Json> members = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      if (!(keysAndValues[i] instanceof String key)) {
        throw JsonText.invalid("has a key that is not a String");
      }
      JsonText.putOnce(members, key, of(keysAndValues[i + 1]));
    }
    return new JsonObject(members);
  }

  /**
   * An array of what {@link #of} takes.
   *
   * @throws StoreException.InvalidInput naming {@code json}, if a value is not acceptable
   */
  static JsonArray array(@Nullable Object... elements) {
    Objects.requireNonNull(elements, "elements");
    List<Json> values = new ArrayList<>(elements.length);
    for (Object element : elements) {
      values.add(of(element));
    }
    return new JsonArray(values);
  }

  /**
   * The JSON value of a Java value.
   *
   * @param value null, a Json, a String, a Boolean, an Integer, a Long, a finite Double, a
   *     BigInteger or a BigDecimal
   * @throws StoreException.InvalidInput naming {@code json}, if it is of another type or exceeds a
   *     limit
   */
  static Json of(@Nullable Object value) {
    if (value == null) {
      return JsonNull.NULL;
    } else if (value instanceof Json json) {
      return json;
    } else if (value instanceof String string) {
      return new JsonString(string);
    } else if (value instanceof Boolean bool) {
      return new JsonBoolean(bool);
    } else if (value instanceof Integer || value instanceof Long) {
      return new JsonNumber(BigDecimal.valueOf(((Number) value).longValue()));
    } else if (value instanceof Double number && Double.isFinite(number)) {
      return new JsonNumber(BigDecimal.valueOf(number));
    } else if (value instanceof BigInteger number) {
      return new JsonNumber(new BigDecimal(number));
    } else if (value instanceof BigDecimal number) {
      return new JsonNumber(number);
    }
    throw JsonText.invalid("has a value that JSON cannot express");
  }

  /** The value as compact JSON text: no white space, numbers without an exponent. */
  @Override
  @JsonValue
  @JsonRawValue
  String toString();

  /** A JSON object. */
  final class JsonObject implements Json {

    private static final JsonObject EMPTY = new JsonObject(Map.of());

    private final Map<String, Json> members;
    private final int bytes;
    private final int depth;

    /**
     * @throws StoreException.InvalidInput naming {@code json}, if a key is not valid text or the
     *     object exceeds a limit
     */
    public JsonObject(Map<String, Json> members) {
      Arguments.requireNoNull("members", members);
      this.members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
      JsonText.Measure measure = new JsonText.Measure();
      this.members.forEach(measure::addMember);
      this.bytes = measure.bytes();
      this.depth = measure.depth();
    }

    /** The values by key, in the order given; cannot be changed. */
    public Map<String, Json> members() {
      return members;
    }

    /**
     * This object as a merge patch changes it (RFC 7396): an object in the patch is merged into the
     * object of that key, or into an empty one; null removes the key; anything else, arrays
     * included, replaces the value. What the patch does not name stays, nulls included. Merging the
     * same patch again changes nothing.
     *
     * <p>Keys keep their places, and new ones come last.
     *
     * @throws StoreException.InvalidInput naming {@code json}, if the result exceeds a limit
     */
    public JsonObject merge(JsonObject patch) {
      Objects.requireNonNull(patch, "patch");
      Map<String, Json> merged = new LinkedHashMap<>(members);
      for (Map.Entry<String, Json> change : patch.members.entrySet()) {
        String key = change.getKey();
        if (change.getValue() == JsonNull.NULL) {
          merged.remove(key);
        } else if (change.getValue() instanceof JsonObject inner) {
          JsonObject target = merged.get(key) instanceof JsonObject object ? object : EMPTY;
          merged.put(key, target.merge(inner)); // as deep as JSON_DEPTH at most
        } else {
          merged.put(key, change.getValue());
        }
      }
      return new JsonObject(merged);
    }

    int bytes() {
      return bytes;
    }

    int depth() {
      return depth;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof JsonObject that && members.equals(that.members);
    }

    @Override
    public int hashCode() {
      return members.hashCode();
    }

    /** The object as compact JSON text. */
    @Override
    public String toString() {
      return JsonText.write(this);
    }
  }

  /** A JSON array. */
  final class JsonArray implements Json {

    private final List<Json> elements;
    private final int bytes;
    private final int depth;

    /**
     * @throws StoreException.InvalidInput naming {@code json}, if the array exceeds a limit
     */
    public JsonArray(List<? extends Json> elements) {
      this.elements = Arguments.copy("elements", elements);
      JsonText.Measure measure = new JsonText.Measure();
      this.elements.forEach(measure::addElement);
      this.bytes = measure.bytes();
      this.depth = measure.depth();
    }

    /** The values in order; cannot be changed. */
    public List<Json> elements() {
      return elements;
    }

    int bytes() {
      return bytes;
    }

    int depth() {
      return depth;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof JsonArray that && elements.equals(that.elements);
    }

    @Override
    public int hashCode() {
      return elements.hashCode();
    }

    /** The array as compact JSON text. */
    @Override
    public String toString() {
      return JsonText.write(this);
    }
  }

  /**
   * A JSON string.
   *
   * @param value the text, without quotes and escapes
   */
  record JsonString(String value) implements Json {

    /**
     * @throws StoreException.InvalidInput naming {@code json}, if the text is not valid or exceeds
     *     a limit
     */
    public JsonString {
      Objects.requireNonNull(value, "value");
      JsonText.checkString(value);
    }

    /** The string as JSON text. */
    @Override
    public String toString() {
      return JsonText.write(this);
    }
  }

  /**
   * A JSON number, compared by value.
   *
   * @param value the number with all its digits, its scale never negative
   */
  record JsonNumber(BigDecimal value) implements Json {

    /**
     * @throws StoreException.InvalidInput naming {@code json}, if the number has more than {@link
     *     Limits#JSON_NUMBER_DIGITS} digits before or after the point
     */
    public JsonNumber {
      Objects.requireNonNull(value, "value");
      value = JsonText.checkNumber(value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof JsonNumber that && value.compareTo(that.value) == 0;
    }

    @Override
    public int hashCode() {
      return value.stripTrailingZeros().hashCode();
    }

    /** The number as JSON text, without an exponent. */
    @Override
    public String toString() {
      return value.toPlainString();
    }
  }

  /**
   * True or false.
   *
   * @param value which of them
   */
  record JsonBoolean(boolean value) implements Json {

    /** {@code true} or {@code false}. */
    @Override
    public String toString() {
      return Boolean.toString(value);
    }
  }

  /** JSON's null, which is a value like any other. */
  enum JsonNull implements Json {
    /** The one null. */
    NULL;

    /** {@code null}. */
    @Override
    public String toString() {
      return "null";
    }
  }
}
