package io.netkingdom.userengine.store.postgres;

import io.netkingdom.userengine.store.StoreOptions;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** What the sessions of one store share: its statements, prepared for its schema, and its clock. */
final class Statements {

  private final SchemaName schema;
  private final StoreOptions options;
  private final ConcurrentMap<String, Sql> prepared = new ConcurrentHashMap<>();

  Statements(SchemaName schema, StoreOptions options) {
    this.schema = schema;
    this.options = options;
  }

  Sql get(String template) {
    return prepared.computeIfAbsent(template, text -> Sql.of(text, schema));
  }

  Instant now() {
    return options.now();
  }
}
