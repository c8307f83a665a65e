package io.netkingdom.userengine.store.postgres.testing;

import io.netkingdom.userengine.store.IsolationLevel;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.StoreTransaction;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Something that is asked of both stores.
 *
 * @param text what a reader of a difference sees
 * @param at the time that it is meanwhile
 */
record TwinCall(String text, Instant at, Body body) {

  /** What is done. It may use nothing but what it is given, and what was drawn before. */
  @FunctionalInterface
  interface Body {
    @Nullable Object on(Place place) throws Exception;
  }

  /**
   * Where it is done.
   *
   * @param records of the tenant, or of the open transaction
   * @param clock takes the time of each call before it is made
   */
  record Place(Twin twin, int tenant, Repositories records, Consumer<Instant> clock) {

    Place in(Repositories others) {
      return new Place(twin, tenant, others, clock);
    }

    /** Whether it is in a transaction that allows less than others. */
    boolean isSerializable() {
      return records instanceof StoreTransaction tx
          && tx.options().isolation() == IsolationLevel.SERIALIZABLE;
    }
  }

  /** What comes of it, in a form that can be compared. */
  Object outcome(Place place) {
    place.clock().accept(at);
    try {
      return place.twin().shape(body.on(place));
    } catch (Exception e) {
      return place.twin().shape(e);
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
