package io.netkingdom.userengine.store.conformance;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** A ledger as a JSON file. */
final class LedgerFile {

  private LedgerFile() {}

  /** Writes a ledger into a directory, which is made if need be, and says where. */
  static Path write(Ledger ledger, Path directory) throws IOException {
    Files.createDirectories(directory);
    return Files.writeString(directory.resolve(ledger.name() + ".json"), toJson(ledger));
  }

  static String toJson(Ledger ledger) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeStringField("adapter", ledger.adapter());
      json.writeBooleanField("conformant", ledger.conformant());
      json.writeStringField("kit", ledger.kit());
      json.writeStringField("server", ledger.environment().server());
      json.writeStringField("driver", ledger.environment().driver());
      json.writeStringField("jdk", ledger.jdk());
      json.writeNumberField("seed", ledger.seed());
      json.writeArrayFieldStart("problems");
      for (String problem : ledger.problems()) {
        json.writeString(problem);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("anomalies");
      for (AnomalyResult result : ledger.anomalies()) {
        json.writeStartObject();
        json.writeStringField("level", result.level().name());
        json.writeStringField("anomaly", result.anomaly().label());
        json.writeBooleanField("permitted", result.permitted());
        json.writeBooleanField("observed", result.observed());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeArrayFieldStart("rules");
      for (RuleResult rule : ledger.rules()) {
        json.writeStartObject();
        json.writeStringField("id", rule.id());
        json.writeStringField("title", rule.title());
        json.writeStringField("verdict", rule.verdict().label());
        json.writeNumberField("millis", rule.millis());
        if (!rule.message().isEmpty()) {
          json.writeStringField("message", rule.message());
        }
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return text.append('\n').toString();
  }
}
