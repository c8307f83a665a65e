package io.netkingdom.userengine.store.conformance.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.netkingdom.userengine.store.conformance.AnomalyResult;
import io.netkingdom.userengine.store.conformance.Exemption;
import io.netkingdom.userengine.store.conformance.Ledger;
import io.netkingdom.userengine.store.conformance.RuleResult;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * A ledger as JSON. One ledger has one text, so that a text can be compared with what its ledger
 * should be written as. The last field is the digest of the text without that field.
 */
public final class LedgerJson {

  /** The first field's value: what reads this knows what to expect. */
  static final String FORMAT = "user-engine conformance ledger 1";

  /** Writes ASCII only, so that no text can be lost on its way through an encoding. */
  private static final JsonFactory ASCII =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private LedgerJson() {}

  /** The text, with its digest. */
  public static String write(Ledger ledger) {
    return write(ledger, digest(ledger));
  }

  /** The digest of all that the ledger says. */
  static String digest(Ledger ledger) {
    return Sha256.of(write(ledger, null));
  }

  private static String write(Ledger ledger, @Nullable String digest) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = ASCII.createGenerator(text)) {
      // Not the platform's line separator, which would give one ledger two texts.
      json.setPrettyPrinter(
          new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));
      json.writeStartObject();
      json.writeStringField("format", FORMAT);
      json.writeStringField("adapter", ledger.adapter());
      json.writeBooleanField("conformant", ledger.conformant());
      json.writeStringField("server", ledger.environment().server());
      json.writeStringField("driver", ledger.environment().driver());
      json.writeStringField("kit", ledger.provenance().kit());
      json.writeStringField("manifest", ledger.provenance().manifest());
      json.writeStringField("jdk", ledger.provenance().jdk());
      json.writeNumberField("seed", ledger.provenance().seed());
      json.writeStringField("started", ledger.provenance().started().toString());
      json.writeNumberField("millis", ledger.provenance().millis());
      json.writeArrayFieldStart("problems");
      for (String problem : ledger.problems()) {
        json.writeString(problem);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("anomalies");
      for (AnomalyResult result : ledger.anomalies()) {
        write(result, json);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("rules");
      for (RuleResult rule : ledger.rules()) {
        write(rule, json);
      }
      json.writeEndArray();
      if (digest != null) {
        json.writeStringField("digest", digest);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot fail", e);
    }
    return text.append('\n').toString();
  }

  private static void write(AnomalyResult result, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("level", result.level().name());
    json.writeStringField("anomaly", result.anomaly().label());
    json.writeBooleanField("permitted", result.permitted());
    json.writeBooleanField("observed", result.observed());
    json.writeEndObject();
  }

  private static void write(RuleResult rule, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", rule.id());
    json.writeStringField("title", rule.title());
    json.writeStringField("verdict", rule.verdict().label());
    json.writeNumberField("millis", rule.millis());
    if (!rule.message().isEmpty()) {
      json.writeStringField("message", rule.message());
    }
    if (rule.exemption().isPresent()) {
      Exemption exemption = rule.exemption().get();
      json.writeObjectFieldStart("exemption");
      json.writeStringField("reason", exemption.reason());
      json.writeStringField("issue", exemption.issue().toString());
      json.writeStringField("expires", exemption.expires().toString());
      json.writeEndObject();
    }
    json.writeEndObject();
  }
}
