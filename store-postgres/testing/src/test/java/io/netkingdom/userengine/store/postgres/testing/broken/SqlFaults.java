package io.netkingdom.userengine.store.postgres.testing.broken;

import java.util.List;
import java.util.stream.Stream;

/** Every fault that is SQL's own. */
public final class SqlFaults {

  private SqlFaults() {}

  /** New ones, of which none has done anything yet. */
  public static List<SqlFault> all() {
    return Stream.of(
            UserFaults.all(),
            IdentityFaults.all(),
            GroupFaults.all(),
            ProfileFaults.all(),
            AuditAndOutboxFaults.all(),
            ListingFaults.all(),
            ErasureFaults.all(),
            TransactionFaults.all(),
            SchemaFaults.all())
        .flatMap(List::stream)
        .toList();
  }

  /** Nothing is done to any statement. */
  public static SqlFault none() {
    return new SqlFault() {};
  }
}
