package io.netkingdom.userengine.store.conformance.check;

import io.netkingdom.userengine.store.Page;
import io.netkingdom.userengine.store.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Listings, page by page. */
public final class Pages {

  /** Far beyond what any check has; only a walk that goes in circles gets there. */
  private static final int BOUND = 2_000;

  private Pages() {}

  /** Everything that a listing has, from a request on. */
  public static <R> List<R> walk(
      RuleContext t,
      PageRequest first,
      Function<PageRequest, Page<R>> listing,
      Runnable betweenPages) {
    List<R> items = new ArrayList<>();
    Optional<PageRequest> request = Optional.of(first);
    for (int pages = 0; request.isPresent(); pages++) {
      t.holds("a walk through a listing ends", pages < BOUND);
      Page<R> page = listing.apply(request.get());
      t.holds("a page has no more records than its limit", page.items().size() <= first.limit());
      items.addAll(page.items());
      request = request.get().next(page);
      betweenPages.run();
    }
    return items;
  }

  public static <R> List<R> walk(
      RuleContext t, PageRequest first, Function<PageRequest, Page<R>> listing) {
    return walk(t, first, listing, () -> {});
  }

  /** Everything that a listing has, in ascending order and in as few pages as possible. */
  public static <R> List<R> all(RuleContext t, Function<PageRequest, Page<R>> listing) {
    return walk(t, PageRequest.of(1_000), listing);
  }
}
