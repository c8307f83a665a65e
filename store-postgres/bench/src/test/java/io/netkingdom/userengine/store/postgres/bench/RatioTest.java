package io.netkingdom.userengine.store.postgres.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class RatioTest {

  @Test
  void theMedianIsTheOneInTheMiddle() {
    Ratio ratio = new Ratio("findUser", List.of(3.0, 1.0, 1.5));

    assertEquals(1.5, ratio.median());
    assertEquals(1.0, ratio.lowest());
    assertEquals(3.0, ratio.highest());
  }

  @Test
  void ofTwoInTheMiddleItIsTheMean() {
    assertEquals(1.75, new Ratio("findUser", List.of(9.0, 1.5, 2.0, 1.0)).median());
  }

  @Test
  void withoutARoundThereIsNone() {
    assertThrows(IllegalArgumentException.class, () -> new Ratio("findUser", List.of()));
  }

  @Test
  void thePageSaysWhichAreSlowerAndHidesNothing() {
    String page =
        RatioPage.of(
            List.of(
                new RatioPage.Section(
                    "here", List.of(new Ratio("findUser", List.of(1.25, 1.5, 1.0)))),
                new RatioPage.Section("there", List.of(new Ratio("signIn", List.of(0.5))))),
            "PostgreSQL <18>");

    assertTrue(page.contains("<tr class=\"slower\">\n  <th scope=\"row\">findUser</th>"), page);
    assertTrue(page.contains("<td>1.25</td>\n  <td>1.00 to 1.50</td>"), page);
    assertTrue(page.contains("<tr class=\"faster\">\n  <th scope=\"row\">signIn</th>"), page);
    assertTrue(page.indexOf("<h2>here</h2>") < page.indexOf("<h2>there</h2>"), page);
    assertTrue(page.contains("PostgreSQL &lt;18&gt;"), page);
  }
}
