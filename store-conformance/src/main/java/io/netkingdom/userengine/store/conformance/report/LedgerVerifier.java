package io.netkingdom.userengine.store.conformance.report;

import io.netkingdom.userengine.store.conformance.AnomalyResult;
import io.netkingdom.userengine.store.conformance.Exemption;
import io.netkingdom.userengine.store.conformance.Ledger;
import io.netkingdom.userengine.store.conformance.Manifest;
import io.netkingdom.userengine.store.conformance.RuleResult;
import io.netkingdom.userengine.store.conformance.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads a ledger back, and tells whether it is whole: every rule of a manifest in its place, every
 * field as the kit writes it, and nothing changed since. Whether the adapter is conformant is
 * another question, which the ledger itself answers.
 *
 * <p>A digest without a key finds accidents: a file that was cut off, edited by hand, or merged. It
 * does not find forgery, since whoever changes a verdict can compute the digest anew. Who has to
 * rely on where a ledger comes from signs the file.
 */
public final class LedgerVerifier {

  /** The longest text that is read, in bytes; a run of some hundred rules leaves some 50 KB. */
  public static final int LONGEST = 64 * 1024 * 1024;

  private static final int MOST_NAMED = 10;

  private LedgerVerifier() {}

  /**
   * Reads a file and verifies it.
   *
   * @param manifest the rules that the ledger should be of
   * @throws IOException if the file cannot be read
   */
  public static Verification verify(Path file, Manifest manifest) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(LONGEST + 1);
    }
    if (bytes.length > LONGEST) {
      return tooLong();
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return new Verification.Rejected("it is not a text in UTF-8");
    }
    return verify(text, manifest);
  }

  /**
   * Verifies a text.
   *
   * @param manifest the rules that the ledger should be of
   */
  public static Verification verify(String text, Manifest manifest) {
    if (text.length() > LONGEST) {
      return tooLong();
    }
    try {
      LedgerReader.Content content = LedgerReader.read(text);
      Ledger ledger = content.ledger();
      checkRules(ledger, manifest);
      checkAnomalies(ledger.anomalies());
      if (content.conformant() != ledger.conformant()) {
        throw new LedgerFlaw(
            "it says "
                + (content.conformant() ? "conformant" : "not conformant")
                + ", and its verdicts and problems say otherwise");
      }
      if (!content.digest().equals(LedgerJson.digest(ledger))) {
        throw new LedgerFlaw(
            "its digest is that of another text: it was changed after it was written");
      }
      if (!text.equals(LedgerJson.write(ledger))) {
        throw new LedgerFlaw(
            "it says what it should, in another form than the kit writes:"
                + " it was changed after it was written");
      }
      return new Verification.Valid(ledger);
    } catch (LedgerFlaw flaw) {
      return new Verification.Rejected(flaw.sentence());
    }
  }

  private static Verification tooLong() {
    return new Verification.Rejected(
        "it is longer than " + LONGEST / (1024 * 1024) + " MiB, which no ledger is");
  }

  private static void checkRules(Ledger ledger, Manifest manifest) throws LedgerFlaw {
    if (!ledger.provenance().manifest().equals(manifest.hash())) {
      throw new LedgerFlaw(
          "it was made from another list of rules, that of kit "
              + LedgerReader.quote(ledger.provenance().kit())
              + ": verify it with that kit");
    }
    checkIds(
        ledger.rules().stream().map(RuleResult::id).toList(),
        manifest.rules().stream().map(Manifest.Entry::id).toList());
    LocalDate started = LocalDate.ofInstant(ledger.provenance().started(), ZoneOffset.UTC);
    for (int i = 0; i < ledger.rules().size(); i++) {
      checkRule(ledger.rules().get(i), manifest.rules().get(i), started);
    }
  }

  private static void checkIds(List<String> found, List<String> expected) throws LedgerFlaw {
    List<String> missing = expected.stream().filter(id -> !found.contains(id)).toList();
    if (!missing.isEmpty()) {
      throw new LedgerFlaw(
          expected.size()
              - missing.size()
              + " of "
              + expected.size()
              + " rules: "
              + name(missing)
              + (missing.size() == 1 ? " is missing" : " are missing"));
    }
    Set<String> seen = new HashSet<>();
    List<String> surplus =
        found.stream()
            .filter(id -> !seen.add(id) || !expected.contains(id))
            .map(LedgerReader::quote)
            .toList();
    if (!surplus.isEmpty()) {
      throw new LedgerFlaw("rules that are there twice, or are none of this kit: " + name(surplus));
    }
    for (int i = 0; i < expected.size(); i++) {
      if (!found.get(i).equals(expected.get(i))) {
        throw new LedgerFlaw(
            "the rules are in another order: "
                + found.get(i)
                + " stands where "
                + expected.get(i)
                + " belongs");
      }
    }
  }

  private static String name(List<String> ids) {
    int more = ids.size() - MOST_NAMED;
    return ids.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
        + (more > 0 ? " and " + more + " more" : "");
  }

  private static void checkRule(RuleResult found, Manifest.Entry rule, LocalDate started)
      throws LedgerFlaw {
    String id = rule.id();
    if (!found.title().equals(rule.title())) {
      throw new LedgerFlaw("the sentence of " + id + " is not that of this kit");
    }
    if (found.verdict() == Verdict.PASS && !found.message().isEmpty()) {
      throw new LedgerFlaw(id + " holds, and so has no message");
    }
    if (found.verdict() != Verdict.PASS && found.message().isEmpty()) {
      throw new LedgerFlaw(
          id + " is " + found.verdict().label() + " without a message that says why");
    }
    if (found.verdict() == Verdict.DECLARED_ABSENT && rule.capability() == null) {
      throw new LedgerFlaw(
          id + " is a core rule, and so cannot be " + Verdict.DECLARED_ABSENT.label());
    }
    if (found.exemption().isPresent()) {
      checkExemption(found.exemption().get(), started);
    }
  }

  private static void checkExemption(Exemption exemption, LocalDate started) throws LedgerFlaw {
    if (exemption.expires().isBefore(started)) {
      throw new LedgerFlaw(
          "the exemption of " + exemption.rule() + " had expired when the run began");
    }
    if (exemption.expires().isAfter(started.plusDays(Exemption.LONGEST_DAYS))) {
      throw new LedgerFlaw(
          "the exemption of "
              + exemption.rule()
              + " reaches more than "
              + Exemption.LONGEST_DAYS
              + " days ahead");
    }
  }

  private static void checkAnomalies(List<AnomalyResult> anomalies) throws LedgerFlaw {
    Set<String> seen = new HashSet<>();
    for (AnomalyResult result : anomalies) {
      String name = result.anomaly().label() + " at " + result.level();
      if (!seen.add(name)) {
        throw new LedgerFlaw("the anomaly " + name + " is there twice");
      }
    }
  }
}
