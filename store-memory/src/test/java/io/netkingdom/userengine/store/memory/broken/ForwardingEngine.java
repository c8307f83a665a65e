package io.netkingdom.userengine.store.memory.broken;

import io.netkingdom.userengine.store.MigrationReport;
import io.netkingdom.userengine.store.Readiness;
import io.netkingdom.userengine.store.RecordCounts;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionOptions;
import io.netkingdom.userengine.store.adapter.EngineTransaction;
import io.netkingdom.userengine.store.adapter.StorageEngine;
import java.util.function.Function;

/** Passes everything on. */
class ForwardingEngine implements StorageEngine {

  final StorageEngine honest;

  ForwardingEngine(StorageEngine honest) {
    this.honest = honest;
  }

  @Override
  public <T> T single(
      TenantId tenant,
      boolean readOnly,
      TransactionOptions options,
      Function<? super Repositories, ? extends T> operation) {
    return honest.single(tenant, readOnly, options, operation);
  }

  @Override
  public EngineTransaction begin(TenantId tenant, TransactionOptions options) {
    return honest.begin(tenant, options);
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
