package io.netkingdom.userengine.store.conformance.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.netkingdom.userengine.store.conformance.Environment;
import io.netkingdom.userengine.store.conformance.Ledger;
import io.netkingdom.userengine.store.conformance.Provenance;
import io.netkingdom.userengine.store.conformance.RuleResult;
import io.netkingdom.userengine.store.conformance.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LedgerJsonTest {

  private static Ledger ledger(String text) {
    return new Ledger(
        "bare",
        new Environment(text, text),
        new Provenance("0.1.0", "sha256:0", text, 7, Instant.EPOCH, 3),
        List.of(new RuleResult("TXN-04", text, Verdict.FAIL, 3, text)),
        List.of(),
        List.of(text));
  }

  @Test
  void aLedgerIsValidJsonWhateverAMessageHolds() throws IOException {
    String hostile = "\" \\ \u0000 \r\n \u2028 </script> \uD83D\uDE00 {\"a\":[";
    List<String> texts = new ArrayList<>();
    try (JsonParser json = new JsonFactory().createParser(LedgerJson.write(ledger(hostile)))) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.VALUE_STRING) {
          texts.add(json.getText());
        }
      }
    }
    assertEquals(6, texts.stream().filter(hostile::equals).count());
  }

  @Test
  void theFieldsAreThoseThatAreWrittenDownInTheirOrder() throws IOException {
    Path page = Path.of(System.getProperty("basedir", "."), "..", "docs", "evidence.md");
    Pattern row = Pattern.compile("\\| `([a-z]+)` \\| [a-z ]+ \\| .+ \\|");
    List<String> written;
    try (Stream<String> lines = Files.lines(page)) {
      written =
          lines.map(row::matcher).filter(Matcher::matches).map(line -> line.group(1)).toList();
    }
    List<String> fields = new ArrayList<>();
    try (JsonParser json = new JsonFactory().createParser(LedgerJson.write(Samples.broken()))) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        fields.add(json.currentName());
        json.nextToken();
        json.skipChildren();
      }
    }
    assertEquals(fields, written);
  }

  @Test
  void theDigestIsOfTheTextWithoutIt() {
    String text = LedgerJson.write(ledger("one"));
    String digest = LedgerJson.digest(ledger("one"));
    String field = ",\n  \"digest\" : \"" + digest + "\"";
    assertTrue(text.endsWith(field + "\n}\n"), text);
    assertEquals(digest, Sha256.of(text.replace(field, "")));
  }
}
