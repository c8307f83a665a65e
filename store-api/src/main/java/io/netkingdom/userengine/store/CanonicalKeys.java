package io.netkingdom.userengine.store;

import io.netkingdom.userengine.store.precis.PrecisException;
import io.netkingdom.userengine.store.precis.PrecisProfile;

/**
 * The keys of one kind of name.
 *
 * @param profile how a name becomes its key
 * @param max code points of the longest name, as typed and as key
 */
record CanonicalKeys(PrecisProfile profile, int max) {

  /** The key of a name that is typed in that field. */
  String of(String field, String typed) {
    Text.nonEmpty(field, typed, max);
    try {
      return Text.of(field, profile.enforce(typed), max);
    } catch (PrecisException e) {
      throw new StoreException.InvalidInput(field, e.reason());
    }
  }

  /** The key of the beginning of a name, which may be empty. */
  String ofPrefix(String typed) {
    Text.of("prefix", typed, max);
    try {
      return Text.of("prefix", profile.enforcePrefix(typed), max);
    } catch (PrecisException e) {
      throw new StoreException.InvalidInput("prefix", e.reason());
    }
  }
}
