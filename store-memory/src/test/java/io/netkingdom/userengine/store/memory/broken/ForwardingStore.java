package io.netkingdom.userengine.store.memory.broken;

import io.netkingdom.userengine.store.MigrationReport;
import io.netkingdom.userengine.store.Readiness;
import io.netkingdom.userengine.store.RecordCounts;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionOptions;
import io.netkingdom.userengine.store.TransactionWork;
import io.netkingdom.userengine.store.UserEngineStore;

/** Passes everything on. */
class ForwardingStore implements UserEngineStore {

  final UserEngineStore honest;

  ForwardingStore(UserEngineStore honest) {
    this.honest = honest;
  }

  @Override
  public StoreOptions options() {
    return honest.options();
  }

  @Override
  public Repositories tenant(TenantId tenant) {
    return honest.tenant(tenant);
  }

  @Override
  public <T, X extends Exception> T inTransaction(
      TenantId tenant, TransactionOptions options, TransactionWork<T, X> work) throws X {
    return honest.inTransaction(tenant, options, work);
  }

  @Override
  public Readiness readiness() {
    return honest.readiness();
  }

  @Override
  public MigrationReport migrate() {
    return honest.migrate();
  }

  @Override
  public RecordCounts counts() {
    return honest.counts();
  }

  @Override
  public RecordCounts estimatedCounts() {
    return honest.estimatedCounts();
  }

  @Override
  public void close() {
    honest.close();
  }
}
