package io.netkingdom.userengine.store.memory.broken;

import java.util.List;
import java.util.stream.Stream;

/** Every broken store. */
public final class BrokenStores {

  private BrokenStores() {}

  /** New ones, each with an empty storage. */
  public static List<BrokenStore> all() {
    return Stream.of(
            UserSins.all(),
            IdentitySins.all(),
            ProvisioningSins.all(),
            OutboxSins.all(),
            GroupSins.all(),
            ProfileSins.all(),
            AuditSins.all(),
            ListingSins.all(),
            ErasureSins.all(),
            TransactionSins.all(),
            JoiningSins.all(),
            IsolationSins.all(),
            StoreSins.all())
        .flatMap(List::stream)
        .toList();
  }

  /** The same storage without any sin. */
  public static BrokenStore none() {
    return new BrokenStore() {};
  }
}
