package io.netkingdom.userengine.store.postgres.migration;

import io.netkingdom.userengine.store.postgres.schema.MigrationCallback;
import io.netkingdom.userengine.store.postgres.sql.SchemaName;
import java.time.Duration;

/**
 * What a migrator needs to know.
 *
 * @param schema the schema that holds the tables
 * @param callback what to do in the transaction of every migration
 * @param layout of tables that are made
 * @param answerTimeout how long a server may take to answer what is asked of it
 * @param readOnly whether the store only reads, and so needs no other rights
 * @param policiesMeant whether row level security that applies to the role is meant
 */
public record MigrationSettings(
    SchemaName schema,
    MigrationCallback callback,
    Layout layout,
    Duration answerTimeout,
    boolean readOnly,
    boolean policiesMeant) {}
