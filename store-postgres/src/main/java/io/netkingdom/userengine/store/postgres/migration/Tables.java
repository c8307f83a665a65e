package io.netkingdom.userengine.store.postgres.migration;

import java.util.List;

/** The tables that the migrations make. */
public final class Tables {

  /** In an order in which they can be dropped without CASCADE. */
  public static final List<String> ALL =
      List.of(
          "user_engine_outbox_epochs",
          "user_engine_outbox",
          "user_engine_audit",
          "user_engine_profiles",
          "user_engine_memberships",
          "user_engine_groups",
          "user_engine_identities",
          "user_engine_users",
          "user_engine_schema_history");

  private Tables() {}
}
