package io.netkingdom.userengine.store.memory.broken;

import java.util.List;
import java.util.stream.Stream;

/** Every faulty store. */
public final class FaultyStores {

  private FaultyStores() {}

  /** New ones, each with an empty storage. */
  public static List<FaultyStore> all() {
    return Stream.of(
            UserFaults.all(),
            KeyFaults.all(),
            UpsertFaults.all(),
            IdentityFaults.all(),
            SignInFaults.all(),
            ImportFaults.all(),
            OutboxFaults.all(),
            GroupFaults.all(),
            ProfileFaults.all(),
            AuditFaults.all(),
            ListingFaults.all(),
            PageTokenFaults.all(),
            ErasureFaults.all(),
            TransactionFaults.all(),
            NestingFaults.all(),
            JoiningFaults.all(),
            IsolationFaults.all(),
            StoreFaults.all(),
            LifecycleFaults.all())
        .flatMap(List::stream)
        .toList();
  }

  /** The same storage without any fault. */
  public static FaultyStore none() {
    return FaultyStore.fault("None");
  }
}
