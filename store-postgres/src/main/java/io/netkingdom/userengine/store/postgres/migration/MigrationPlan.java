package io.netkingdom.userengine.store.postgres.migration;

import io.netkingdom.userengine.store.Readiness;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.postgres.schema.SchemaFile;
import io.netkingdom.userengine.store.postgres.sql.SchemaName;
import java.util.List;

/** Steps that are yet to be run, and the layout of the tables that they make. */
record MigrationPlan(List<Migration> steps, Layout layout) {

  List<SchemaFile> files(SchemaName schema) {
    return steps.stream().map(step -> step.file(schema, layout)).toList();
  }

  /** The one place that says what is run for steps of the schema. */
  List<String> statements(SchemaName schema) {
    return steps.stream().flatMap(step -> step.statements(schema, layout).stream()).toList();
  }

  /**
   * What has to be done to a schema.
   *
   * @throws StoreException.NotMigrated if nothing can be done, since it is dirty or ahead
   * @throws StoreException.Unavailable if nothing could be found out
   * @throws StoreException.MigrationFailed if another layout is wanted than the tables have
   */
  static MigrationPlan of(SchemaInspection.Found found, MigrationSettings settings) {
    Readiness readiness = found.readiness();
    if (readiness instanceof Readiness.Ready) {
      return new MigrationPlan(List.of(), layoutOf(found, settings));
    }
    if (readiness instanceof Readiness.Uninitialised) {
      return new MigrationPlan(Migration.after(0), settings.layout());
    }
    if (readiness instanceof Readiness.Pending pending) {
      return new MigrationPlan(Migration.after(pending.version()), layoutOf(found, settings));
    }
    if (readiness instanceof Readiness.Unreachable unreachable) {
      throw new StoreException.Unavailable(unreachable.reason(), null);
    }
    throw new StoreException.NotMigrated(readiness);
  }

  /** The layout that the tables have, unless another one is wanted. */
  private static Layout layoutOf(SchemaInspection.Found found, MigrationSettings settings) {
    Layout wanted = settings.layout();
    Layout layout = TableLayouts.of(found.catalogue()).layout();
    if (!wanted.isPlain() && !wanted.equals(layout)) {
      throw new StoreException.MigrationFailed(
          "each table was to have %s, and those in the schema %s have %s; tables that are there"
                  .formatted(wanted.describe(), settings.schema().quoted(), layout.describe())
              + " are not converted, and nothing was changed",
          null);
    }
    return layout;
  }

  /** The labels of the steps. */
  List<String> labels() {
    return Migration.labels(steps);
  }
}
