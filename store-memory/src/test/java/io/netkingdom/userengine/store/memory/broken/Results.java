package io.netkingdom.userengine.store.memory.broken;

import io.netkingdom.userengine.store.Page;
import io.netkingdom.userengine.store.UpsertResult;
import java.util.stream.Stream;

/** What several faults make of an honest result. */
final class Results {

  private Results() {}

  static <R> UpsertResult<R> asCreated(UpsertResult<R> result) {
    return new UpsertResult.Created<>(result.record());
  }

  /** The page with other items. */
  static <R> Page<R> with(Page<R> page, Stream<R> items) {
    return new Page<>(items.toList(), page.first(), page.next());
  }

  static <R> R last(Page<R> page) {
    return page.items().get(page.items().size() - 1);
  }
}
