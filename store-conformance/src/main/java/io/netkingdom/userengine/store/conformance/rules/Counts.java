package io.netkingdom.userengine.store.conformance.rules;

import io.netkingdom.userengine.store.RecordKind;
import io.netkingdom.userengine.store.Repositories;

/** How many records there are, in checks that are about something else. */
final class Counts {

  private Counts() {}

  static long of(Trial t, Repositories records, RecordKind kind) {
    return t.counted("the tenant's counts", records.counts()).of(kind);
  }

  static long users(Trial t, Repositories records) {
    return of(t, records, RecordKind.USER);
  }

  static long identities(Trial t, Repositories records) {
    return of(t, records, RecordKind.FEDERATED_IDENTITY);
  }
}
