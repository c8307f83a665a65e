package io.netkingdom.userengine.store;

import io.netkingdom.userengine.store.internal.Arguments;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A part of a listing. Whoever sees its tokens can read in them the tenant and the keys of its
 * first and last record, unless the store has a {@link StoreOptions#pageTokenKey}.
 *
 * @param items the records, in the order that was asked for
 * @param first the place before the first record, from which the opposite order goes back; null if
 *     there is no record
 * @param next the place after the last record; null if the page was not filled, so that nothing
 *     follows. A page of exactly the limit has one, and an empty page may follow.
 */
public record Page<R>(List<R> items, @Nullable PageToken first, @Nullable PageToken next) {

  /** Copies the list. */
  public Page {
    items = Arguments.copy("items", items);
  }

  /** The place before the first record. */
  public Optional<PageToken> firstToken() {
    return Optional.ofNullable(first);
  }

  /** The place after the last record, if more may follow. */
  public Optional<PageToken> nextToken() {
    return Optional.ofNullable(next);
  }
}
