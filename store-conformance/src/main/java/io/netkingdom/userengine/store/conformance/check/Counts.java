package io.netkingdom.userengine.store.conformance.check;

import io.netkingdom.userengine.store.RecordKind;
import io.netkingdom.userengine.store.Repositories;

/** How many records there are, in checks that are about something else. */
public final class Counts {

  private Counts() {}

  public static long of(RuleContext t, Repositories records, RecordKind kind) {
    return t.counted("the tenant's counts", records.counts()).of(kind);
  }

  public static long users(RuleContext t, Repositories records) {
    return of(t, records, RecordKind.USER);
  }

  public static long identities(RuleContext t, Repositories records) {
    return of(t, records, RecordKind.FEDERATED_IDENTITY);
  }
}
