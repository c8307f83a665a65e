package io.netkingdom.userengine.store.conformance.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DifferenceTest {

  private record Address(String value, boolean primary) {}

  private record Person(String name, List<Address> addresses) {}

  private static void assertDifference(
      String difference, @Nullable Object expected, @Nullable Object actual) {
    assertEquals(difference, Difference.between(expected, actual));
  }

  @Test
  void valuesAreShownAsTheyAre() {
    assertDifference("expected 42, but was 41", 42, 41);
    assertDifference("expected null, but was 41", null, 41);
    assertDifference(
        "expected Optional.empty, but was Optional[1]", Optional.empty(), Optional.of(1));
    assertDifference("expected 1 (java.lang.Integer), but was 1 (java.lang.Long)", 1, 1L);
  }

  @Test
  void ofRecordsTheFirstComponentThatDiffersIsShownWithItsPath() {
    Person expected =
        new Person("ada", List.of(new Address("a@x", true), new Address("b@x", false)));
    Person actual = new Person("ada", List.of(new Address("a@x", true), new Address("b@x", true)));
    assertDifference("expected addresses[1].primary to be false, but was true", expected, actual);
    assertDifference(
        "expected addresses[1].primary to be false, but was true",
        Optional.of(expected),
        Optional.of(actual));
    assertDifference(
        "expected name to be ada, but was eve", expected, new Person("eve", List.of()));
  }

  @Test
  void ofListsTheFirstElementThatDiffersIsShownOrWhatIsMissingAndExtra() {
    assertDifference("expected [1] to be b, but was c", List.of("a", "b"), List.of("a", "c"));
    assertDifference(
        "expected [0] to be a, but was b; the elements are in another order",
        List.of("a", "b"),
        List.of("b", "a"));
    assertDifference(
        "expected 3 elements, but there were 2, missing [1] b",
        List.of("a", "b", "c"),
        List.of("a", "c"));
    assertDifference(
        "expected 1 elements, but there were 3, missing [0] x, unexpected [0] a and 2 more",
        List.of("x"),
        List.of("a", "a", "b"));
    assertDifference(
        "expected addresses to have 0 elements, but there were 1, unexpected [0] "
            + new Address("a", true),
        new Person("ada", List.of()),
        new Person("ada", List.of(new Address("a", true))));
  }

  @Test
  void ofSetsAndMapsTooWhatIsMissingAndExtraIsShown() {
    assertDifference(
        "expected 1 elements, but there were 1, missing a, unexpected b", Set.of("a"), Set.of("b"));
    assertDifference(
        "expected [a] to be 1, but was 2", Map.of("a", 1, "b", 1), Map.of("a", 2, "b", 1));
    assertDifference(
        "expected 1 elements, but there were 2, unexpected b=1",
        Map.of("a", 1),
        Map.of("a", 1, "b", 1));
  }

  @Test
  void ofLongTextsThePlaceIsShownWhereTheyPart() {
    String shared = "x".repeat(5_000);
    String difference = Difference.between(shared + "1" + shared, shared + "2" + shared);
    assertTrue(
        difference.startsWith("expected ..." + "x".repeat(40) + "1x")
            && difference.contains(", but was ..." + "x".repeat(40) + "2x")
            && difference.contains(" (10001 characters)"),
        difference);
    assertTrue(difference.length() < 600, difference);
    assertDifference(
        "expected ..."
            + "x".repeat(40)
            + " (5000 characters), but was ..."
            + "x".repeat(40)
            + "1 (5001 characters)",
        shared,
        shared + "1");
  }

  @Test
  void ofAnExceptionTheMessageIsNotShown() {
    assertDifference(
        "expected 1, but was java.lang.IllegalStateException",
        1,
        new IllegalStateException("password=secret"));
  }
}
