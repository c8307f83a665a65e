package io.netkingdom.userengine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** KEY-2 and PAG-6: the tables of docs/canonical-keys.md say what the code does. */
class CanonicalKeysTest {

  private static final Path PAGE = Path.of("..", "docs", "canonical-keys.md");
  private static final Pattern ROW =
      Pattern.compile("\\| (.+) \\| `(U\\+.+)` \\| (`U\\+.+`|refused) \\|");

  private static final Map<String, Section> SECTIONS =
      Map.of(
          "User names", new Section(typed -> UserName.of(typed).key(), "userName"),
          "Group names", new Section(typed -> GroupName.of(typed).key(), "displayName"),
          "Beginnings of user names", new Section(UserName::prefixKey, "prefix"),
          "Beginnings of group names", new Section(GroupName::prefixKey, "prefix"));

  @TestFactory
  List<DynamicTest> everyRowOfTheTablesIsTrue() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    String heading = "";
    for (String row : Files.readAllLines(PAGE)) {
      if (row.startsWith("## ")) {
        heading = row.substring(3);
      }
      if (!row.contains("| ") || row.equals("| typed | code points | key |")) {
        continue;
      }
      Section section = SECTIONS.get(heading);
      assertNotNull(section, "nothing checks the rows below: " + heading);
      seen.add(heading);
      MatchResult cells =
          ROW.matcher(row)
              .results()
              .findFirst()
              .orElseThrow(() -> new AssertionError("not a row of the table: " + row));
      String typed = text(cells.group(2));
      String key = cells.group(3);
      String name = heading + ": " + cells.group(1);
      tests.add(DynamicTest.dynamicTest(name, () -> check(section, typed, key)));
    }
    assertEquals(SECTIONS.keySet(), seen);
    assertTrue(tests.size() >= 100, "the page has " + tests.size() + " rows");
    return tests;
  }

  private static void check(Section section, String typed, String key) {
    if (key.equals("refused")) {
      StoreException.InvalidInput refusal =
          assertThrows(StoreException.InvalidInput.class, () -> section.keys().apply(typed));
      assertEquals(section.field(), refusal.field());
    } else {
      assertEquals(key, codePoints(section.keys().apply(typed)));
      assertEquals(key, codePoints(section.keys().apply(text(key))), "a key is its own key");
    }
  }

  /** A section of the page, what makes the keys that it lists, and the field of a refusal. */
  private record Section(UnaryOperator<String> keys, String field) {}

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
