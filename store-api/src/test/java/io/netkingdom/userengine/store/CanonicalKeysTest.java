package io.netkingdom.userengine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** KEY-2: the tables of docs/canonical-keys.md say what the code does. */
class CanonicalKeysTest {

  private static final Path PAGE = Path.of("..", "docs", "canonical-keys.md");
  private static final Pattern ROW =
      Pattern.compile("\\| (.+) \\| `(U\\+.+)` \\| (`U\\+.+`|refused) \\|");

  @TestFactory
  List<DynamicTest> everyRowOfTheTablesIsTrue() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    List<String> rows = Files.readAllLines(PAGE).stream().filter(l -> l.contains("| ")).toList();
    for (String row : rows) {
      if (row.equals("| typed | code points | key |")) {
        continue;
      }
      MatchResult cells =
          ROW.matcher(row)
              .results()
              .findFirst()
              .orElseThrow(() -> new AssertionError("not a row of the table: " + row));
      String typed = text(cells.group(2));
      String key = cells.group(3);
      tests.add(DynamicTest.dynamicTest(cells.group(1), () -> check(typed, key)));
    }
    assertTrue(tests.size() >= 50, "the page has " + tests.size() + " rows");
    return tests;
  }

  private static void check(String typed, String key) {
    if (key.equals("refused")) {
      StoreException.InvalidInput refusal =
          assertThrows(StoreException.InvalidInput.class, () -> UserName.of(typed));
      assertEquals("userName", refusal.field());
    } else {
      assertEquals(key, codePoints(UserName.of(typed).key()));
      assertEquals(key, codePoints(UserName.of(text(key)).key()), "a key is its own key");
    }
  }

  private static String text(String codePoints) {
    return codePoints
        .replace("`", "")
        .transform(names -> Arrays.stream(names.split(" ", -1)))
        .map(name -> Character.toString(Integer.parseInt(name.substring(2), 16)))
        .collect(Collectors.joining());
  }

  private static String codePoints(String text) {
    return text.codePoints()
        .mapToObj("U+%04X"::formatted)
        .collect(Collectors.joining(" ", "`", "`"));
  }
}
