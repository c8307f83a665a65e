package io.netkingdom.userengine.store.conformance.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.conformance.BareFixture;
import io.netkingdom.userengine.store.conformance.Exemption;
import io.netkingdom.userengine.store.conformance.Ledger;
import io.netkingdom.userengine.store.conformance.Manifest;
import io.netkingdom.userengine.store.conformance.Provenance;
import io.netkingdom.userengine.store.conformance.RuleResult;
import io.netkingdom.userengine.store.conformance.StoreConformance;
import io.netkingdom.userengine.store.conformance.Verdict;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LedgerVerifierTest {

  private static final String WHOLE = LedgerJson.write(Samples.broken());

  private static Verification verify(String text) {
    return LedgerVerifier.verify(text, Samples.MANIFEST);
  }

  private static String reason(String text) {
    return assertInstanceOf(Verification.Rejected.class, verify(text)).reason();
  }

  private static String reason(Ledger ledger) {
    return reason(LedgerJson.write(ledger));
  }

  /** The sample with other rules, and the digest that belongs to them. */
  private static Ledger withRules(UnaryOperator<List<RuleResult>> change) {
    Ledger whole = Samples.broken();
    return Samples.ledger(
        whole.adapter(),
        change.apply(new ArrayList<>(whole.rules())),
        whole.anomalies(),
        whole.problems());
  }

  private static Ledger withRule(int index, RuleResult rule) {
    return withRules(
        rules -> {
          rules.set(index, rule);
          return rules;
        });
  }

  /** As somebody does who edits a ledger and knows how the digest is made. */
  private static String withTheDigestThatBelongsToIt(String text) {
    String digest = text.substring(text.lastIndexOf(",\n  \"digest\""));
    String without = text.replace(digest, "\n}\n");
    return text.replaceAll("sha256:[0-9a-f]{64}\"\n}", Sha256.of(without) + "\"\n}");
  }

  @Test
  void aLedgerIsReadBackAsItWas() {
    for (Ledger ledger : List.of(Samples.broken(), Samples.conformant())) {
      assertEquals(new Verification.Valid(ledger), verify(LedgerJson.write(ledger)));
    }
  }

  @Test
  void theLedgerOfARunIsValidAlsoWhereItIsNotConformant() {
    Ledger ledger = StoreConformance.run(new BareFixture());
    assertFalse(ledger.conformant());
    String text = LedgerJson.write(ledger);
    Manifest manifest = Manifest.current();
    assertEquals(new Verification.Valid(ledger), LedgerVerifier.verify(text, manifest));
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      List<String> fewer = new ArrayList<>(lines);
      String removed = fewer.remove(i);
      assertInstanceOf(
          Verification.Rejected.class,
          LedgerVerifier.verify(String.join("\n", fewer) + "\n", manifest),
          removed);
    }
  }

  @Test
  void whateverAMessageHoldsIsReadBackAsItWas() {
    StringBuilder all = new StringBuilder();
    for (int c = 0; c <= Character.MAX_VALUE; c++) {
      all.append((char) c);
    }
    Ledger ledger = withRule(1, Samples.rule("SMP-02", Verdict.FAIL, all.toString()));
    String text = LedgerJson.write(ledger);
    assertEquals(new Verification.Valid(ledger), verify(text));
    assertTrue(StandardCharsets.US_ASCII.newEncoder().canEncode(text), "no encoding can harm it");
  }

  @Test
  void aByteThatWasChangedIsNoticed() {
    for (int i = 0; i < WHOLE.length(); i++) {
      for (int bit = 0; bit < 7; bit++) {
        StringBuilder changed = new StringBuilder(WHOLE);
        changed.setCharAt(i, (char) (WHOLE.charAt(i) ^ (1 << bit)));
        assertInstanceOf(
            Verification.Rejected.class, verify(changed.toString()), "at " + i + ", bit " + bit);
      }
    }
  }

  @Test
  void aTextThatWasCutOffIsNoticed() {
    for (int length = 0; length < WHOLE.length(); length++) {
      assertInstanceOf(
          Verification.Rejected.class, verify(WHOLE.substring(0, length)), "at " + length);
    }
  }

  @Test
  void aLineThatIsThereTwiceIsNoticed() {
    List<String> lines = WHOLE.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      List<String> more = new ArrayList<>(lines);
      more.add(i, lines.get(i));
      assertInstanceOf(
          Verification.Rejected.class, verify(String.join("\n", more) + "\n"), lines.get(i));
    }
  }

  @Test
  void theSameInAnotherFormIsNotWhatTheKitWrote() {
    String another =
        "it says what it should, in another form than the kit writes:"
            + " it was changed after it was written";
    for (String text :
        List.of(
            WHOLE.replace("\n", "\r\n"),
            WHOLE.replace("\n", ""),
            WHOLE.replace(" : ", ": "),
            WHOLE.replace("61002", "61002 "),
            WHOLE.replace("known since", "\\u006bnown since"),
            WHOLE + "\n",
            WHOLE.stripTrailing())) {
      assertEquals(another, reason(text));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "seed" : 7 | "seed" : 7.0 | line 10: "seed" is not a whole number of at most 64 bits
          "seed" : 7 | "seed" : 9223372036854775808 | line 10: "seed" is not a whole number of at most 64 bits
          "seed" : 7 | "seed" : "7" | line 10: "seed" is not a whole number of at most 64 bits
          "seed" : 7 | "seed" : null | line 10: "seed" is not a whole number of at most 64 bits
          "millis" : 61002 | "millis" : -61002 | line 12: "millis" is not 0 or more
          "millis" : 1234 | "millis" : -1 | line 57: "millis" is not 0 or more
          "conformant" : false | "conformant" : 0 | line 4: "conformant" is not true or false
          "conformant" : false | "conformant" : true | it says conformant, and its verdicts and problems say otherwise
          ledger 1" | ledger 2" | its format is "user-engine conformance ledger 2", and this kit reads "user-engine conformance ledger 1"
          "adapter" : "bare" | "adapter" : "../bare" | line 3: "adapter" is not the name of an adapter
          "adapter" : | "adapter" : "bare", "adapter" : | line 3: expected the field "conformant", and not the field "adapter"
          "driver" : | "address" : "here", "driver" : | line 6: expected the field "driver", and not the field "address"
          2026-03-01T | 2026-02-30T | line 11: "started" is not a time in UTC between 1970 and 9999
          2026-03-01T | +999999999-03-01T | line 11: "started" is not a time in UTC between 1970 and 9999
          17.0.1+12 | seventeen | line 9: "jdk" is not the version of a Java runtime
          READ_COMMITTED | SNAPSHOT | line 15: "level" is not one of [READ_COMMITTED, SERIALIZABLE]
          "anomaly" : "G0" | "anomaly" : "G9" | line 16: "anomaly" is not one of [G0, G1a, G1b, G1c, OTV, PMP, P4, G-single, G2-item, G2]
          "anomaly" : "G0" | "anomaly" : "P4" | the anomaly P4 at READ_COMMITTED is there twice
          "verdict" : "PASS" | "verdict" : "SKIPPED" | line 33: "verdict" is not one of [PASS, FAIL, DECLARED-ABSENT, NOT-RUN]
          "message" : "saw it refused" | "message" : "" | line 46: "message" is not a text that is not empty
          "message" : "saw it refused" | "message" : null | line 46: "message" is not a text
          2026-04-01 | tomorrow | line 62: "expires" is not a day
          2026-04-01 | 2026-02-28 | the exemption of OTH-02 had expired when the run began
          2026-04-01 | 2027-03-03 | the exemption of OTH-02 reaches more than 366 days ahead
          https://example | ftp://example | line 62: the issue of an exemption is an absolute http or https URI without user information
          https://example | ::example | line 61: "issue" is not a URI
          known since | | line 60: expected the field "reason", and not the field "cause"
          "id" : "SMP-01" | "id" : "SMP-0\\u000a" | 4 of 5 rules: SMP-01 is missing
          "problems" : [ " | "problems" : [ 1, " | line 13: "problems" is not a text
          """)
  void aFieldThatIsNotAsItShouldBeIsNamed(String found, String replacement, String reason) {
    String changed =
        replacement == null
            ? WHOLE.replace("\"reason\"", "\"cause\"")
            : WHOLE.replaceFirst(Pattern.quote(found), Matcher.quoteReplacement(replacement));
    assertNotEquals(WHOLE, changed);
    assertEquals(reason, reason(changed));
    assertEquals(reason, reason(withTheDigestThatBelongsToIt(changed)));
  }

  @Test
  void whatIsNoLedgerIsNamed() {
    assertEquals(
        "it is not valid JSON, or ends too early: line 3, column 16",
        reason(WHOLE.replace("\"adapter\" : \"", "\"adapter\" : \"\n")));
    assertEquals("line 1: expected an object", reason(""));
    assertEquals("line 1: expected an object", reason("[]"));
    assertEquals("line 1: expected the field \"format\"", reason("{}"));
    assertEquals("line 67: expected the end of the text", reason(WHOLE + "{}"));
    assertEquals(
        "it is not valid JSON, or ends too early: line 1, column 1", reason("\uFEFF" + WHOLE));
    assertTrue(reason("\u001b[31m\u202E{").startsWith("it is not valid JSON"));
    assertEquals(
        "line 1: expected the field \"format\", and not the field \"\\u001b[31m\\u202e"
            + "x".repeat(64)
            + "...\"",
        reason("{\"\\u001b[31m\u202E" + "x".repeat(500) + "\":1}"));
  }

  @Test
  void aLedgerOfOtherRulesIsForTheKitThatMadeIt() {
    Manifest other = Manifest.parse("SMP-01 | core | 0.1.0 | The first MUST hold.");
    assertEquals(
        new Verification.Rejected(
            "it was made from another list of rules, that of kit \"0.1.0\": verify it with that"
                + " kit"),
        LedgerVerifier.verify(WHOLE, other));
  }

  @Test
  void aRuleThatWasLeftOutIsNamedAlsoWhereTheDigestBelongsToTheRest() {
    assertEquals(
        "4 of 5 rules: OTH-01 is missing",
        reason(
            withRules(
                rules -> {
                  rules.remove(3);
                  return rules;
                })));
    assertEquals(
        "2 of 5 rules: SMP-01, SMP-02, SMP-03 are missing",
        reason(withRules(rules -> rules.subList(3, 5))));
    String many =
        Manifest.current().rules().stream()
            .limit(12)
            .map(Manifest.Entry::id)
            .sorted()
            .toList()
            .stream()
            .limit(10)
            .collect(Collectors.joining(", "));
    Ledger none =
        new Ledger(
            "bare",
            Samples.broken().environment(),
            of(Manifest.current()),
            List.of(),
            List.of(),
            List.of());
    int all = Manifest.current().rules().size();
    assertEquals(
        new Verification.Rejected(
            "0 of " + all + " rules: " + many + " and " + (all - 10) + " more are missing"),
        LedgerVerifier.verify(LedgerJson.write(none), Manifest.current()));
  }

  private static Provenance of(Manifest manifest) {
    Provenance sample = Samples.broken().provenance();
    return new Provenance(sample.kit(), manifest.hash(), sample.jdk(), 7, sample.started(), 0);
  }

  @Test
  void rulesThatAreTooManyOrElsewhereAreNamed() {
    assertEquals(
        "rules that are there twice, or are none of this kit: \"SMP-01\", \"NEW-\\u000a1\"",
        reason(
            withRules(
                rules -> {
                  rules.add(1, Samples.HELD);
                  rules.add(new RuleResult("NEW-\n1", "New.", Verdict.PASS, 0, ""));
                  return rules;
                })));
    assertEquals(
        "the rules are in another order: SMP-02 stands where SMP-01 belongs",
        reason(
            withRules(
                rules -> {
                  rules.set(0, Samples.BROKEN);
                  rules.set(1, Samples.HELD);
                  return rules;
                })));
    assertEquals(
        "the sentence of SMP-01 is not that of this kit",
        reason(withRule(0, new RuleResult("SMP-01", "May hold.", Verdict.PASS, 0, ""))));
  }

  @Test
  void aVerdictHasTheMessageThatBelongsToIt() {
    assertEquals(
        "SMP-01 holds, and so has no message",
        reason(withRule(0, Samples.rule("SMP-01", Verdict.PASS, "was 2"))));
    for (Verdict verdict : List.of(Verdict.FAIL, Verdict.NOT_RUN, Verdict.DECLARED_ABSENT)) {
      assertEquals(
          "SMP-03 is " + verdict.label() + " without a message that says why",
          reason(withRule(2, Samples.rule("SMP-03", verdict, ""))));
    }
    assertEquals(
        "SMP-02 is a core rule, and so cannot be DECLARED-ABSENT",
        reason(withRule(1, Samples.rule("SMP-02", Verdict.DECLARED_ABSENT, "saw it refused"))));
  }

  @Test
  void onlyAFailureIsExempted() {
    String text =
        LedgerJson.write(Samples.broken())
            .replace(
                "\"verdict\" : \"FAIL\",\n    \"millis\" : 1234",
                "\"verdict\" : \"PASS\",\n    \"millis\" : 1234");
    assertNotEquals(WHOLE, text);
    assertEquals("line 59: \"exemption\" is not for the verdict PASS", reason(text));
  }

  @Test
  void theLongestExemptionIsValid() {
    Exemption longest =
        new Exemption(
            "SMP-02", "known", URI.create("https://example.org/1"), LocalDate.of(2027, 3, 2));
    Ledger ledger =
        withRule(
            1, new RuleResult("SMP-02", Samples.BROKEN.title(), Verdict.FAIL, 1, "x", longest));
    assertEquals(new Verification.Valid(ledger), verify(LedgerJson.write(ledger)));
  }

  /** What a digest without a key is worth: told here so that nobody takes it for more. */
  @Test
  void aForgedLedgerIsValid() {
    Ledger forged = withRule(1, Samples.rule("SMP-02", Verdict.PASS, ""));
    assertEquals(new Verification.Valid(forged), verify(LedgerJson.write(forged)));
    assertEquals(
        "its digest is that of another text: it was changed after it was written",
        reason(
            LedgerJson.write(forged)
                .replaceAll(
                    "sha256:[0-9a-f]{64}\"\n}", LedgerJson.digest(Samples.broken()) + "\"\n}")));
  }

  @Test
  void aFileIsReadStrictly(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("ledger.json");
    assertThrows(NoSuchFileException.class, () -> LedgerVerifier.verify(file, Samples.MANIFEST));
    Files.writeString(file, WHOLE);
    assertEquals(
        new Verification.Valid(Samples.broken()), LedgerVerifier.verify(file, Samples.MANIFEST));
    byte[] bytes = WHOLE.getBytes(StandardCharsets.UTF_8);
    bytes[WHOLE.indexOf("known")] = (byte) 0xFF;
    Files.write(file, bytes);
    assertEquals(
        new Verification.Rejected("it is not a text in UTF-8"),
        LedgerVerifier.verify(file, Samples.MANIFEST));
  }

  @Test
  void whatIsTooLongIsNotRead(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("ledger.json");
    String fitting = WHOLE + " ".repeat(LedgerVerifier.LONGEST - WHOLE.length());
    Files.writeString(file, fitting);
    assertEquals(
        new Verification.Rejected(reason(fitting)), LedgerVerifier.verify(file, Samples.MANIFEST));
    assertTrue(reason(fitting).startsWith("it says what it should"));
    Files.writeString(file, fitting + " ");
    Verification tooLong =
        new Verification.Rejected("it is longer than 64 MiB, which no ledger is");
    assertEquals(tooLong, LedgerVerifier.verify(file, Samples.MANIFEST));
    assertEquals(tooLong, verify(fitting + " "));
  }
}
