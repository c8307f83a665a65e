package io.netkingdom.userengine.store.adapter;

import io.netkingdom.userengine.store.RecordCounts;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.TenantId;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What every call of a repository passes on its way to the engine. */
interface Gate {

  <T extends @Nullable Object> T read(Function<? super Repositories, ? extends T> operation);

  <T extends @Nullable Object> T write(Function<? super Repositories, ? extends T> operation);

  /** The tenant that all of it is about. */
  TenantId tenant();

  /** Counting is a read that also answers before the store is ready. */
  RecordCounts counts();
}
