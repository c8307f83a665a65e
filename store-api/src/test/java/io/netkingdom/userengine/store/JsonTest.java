package io.netkingdom.userengine.store;

import static io.netkingdom.userengine.store.Inputs.refuses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.Json.JsonArray;
import io.netkingdom.userengine.store.Json.JsonNull;
import io.netkingdom.userengine.store.Json.JsonNumber;
import io.netkingdom.userengine.store.Json.JsonObject;
import io.netkingdom.userengine.store.Json.JsonString;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PRF-5 and PRF-6: equality of JSON values, and what is refused. */
class JsonTest {

  private static final int DIGITS = Limits.JSON_NUMBER_DIGITS;
  private static final String DIGITS_REASON =
      "has a number of more than 400 digits before or after the point";

  @Test
  void aBuiltValueEqualsItsText() {
    Json built =
        Json.object(
            "userName",
            "ada",
            "active",
            true,
            "manager",
            null,
            "logins",
            Json.array(1, 2L, 0.5, new BigInteger("3"), new BigDecimal("4.50")),
            "address",
            Json.object());
    String text =
        """
        {"userName":"ada","active":true,"manager":null,"logins":[1,2,0.5,3,4.50],"address":{}}\
        """;

    assertEquals(text, built.toString());
    assertEquals(built, Json.parse(text));
  }

  @Test
  void orderOfKeysAndWhiteSpaceAreNotSignificant() {
    Json one = Json.parse("{\"a\":1,\"b\":[true,null]}");
    Json other = Json.parse(" {\n\"b\" : [ true,\tnull ] ,\r\n \"a\" : 1 } ");

    assertEquals(one, other);
    assertEquals(one.hashCode(), other.hashCode());
    assertEquals("{\"b\":[true,null],\"a\":1}", other.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "1.10, 1.1",
    "1e2, 100",
    "1E+2, 100.00",
    "-0, 0",
    "0e5, -0.000",
    "12e-1, 1.2",
    "-1.50e1, -15"
  })
  void numbersCompareByValue(String one, String other) {
    assertEquals(Json.parse(one), Json.parse(other));
    assertEquals(Json.parse(one).hashCode(), Json.parse(other).hashCode());
    assertEquals(Json.parse("{\"n\":[" + one + "]}"), Json.parse("{\"n\":[" + other + "]}"));
  }

  @ParameterizedTest
  @CsvSource({
    "1.10, 1.10",
    "1e2, 100",
    "-0, 0",
    "-0.00, 0.00",
    "1e-7, 0.0000001",
    "1.50E-3, 0.00150",
    "12345678901234567890.123456789012345678901234567890,"
        + "12345678901234567890.123456789012345678901234567890"
  })
  void numbersKeepAllTheirDigits(String text, String written) {
    assertEquals(written, Json.parse(text).toString());
    assertEquals(Json.parse(text), Json.parse(written));
  }

  @Test
  void differentValuesAreNotEqual() {
    List<Json> values =
        List.of(
            JsonNull.NULL,
            Json.of(false),
            Json.of(true),
            Json.of(0),
            Json.of(1),
            Json.of(""),
            Json.of("1"),
            Json.of("true"),
            Json.array(),
            Json.array(1, 2),
            Json.array(2, 1),
            Json.array((Object) null),
            Json.object(),
            Json.object("a", null),
            Json.object("a", 1),
            Json.object("A", 1));
    for (int i = 0; i < values.size(); i++) {
      for (int j = 0; j < values.size(); j++) {
        assertEquals(i == j, values.get(i).equals(values.get(j)), i + " and " + j);
      }
    }
  }

  @Test
  void stringsComeBackAsTheyWere() {
    StringBuilder all = new StringBuilder();
    for (int codePoint = 1; codePoint <= 0x2FF; codePoint++) {
      all.appendCodePoint(codePoint);
    }
    all.append("\u2028\uffff\ufeff").append(Inputs.WIDE);
    Json value = Json.object(all.toString(), all.toString());

    assertEquals(value, Json.parse(value.toString()));
    assertEquals(
        "\"\\\"\\\\\\b\\f\\n\\r\\t\\u001f/é\"", Json.of("\"\\\b\f\n\r\t\u001f/é").toString());
    assertEquals(Json.of("é\ud83d\ude00/"), Json.parse("\"\\u00e9\\ud83d\\ude00\\/\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nul",
        "nulll",
        "[1,]",
        "[1 2]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "'a'",
        "\"a",
        "\"\t\"",
        "\"\\x\"",
        "\"\\u12\"",
        "[",
        "]",
        "{",
        "}",
        "[}",
        "01",
        "+1",
        "1.",
        ".5",
        "-",
        "1e",
        "0x1",
        "NaN",
        "Infinity",
        "-Infinity",
        "//",
        "/**/1",
        "1//",
        "#\n1",
        ",",
        "\ufeff1",
        "\u00a01",
        "\0"
      })
  void whatIsNotJsonIsRefusedWithoutRepeatingIt(String text) {
    StoreException.InvalidInput refusal =
        assertThrows(StoreException.InvalidInput.class, () -> Json.parse("payload", text));

    assertEquals("payload", refusal.field());
    assertTrue(refusal.reason().matches("is not JSON: line \\d+, column \\d+"), refusal.reason());
    assertEquals(null, refusal.getCause());
  }

  @Test
  void nothingIsNotAValue() {
    refuses("json", "is empty", () -> Json.parse(""));
    refuses("json", "is empty", () -> Json.parse(" \n\t\r "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1 2", "{} {}", "[] []", "null null", "\"a\" \"a\""})
  void aSecondValueIsRefused(String text) {
    refuses("json", "has something after its end", () -> Json.parse(text));
  }

  @Test
  void aKeyThatOccursTwiceIsRefused() {
    refuses("json", "has a key twice", () -> Json.parse("{\"a\":1,\"b\":2,\"a\":1}"));
    refuses("json", "has a key twice", () -> Json.parse("[{\"b\":{\"a\":null,\"\\u0061\":1}}]"));
    refuses("json", "has a key twice", () -> Json.object("a", 1, "a", 1));
    assertEquals("{\"a\":{\"a\":1}}", Json.parse("{\"a\":{\"a\":1}}").toString());
  }

  @Test
  void nulAndLoneSurrogatesAreRefusedInKeysAndStrings() {
    String nul = "contains U+0000 at index 1";
    refuses("json", nul, () -> Json.parse("\"a\\u0000\""));
    refuses("json", nul, () -> Json.parse("{\"a\\u0000\":1}"));
    refuses("json", nul, () -> Json.of("a\0"));
    refuses("json", nul, () -> Json.object("a\0", 1));
    String lone = "has a lone surrogate at index 1";
    refuses("json", lone, () -> Json.parse("\"a\\ud800\""));
    refuses("json", lone, () -> Json.parse("\"a\\udc00\\ud800\""));
    refuses("json", lone, () -> Json.parse("\"a\ud800\""));
    refuses("json", lone, () -> Json.parse("{\"a\udfff\":1}"));
    // An escape in a key is as far as the parser itself looks.
    refuses("json", "is not JSON: line 1, column 10", () -> Json.parse("{\"a\\udfff\":1}"));
    refuses("json", lone, () -> Json.of("a\ud800"));
    refuses("json", lone, () -> new JsonObject(Map.of("a\udc00", JsonNull.NULL)));
  }

  @Test
  void numbersOfTheMostDigitsFitAndLongerOnesDoNot() {
    String most = "9".repeat(DIGITS);
    for (String fits :
        List.of(most, "-" + most + "." + most, "1e399", "1e-400", "0e399", "0e-400", "9.99e399")) {
      Json value = Json.parse(fits);
      assertEquals(value, Json.parse(value.toString()));
      assertEquals(value, Json.of(new BigDecimal(fits)));
    }
    for (String text :
        List.of(most + "0", "0." + most + "0", "1e400", "1e-401", "0e400", "0e-401", "99e399")) {
      refuses("json", DIGITS_REASON, () -> Json.parse(text));
      refuses("json", DIGITS_REASON, () -> Json.of(new BigDecimal(text)));
    }
  }

  @Test
  void everyDoubleFits() {
    for (double number : new double[] {Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_VALUE}) {
      Json value = Json.parse(Double.toString(number));
      assertEquals(Json.of(number), value);
      assertEquals(number, ((JsonNumber) Json.parse(value.toString())).value().doubleValue());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e999999999",
        "-1e-999999999",
        "0e999999999",
        "1e2147483648",
        "1e-2147483648",
        "1e99999999999999999999",
        "0e-99999999999999999999"
      })
  void aHugeExponentIsRefusedAndNotExpanded(String text) {
    refuses("json", DIGITS_REASON, () -> Json.parse("[" + text + "]"));
  }

  @Test
  void aGiantNumberIsRefusedHoweverItIsMade() {
    refuses("json", DIGITS_REASON, () -> Json.parse("1".repeat(500_000)));
    refuses("json", DIGITS_REASON, () -> Json.parse("0." + "0".repeat(500_000)));
    refuses("json", DIGITS_REASON, () -> Json.of(BigInteger.ONE.shiftLeft(100_000_000)));
    refuses("json", DIGITS_REASON, () -> Json.of(BigDecimal.valueOf(1, Integer.MAX_VALUE)));
    refuses("json", DIGITS_REASON, () -> Json.of(BigDecimal.valueOf(1, Integer.MIN_VALUE)));
  }

  @Test
  void nestingToTheLimitFitsAndDeeperDoesNot() {
    String reason = "is nested more than 64 deep";
    Json value = Json.of(1);
    for (int i = 0; i < Limits.JSON_DEPTH; i++) {
      value = i % 2 == 0 ? Json.array(value) : Json.object("a", value);
    }
    Json deepest = value;

    assertEquals(deepest, Json.parse(deepest.toString()));
    refuses("json", reason, () -> Json.array(deepest));
    refuses("json", reason, () -> Json.object("a", deepest));
    refuses("json", reason, () -> Json.parse("[" + deepest + "]"));
    refuses("json", reason, () -> Json.parse("[".repeat(1_000) + "]".repeat(1_000)));
    refuses("json", reason, () -> Json.parse("[".repeat(200_000)));
    refuses("json", reason, () -> Json.parse("{\"a\":".repeat(50_000)));
  }

  @Test
  void aValueOfTheMostBytesFitsAndOneByteMoreDoesNot() {
    String reason = "is longer than 262144 bytes of UTF-8";
    for (String unit : List.of("a", "é", "€", Inputs.WIDE, "\n", "\u0001", "\"")) {
      String escaped = Json.of(unit).toString();
      int each = utf8(escaped) - 2;
      String padding = "a".repeat((Limits.JSON_BYTES - 2) % each);
      String most = unit.repeat((Limits.JSON_BYTES - 2) / each) + padding;

      assertEquals(Limits.JSON_BYTES, utf8(Json.of(most).toString()));
      assertEquals(Json.of(most), Json.parse(Json.of(most).toString()));
      refuses("json", reason, () -> Json.of(most + "a"));
      refuses("json", reason, () -> Json.array(most));
      refuses("json", reason, () -> Json.object(most, null));
      refuses("payload", reason, () -> Json.parse("payload", "[" + Json.of(most) + "]"));
    }
  }

  @Test
  void theSizeOfAContainerIsThatOfItsText() {
    String reason = "is longer than 262144 bytes of UTF-8";
    List<Json> elements = new ArrayList<>();
    elements.add(Json.object("k\n", Json.array(), "é", Json.object(), "n", new BigDecimal("1e3")));
    elements.add(Json.array(true, false, null, "x", 1.5));
    int frame = utf8(new JsonArray(elements).toString()) + ",\"\"".length();
    elements.add(Json.of("a".repeat(Limits.JSON_BYTES - frame)));

    assertEquals(Limits.JSON_BYTES, utf8(new JsonArray(elements).toString()));
    elements.set(2, Json.of("a".repeat(Limits.JSON_BYTES - frame + 1)));
    refuses("json", reason, () -> new JsonArray(elements));
    refuses("json", reason, () -> Json.parse("[" + "1e399,".repeat(1_000) + "0]"));
  }

  @Test
  void whiteSpaceMayDoubleATextAndNoMore() {
    String value = "\"" + "a".repeat(Limits.JSON_BYTES - 2) + "\"";
    String spaces = " ".repeat(Limits.JSON_BYTES);

    assertEquals(value, Json.parse(value + spaces).toString());
    refuses("json", "is longer than 262144 bytes of UTF-8", () -> Json.parse(value + spaces + " "));
  }

  @Test
  void aLongKeyIsBoundedByTheSizeAlone() {
    Json value = Json.object("k".repeat(200_000), 1);
    assertEquals(value, Json.parse(value.toString()));
  }

  @Test
  void whatJsonCannotExpressIsRefused() {
    String reason = "has a value that JSON cannot express";
    refuses("json", reason, () -> Json.of(Double.NaN));
    refuses("json", reason, () -> Json.of(Double.POSITIVE_INFINITY));
    refuses("json", reason, () -> Json.of('c'));
    refuses("json", reason, () -> Json.object("a", List.of()));
    refuses("json", "has a key without a value", () -> Json.object("a", 1, "b"));
    refuses("json", "has a key that is not a String", () -> Json.object(1, "a"));
    refuses("json", "has a key that is not a String", () -> Json.object(null, "a"));
  }

  @Test
  void aValueDoesNotChangeWithWhatItWasMadeOf() {
    Map<String, Json> members = new HashMap<>(Map.of("a", Json.of(1)));
    List<Json> elements = new ArrayList<>(List.of(Json.of(1)));
    JsonObject object = new JsonObject(members);
    JsonArray array = new JsonArray(elements);
    members.clear();
    elements.clear();

    assertEquals("{\"a\":1}", object.toString());
    assertEquals("[1]", array.toString());
    assertThrows(UnsupportedOperationException.class, () -> object.members().clear());
    assertThrows(UnsupportedOperationException.class, () -> array.elements().clear());
  }

  @Test
  void valuesAreReadByTheirTypes() {
    JsonObject object = (JsonObject) Json.parse("{\"a\":\"b\"}");
    assertEquals(new JsonString("b"), object.members().get("a"));
    assertFalse(object.members().containsKey("b"));
    assertNotEquals(JsonNull.NULL, object.members().get("b"));
  }

  private static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
