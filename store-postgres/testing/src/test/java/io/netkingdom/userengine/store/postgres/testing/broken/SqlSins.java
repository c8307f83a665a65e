package io.netkingdom.userengine.store.postgres.testing.broken;

import java.util.List;
import java.util.stream.Stream;

/** Every sin that is SQL's own. */
public final class SqlSins {

  private SqlSins() {}

  /** New ones, of which none has been committed yet. */
  public static List<SqlSin> all() {
    return Stream.of(
            UserSins.all(),
            IdentitySins.all(),
            GroupSins.all(),
            ProfileSins.all(),
            AuditAndOutboxSins.all(),
            ListingSins.all(),
            ErasureSins.all(),
            TransactionSins.all(),
            SchemaSins.all())
        .flatMap(List::stream)
        .toList();
  }

  /** Nothing is done to any statement. */
  public static SqlSin none() {
    return new SqlSin() {};
  }
}
