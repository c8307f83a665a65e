package io.netkingdom.userengine.store.postgres.session;

import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.postgres.jdbc.DefaultLevel;
import io.netkingdom.userengine.store.postgres.sql.SchemaName;
import io.netkingdom.userengine.store.postgres.sql.Sql;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What the sessions of one store share: its statements, prepared for its schema, its clock, and the
 * level at which its server begins transactions.
 */
public final class Statements {

  private final SchemaName schema;
  private final StoreOptions options;
  private final DefaultLevel defaultLevel;
  private final ConcurrentMap<String, Sql> prepared = new ConcurrentHashMap<>();

  public Statements(SchemaName schema, StoreOptions options, DefaultLevel defaultLevel) {
    this.schema = schema;
    this.options = options;
    this.defaultLevel = defaultLevel;
  }

  public Sql get(String template) {
    return prepared.computeIfAbsent(template, text -> Sql.of(text, schema));
  }

  public SchemaName schema() {
    return schema;
  }

  public DefaultLevel defaultLevel() {
    return defaultLevel;
  }

  Instant now() {
    return options.now();
  }
}
