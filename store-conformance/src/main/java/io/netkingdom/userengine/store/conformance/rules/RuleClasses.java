package io.netkingdom.userengine.store.conformance.rules;

import java.util.List;

/** The classes that hold checks. */
public final class RuleClasses {

  private RuleClasses() {}

  /** All of them. */
  public static List<Class<?>> all() {
    return List.of(
        UserRules.class,
        KeyRules.class,
        UpsertRules.class,
        SignInRules.class,
        ImportRules.class,
        IdentityRules.class,
        GroupRules.class,
        ProfileRules.class,
        AuditRules.class,
        OutboxRules.class,
        TransactionRules.class,
        JoinedTransactionRules.class,
        IsolationRules.class,
        AnomalyRules.class,
        ListingRules.class,
        TextAndTimeRules.class,
        HostileInputRules.class,
        DeletionRules.class,
        ErasureRules.class,
        OverlappedErasureRules.class,
        CountRules.class,
        ErrorRules.class,
        LifecycleRules.class,
        ModelRules.class,
        MigrationRules.class);
  }
}
