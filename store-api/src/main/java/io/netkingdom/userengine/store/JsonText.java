package io.netkingdom.userengine.store;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.netkingdom.userengine.store.Json.JsonArray;
import io.netkingdom.userengine.store.Json.JsonBoolean;
import io.netkingdom.userengine.store.Json.JsonNull;
import io.netkingdom.userengine.store.Json.JsonNumber;
import io.netkingdom.userengine.store.Json.JsonObject;
import io.netkingdom.userengine.store.Json.JsonString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON values to and from text, and their limits. */
final class JsonText {

  /**
   * The parser's own limits are out of the way of ours, which come with messages of their own.
   * Names are not interned: they are the caller's, and as many as the caller likes.
   */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  /** Longer numbers are refused before their digits are looked at: sign, point and exponent. */
  private static final int NUMBER_LENGTH = 2 * Limits.JSON_NUMBER_DIGITS + 20;

  private JsonText() {}

  static Json parse(String field, String text) {
    try {
      if (text.length() > 2 * Limits.JSON_BYTES) {
        throw tooLong();
      }
      return parse(text);
    } catch (StoreException.InvalidInput e) {
      throw new StoreException.InvalidInput(field, e.reason());
    }
  }

  private static Json parse(String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() == null) {
        throw invalid("is empty");
      }
      Json value = read(parser, 0);
      if (parser.nextToken() != null) {
        throw invalid("has something after its end");
      }
      return value;
    } catch (JacksonException e) {
      // The parser's message repeats the text; the place is all that may be told.
      JsonLocation place = e.getLocation();
      throw invalid(
          place == null
              ? "is not JSON"
              : "is not JSON: line " + place.getLineNr() + ", column " + place.getColumnNr());
    } catch (IOException e) {
      throw new UncheckedIOException("a String was read", e);
    }
  }

  /** The value that begins at the parser's token; above it are as many containers as depth says. */
  private static Json read(JsonParser parser, int depth) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> readObject(parser, deeper(depth));
      case START_ARRAY -> readArray(parser, deeper(depth));
      case VALUE_STRING -> new JsonString(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(number(parser.getText()));
      case VALUE_TRUE -> new JsonBoolean(true);
      case VALUE_FALSE -> new JsonBoolean(false);
      case VALUE_NULL -> JsonNull.NULL;
      default -> throw invalid("is not JSON");
    };
  }

  private static JsonObject readObject(JsonParser parser, int depth) throws IOException {
    Map<String, Json> members = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      parser.nextToken();
      putOnce(members, key, read(parser, depth));
    }
    return new JsonObject(members);
  }

  private static JsonArray readArray(JsonParser parser, int depth) throws IOException {
    List<Json> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(read(parser, depth));
    }
    return new JsonArray(elements);
  }

  private static BigDecimal number(String text) {
    if (text.length() > NUMBER_LENGTH) {
      throw numberOutOfRange();
    }
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw numberOutOfRange(); // The grammar was checked: only an exponent can be too large here.
    }
  }

  static void putOnce(Map<String, Json> members, String key, Json value) {
    if (members.put(key, value) != null) {
      throw invalid("has a key twice");
    }
  }

  static void checkString(String value) {
    Text.of("json", value, Limits.JSON_BYTES);
    checkBytes(quotedBytes(value));
  }

  /** The same number with a scale that is not negative; exponents are checked, then expanded. */
  static BigDecimal checkNumber(BigDecimal value) {
    // Four bits and more for each digit: tells a giant without counting its digits.
    if (value.unscaledValue().bitLength() > 4 * 2 * Limits.JSON_NUMBER_DIGITS
        || value.scale() > Limits.JSON_NUMBER_DIGITS
        || (long) value.precision() - value.scale() > Limits.JSON_NUMBER_DIGITS) {
      throw numberOutOfRange();
    }
    return value.scale() < 0 ? value.setScale(0) : value;
  }

  static String write(Json value) {
    StringBuilder out = new StringBuilder();
    write(out, value);
    return out.toString();
  }

  private static void write(StringBuilder out, Json value) {
    if (value instanceof JsonObject object) {
      char separator = '{';
      for (Map.Entry<String, Json> member : object.members().entrySet()) {
        quote(out.append(separator), member.getKey());
        write(out.append(':'), member.getValue());
        separator = ',';
      }
      out.append(object.members().isEmpty() ? "{}" : "}");
    } else if (value instanceof JsonArray array) {
      char separator = '[';
      for (Json element : array.elements()) {
        write(out.append(separator), element);
        separator = ',';
      }
      out.append(array.elements().isEmpty() ? "[]" : "]");
    } else if (value instanceof JsonString string) {
      quote(out, string.value());
    } else {
      out.append(value);
    }
  }

  /** RFC 8259, section 7: only what must be escaped is. */
  private static void quote(StringBuilder out, String value) {
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20) {
            out.append("\\u00").append(Character.forDigit(c >> 4, 16));
            out.append(Character.forDigit(c & 0xF, 16));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  /** How many bytes of UTF-8 {@link #quote} writes. */
  private static long quotedBytes(String value) {
    long bytes = 2;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < 0x20) {
        bytes += c == '\b' || c == '\f' || c == '\n' || c == '\r' || c == '\t' ? 2 : 6;
      } else if (c < 0x80) {
        bytes += c == '"' || c == '\\' ? 2 : 1;
      } else if (c < 0x800 || Character.isSurrogate(c)) {
        bytes += 2; // A surrogate is half of four bytes.
      } else {
        bytes += 3;
      }
    }
    return bytes;
  }

  private static int deeper(int depth) {
    if (depth >= Limits.JSON_DEPTH) {
      throw invalid("is nested more than " + Limits.JSON_DEPTH + " deep");
    }
    return depth + 1;
  }

  private static int checkBytes(long bytes) {
    if (bytes > Limits.JSON_BYTES) {
      throw tooLong();
    }
    return (int) bytes;
  }

  static StoreException.InvalidInput invalid(String reason) {
    return new StoreException.InvalidInput("json", reason);
  }

  private static StoreException.InvalidInput tooLong() {
    return invalid("is longer than " + Limits.JSON_BYTES + " bytes of UTF-8");
  }

  private static StoreException.InvalidInput numberOutOfRange() {
    return invalid(
        "has a number of more than "
            + Limits.JSON_NUMBER_DIGITS
            + " digits before or after the point");
  }

  /** Adds up the size of a container as it is filled; refuses what exceeds a limit. */
  static final class Measure {

    private int count;
    private long bytes = 2; // the brackets
    private int depth = 1;

    void addMember(String key, Json value) {
      Text.of("json", key, Limits.JSON_BYTES);
      bytes += quotedBytes(key) + 1;
      addElement(value);
    }

    void addElement(Json value) {
      bytes += count++ > 0 ? 1 : 0;
      if (value instanceof JsonObject object) {
        bytes += object.bytes();
        depth = Math.max(depth, deeper(object.depth()));
      } else if (value instanceof JsonArray array) {
        bytes += array.bytes();
        depth = Math.max(depth, deeper(array.depth()));
      } else if (value instanceof JsonString string) {
        bytes += quotedBytes(string.value());
      } else {
        bytes += value.toString().length();
      }
      checkBytes(bytes);
    }

    int bytes() {
      return checkBytes(bytes);
    }

    int depth() {
      return depth;
    }
  }
}
