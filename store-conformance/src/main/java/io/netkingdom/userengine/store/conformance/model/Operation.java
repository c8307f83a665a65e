package io.netkingdom.userengine.store.conformance.model;

import io.netkingdom.userengine.store.Repositories;
import org.jspecify.annotations.Nullable;

/**
 * Something that can be asked of a store and of the model alike.
 *
 * @param text what a reader of a failure sees
 * @param call returns what can be compared: nothing in it may depend on chance
 */
record Operation(String text, Call call) implements Step.Inner {

  /** What is done. */
  @FunctionalInterface
  interface Call {
    @Nullable Object on(Repositories records);
  }

  @Override
  public String toString() {
    return text;
  }
}
