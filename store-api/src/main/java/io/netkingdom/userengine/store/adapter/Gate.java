package io.netkingdom.userengine.store.adapter;

import io.netkingdom.userengine.store.Page;
import io.netkingdom.userengine.store.PageRequest;
import io.netkingdom.userengine.store.PageToken;
import io.netkingdom.userengine.store.PageTokenKey;
import io.netkingdom.userengine.store.RecordCounts;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.TenantId;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What every call of a repository passes on its way to the engine. */
interface Gate {

  <T extends @Nullable Object> T read(Function<? super Repositories, ? extends T> operation);

  <T extends @Nullable Object> T write(Function<? super Repositories, ? extends T> operation);

  /** The tenant that all of it is about. */
  TenantId tenant();

  /** What the tokens of callers are sealed with; null if they are the engine's as they are. */
  @Nullable PageTokenKey pageTokenKey();

  /**
   * A caller's request as the engine reads it.
   *
   * @throws io.netkingdom.userengine.store.StoreException.InvalidInput naming {@code pageToken}, if
   *     its token was not sealed with this key for this tenant
   */
  default PageRequest open(PageRequest request) {
    Objects.requireNonNull(request, "request");
    PageTokenKey key = pageTokenKey();
    PageToken after = request.after();
    return key == null || after == null ? request : request.after(key.open(tenant(), after));
  }

  /** The engine's page as callers get it. */
  default <R> Page<R> seal(Page<R> page) {
    return new Page<>(page.items(), seal(page.first()), seal(page.next()));
  }

  private @Nullable PageToken seal(@Nullable PageToken token) {
    PageTokenKey key = pageTokenKey();
    return key == null || token == null ? token : key.seal(tenant(), token);
  }

  /** Counting is a read that also answers before the store is ready. */
  RecordCounts counts();
}
