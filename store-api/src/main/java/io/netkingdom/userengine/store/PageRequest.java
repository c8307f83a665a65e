package io.netkingdom.userengine.store;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a listing to read. Pages are cut by keys and not by counting, so that a full walk
 * visits each record that was there throughout exactly once, whatever else comes and goes.
 *
 * <pre>{@code
 * Optional<PageRequest> request = Optional.of(PageRequest.of(100));
 * while (request.isPresent()) {
 *   Page<User> page = users.list(request.get());
 *   …
 *   request = request.get().next(page);
 * }
 * }</pre>
 *
 * <p>Its token can be read by whoever sees it, in a URL or a log, unless the store has a {@link
 * StoreOptions#pageTokenKey}: see {@link PageToken}.
 *
 * @param limit how many records at the most, 1 to {@value Limits#PAGE}
 * @param order in which order
 * @param after the place to begin at, or null for the beginning of that order
 */
public record PageRequest(int limit, SortOrder order, @Nullable PageToken after) {

  /**
   * @throws StoreException.InvalidInput naming {@code limit}, if it is out of its range
   */
  public PageRequest {
    if (limit < 1 || limit > Limits.PAGE) {
      throw new StoreException.InvalidInput("limit", "is not between 1 and " + Limits.PAGE);
    }
    Objects.requireNonNull(order, "order");
  }

  /**
   * The first page, in ascending order.
   *
   * @throws StoreException.InvalidInput naming {@code limit}, if it is out of its range
   */
  public static PageRequest of(int limit) {
    return new PageRequest(limit, SortOrder.ASCENDING, null);
  }

  /** The same in descending order, from that order's beginning or from the token on. */
  public PageRequest descending() {
    return new PageRequest(limit, SortOrder.DESCENDING, after);
  }

  /** The same from a place on. */
  public PageRequest after(PageToken value) {
    Objects.requireNonNull(value, "value");
    return new PageRequest(limit, order, value);
  }

  /** The request of the page that follows, in the same order; empty if there was nothing more. */
  public Optional<PageRequest> next(Page<?> page) {
    Objects.requireNonNull(page, "page");
    return page.nextToken().map(this::after);
  }

  /** The request of the page before, in the opposite order; empty if the page is empty. */
  public Optional<PageRequest> back(Page<?> page) {
    Objects.requireNonNull(page, "page");
    return page.firstToken().map(first -> new PageRequest(limit, order.reversed(), first));
  }
}
