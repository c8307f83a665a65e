package io.netkingdom.userengine.store.conformance.rules;

import io.netkingdom.userengine.store.RecordKind;
import io.netkingdom.userengine.store.Repositories;

/** How many records there are, in checks that are about something else. */
final class Counts {

  private Counts() {}

  static long users(Trial t, Repositories records) {
    return t.counted("the tenant's counts", records.counts()).of(RecordKind.USER);
  }

  static long identities(Trial t, Repositories records) {
    return t.counted("the tenant's counts", records.counts()).of(RecordKind.FEDERATED_IDENTITY);
  }
}
