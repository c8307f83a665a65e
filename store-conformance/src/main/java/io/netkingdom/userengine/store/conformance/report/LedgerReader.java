package io.netkingdom.userengine.store.conformance.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.netkingdom.userengine.store.IsolationLevel;
import io.netkingdom.userengine.store.conformance.Anomaly;
import io.netkingdom.userengine.store.conformance.AnomalyResult;
import io.netkingdom.userengine.store.conformance.Environment;
import io.netkingdom.userengine.store.conformance.Exemption;
import io.netkingdom.userengine.store.conformance.Ledger;
import io.netkingdom.userengine.store.conformance.Provenance;
import io.netkingdom.userengine.store.conformance.RuleResult;
import io.netkingdom.userengine.store.conformance.Verdict;
import io.netkingdom.userengine.store.conformance.check.Messages;
import io.netkingdom.userengine.store.conformance.plan.PlanRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link LedgerJson} writes: exactly its fields, in its order, so that none can be there
 * twice. Always stands before the next token that it has not taken yet.
 */
final class LedgerReader {

  /** What a text says, and what it says of itself. */
  record Content(Ledger ledger, boolean conformant, String digest) {}

  private static final Pattern SHA256 = Pattern.compile("sha256:[0-9a-f]{64}");
  private static final String A_TIME = "a time in UTC between 1970 and 9999";
  private static final int LONGEST_QUOTE = 80;

  private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");

  private final JsonParser json;

  /** Where the last token was that was taken. */
  private int line = 1;

  private LedgerReader(JsonParser json) {
    this.json = json;
  }

  /**
   * Reads a whole text.
   *
   * @throws LedgerFlaw if it is anything else than a ledger in the one format that there is
   */
  static Content read(String text) throws LedgerFlaw {
    try (JsonParser json = new JsonFactory().createParser(text)) {
      try {
        json.nextToken();
        return new LedgerReader(json).document();
      } catch (JsonProcessingException e) {
        // Its message repeats the text, which may hold anything.
        throw new LedgerFlaw(
            "it is not valid JSON, or ends too early: line "
                + e.getLocation().getLineNr()
                + ", column "
                + e.getLocation().getColumnNr());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot fail", e);
    }
  }

  private Content document() throws IOException, LedgerFlaw {
    take(JsonToken.START_OBJECT, "an object");
    String format = string("format");
    if (!format.equals(LedgerJson.FORMAT)) {
      throw new LedgerFlaw(
          "its format is " + quote(format) + ", and this kit reads " + quote(LedgerJson.FORMAT));
    }
    String adapter = string("adapter");
    require(PlanRun.isAdapterName(adapter), "adapter", "the name of an adapter");
    boolean conformant = bool("conformant");
    Environment environment = new Environment(string("server"), string("driver"));
    Provenance provenance = provenance();
    List<String> problems = array("problems", () -> takeString("problems"));
    List<AnomalyResult> anomalies = array("anomalies", this::anomaly);
    List<RuleResult> rules = array("rules", this::rule);
    String digest = sha256("digest");
    take(JsonToken.END_OBJECT, "the end of the object");
    take(null, "the end of the text");
    return new Content(
        new Ledger(adapter, environment, provenance, rules, anomalies, problems),
        conformant,
        digest);
  }

  private Provenance provenance() throws IOException, LedgerFlaw {
    String kit = string("kit");
    String manifest = sha256("manifest");
    String jdk = string("jdk");
    parse("jdk", "the version of a Java runtime", jdk, Runtime.Version::parse);
    long seed = number("seed");
    Instant started = parse("started", A_TIME, string("started"), Instant::parse);
    require(!started.isBefore(Instant.EPOCH) && started.isBefore(YEAR_10000), "started", A_TIME);
    return new Provenance(kit, manifest, jdk, seed, started, millis());
  }

  private AnomalyResult anomaly() throws IOException, LedgerFlaw {
    take(JsonToken.START_OBJECT, "an object");
    IsolationLevel level = oneOf("level", IsolationLevel.values(), IsolationLevel::name);
    Anomaly anomaly = oneOf("anomaly", Anomaly.values(), Anomaly::label);
    AnomalyResult result = new AnomalyResult(level, anomaly, bool("permitted"), bool("observed"));
    take(JsonToken.END_OBJECT, "the end of the object");
    return result;
  }

  private RuleResult rule() throws IOException, LedgerFlaw {
    take(JsonToken.START_OBJECT, "an object");
    String id = string("id");
    String title = string("title");
    Verdict verdict = oneOf("verdict", Verdict.values(), Verdict::label);
    long millis = millis();
    String message = "";
    if (isAt("message")) {
      message = string("message");
      require(!message.isEmpty(), "message", "a text that is not empty");
    }
    Exemption exemption = null;
    if (isAt("exemption")) {
      exemption = exemption(id, verdict);
    }
    take(JsonToken.END_OBJECT, "the end of the object");
    return new RuleResult(id, title, verdict, millis, message, exemption);
  }

  private Exemption exemption(String rule, Verdict verdict) throws IOException, LedgerFlaw {
    field("exemption");
    require(verdict == Verdict.FAIL, "exemption", "for the verdict " + verdict.label());
    take(JsonToken.START_OBJECT, "an object");
    String reason = string("reason");
    URI issue = parse("issue", "a URI", string("issue"), URI::create);
    LocalDate expires = parse("expires", "a day", string("expires"), LocalDate::parse);
    Exemption exemption;
    try {
      exemption = new Exemption(rule, reason, issue, expires);
    } catch (IllegalArgumentException e) {
      throw new LedgerFlaw("line " + line + ": " + e.getMessage());
    }
    take(JsonToken.END_OBJECT, "the end of the object");
    return exemption;
  }

  private String sha256(String name) throws IOException, LedgerFlaw {
    String value = string(name);
    require(SHA256.matcher(value).matches(), name, "sha256: followed by 64 hexadecimal digits");
    return value;
  }

  private long millis() throws IOException, LedgerFlaw {
    long millis = number("millis");
    require(millis >= 0, "millis", "0 or more");
    return millis;
  }

  private String string(String name) throws IOException, LedgerFlaw {
    field(name);
    return takeString(name);
  }

  private String takeString(String name) throws IOException, LedgerFlaw {
    require(json.currentToken() == JsonToken.VALUE_STRING, name, "a text");
    String value = json.getText();
    advance();
    return value;
  }

  private long number(String name) throws IOException, LedgerFlaw {
    field(name);
    require(
        json.currentToken() == JsonToken.VALUE_NUMBER_INT
            && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER,
        name,
        "a whole number of at most 64 bits");
    long value = json.getLongValue();
    advance();
    return value;
  }

  private boolean bool(String name) throws IOException, LedgerFlaw {
    field(name);
    boolean value = json.currentToken() == JsonToken.VALUE_TRUE;
    require(value || json.currentToken() == JsonToken.VALUE_FALSE, name, "true or false");
    advance();
    return value;
  }

  private <E> E oneOf(String name, E[] values, Function<E, String> label)
      throws IOException, LedgerFlaw {
    String found = string(name);
    for (E value : values) {
      if (label.apply(value).equals(found)) {
        return value;
      }
    }
    throw wrong(name, "one of " + Arrays.stream(values).map(label).toList());
  }

  private interface Element<E> {
    E read() throws IOException, LedgerFlaw;
  }

  private <E> List<E> array(String name, Element<E> element) throws IOException, LedgerFlaw {
    field(name);
    take(JsonToken.START_ARRAY, "an array");
    List<E> elements = new ArrayList<>();
    while (json.currentToken() != JsonToken.END_ARRAY) {
      elements.add(element.read());
    }
    advance();
    return elements;
  }

  private <V> V parse(String name, String expected, String value, Function<String, V> parser)
      throws LedgerFlaw {
    try {
      return parser.apply(value);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw wrong(name, expected);
    }
  }

  private boolean isAt(String name) throws IOException {
    return json.currentToken() == JsonToken.FIELD_NAME && json.currentName().equals(name);
  }

  private void field(String name) throws IOException, LedgerFlaw {
    if (!isAt(name)) {
      throw unexpected("the field " + quote(name));
    }
    advance();
  }

  private void take(@Nullable JsonToken token, String expected) throws IOException, LedgerFlaw {
    if (json.currentToken() != token) {
      throw unexpected(expected);
    }
    advance();
  }

  private LedgerFlaw unexpected(String expected) throws IOException {
    String found =
        json.currentToken() == JsonToken.FIELD_NAME
            ? ", and not the field " + quote(json.currentName())
            : "";
    return new LedgerFlaw(
        "line " + json.currentTokenLocation().getLineNr() + ": expected " + expected + found);
  }

  private void require(boolean holds, String name, String expected) throws LedgerFlaw {
    if (!holds) {
      throw wrong(name, expected);
    }
  }

  private LedgerFlaw wrong(String name, String expected) {
    return new LedgerFlaw("line " + line + ": " + quote(name) + " is not " + expected);
  }

  private void advance() throws IOException {
    line = json.currentTokenLocation().getLineNr();
    json.nextToken();
  }

  /** Some of a text that may hold anything, on one line. */
  static String quote(String text) {
    String escaped = Messages.escape(text);
    return '"'
        + (escaped.length() > LONGEST_QUOTE ? escaped.substring(0, LONGEST_QUOTE) + "..." : escaped)
        + '"';
  }
}
