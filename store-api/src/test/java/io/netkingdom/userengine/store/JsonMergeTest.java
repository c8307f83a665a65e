package io.netkingdom.userengine.store;

import static io.netkingdom.userengine.store.Inputs.refuses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netkingdom.userengine.store.Json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PRF-2: merge patches (RFC 7396). */
class JsonMergeTest {

  /** Those examples of RFC 7396, appendix A, whose target and patch are objects; then our own. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{'a':'b'} | {'a':'c'} | {'a':'c'}",
        "{'a':'b'} | {'b':'c'} | {'a':'b','b':'c'}",
        "{'a':'b'} | {'a':null} | {}",
        "{'a':'b','b':'c'} | {'a':null} | {'b':'c'}",
        "{'a':['b']} | {'a':'c'} | {'a':'c'}",
        "{'a':'c'} | {'a':['b']} | {'a':['b']}",
        "{'a':{'b':'c'}} | {'a':{'b':'d','c':null}} | {'a':{'b':'d'}}",
        "{'a':[{'b':'c'}]} | {'a':[1]} | {'a':[1]}",
        "{'e':null} | {'a':1} | {'e':null,'a':1}",
        "{} | {'a':{'bb':{'ccc':null}}} | {'a':{'bb':{}}}",
        "{'a':1} | {} | {'a':1}",
        "{} | {'a':null} | {}",
        "{'a':1,'b':2,'c':3} | {'b':4,'d':5} | {'a':1,'b':4,'c':3,'d':5}",
        "{'a':1} | {'a':{'b':null,'c':2}} | {'a':{'c':2}}",
        "{'a':[1]} | {'a':{'b':2}} | {'a':{'b':2}}",
        "{'a':null} | {'a':{}} | {'a':{}}",
        "{'a':{'b':1}} | {'a':{}} | {'a':{'b':1}}",
        "{'a':{'b':1}} | {'a':{'b':null}} | {'a':{}}",
        "{'a':{'b':1}} | {'a':[null,{'c':null}]} | {'a':[null,{'c':null}]}",
        "{'a':{'b':{'c':1,'d':2}}} | {'a':{'b':{'c':null}}} | {'a':{'b':{'d':2}}}",
        "{'a':1.10} | {'a':1.1} | {'a':1.1}",
      })
  void aPatchMergesObjectsRemovesByNullAndReplacesTheRest(
      String target, String patch, String result) {
    JsonObject before = object(target);
    JsonObject merged = before.merge(object(patch));

    assertEquals(object(result).toString(), merged.toString());
    assertEquals(merged, merged.merge(object(patch)), "merged again");
    assertEquals(object(target).toString(), before.toString(), "the target is as it was");
  }

  @Test
  void patchesOfDifferentKeysMergeInAnyOrder() {
    JsonObject start = object("{'a':{'x':1},'b':2}");
    JsonObject one = object("{'a':{'y':3}}");
    JsonObject other = object("{'a':{'z':4},'b':null}");

    assertEquals(start.merge(one).merge(other), start.merge(other).merge(one));
  }

  @Test
  void theDeepestObjectsMergeAndStayWithinTheLimit() {
    JsonObject target = nested("{'a':1}");
    JsonObject patch = nested("{'a':null,'b':2}");

    assertEquals(nested("{'b':2}"), target.merge(patch));
    assertEquals(nested("{'b':2}"), object("{}").merge(patch));
    assertEquals(patch.depth(), target.merge(patch).depth());
    assertEquals(Limits.JSON_DEPTH, target.merge(patch).depth());
  }

  @Test
  void aResultOfTheMostBytesFitsAndOneByteMoreIsRefused() {
    int half = Limits.JSON_BYTES / 2;
    int frame = "{'a':'','b':''}".length();
    JsonObject target = Json.object("a", "x".repeat(half));
    JsonObject fits = Json.object("b", "y".repeat(Limits.JSON_BYTES - half - frame));
    JsonObject tooLong = Json.object("b", "y".repeat(Limits.JSON_BYTES - half - frame + 1));

    assertEquals(Limits.JSON_BYTES, target.merge(fits).toString().length());
    refuses("json", "is longer than 262144 bytes of UTF-8", () -> target.merge(tooLong));
    assertEquals(tooLong, target.merge(object("{'a':null}")).merge(tooLong));
  }

  /** The text of an object inside as many objects as the limit allows. */
  private static JsonObject nested(String innermost) {
    int around = Limits.JSON_DEPTH - 1;
    return object("{'n':".repeat(around) + innermost + "}".repeat(around));
  }

  private static JsonObject object(String text) {
    return (JsonObject) Json.parse(text.replace('\'', '"'));
  }
}
