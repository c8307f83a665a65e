package io.netkingdom.userengine.store.memory;

import io.netkingdom.userengine.store.Page;
import io.netkingdom.userengine.store.SortOrder;
import io.netkingdom.userengine.store.adapter.Keyset;
import java.util.List;
import java.util.function.Function;
import org.pcollections.PSortedSet;

/** Cuts pages out of keys that are sorted. */
final class Pages {

  /** The last code point of all. It is a noncharacter, and so in no canonical key. */
  private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

  private Pages() {}

  /**
   * One page.
   *
   * @param keys all keys of the listing, ascending
   * @param parse the key of which a token holds the texts
   * @param texts the reverse
   * @param record the record of a key
   */
  static <K, R> Page<R> of(
      Keyset keyset,
      PSortedSet<K> keys,
      Function<List<String>, K> parse,
      Function<K, List<String>> texts,
      Function<K, R> record) {
    Page<K> page = keyset.page(firstOf(keyset, keys, parse), texts);
    return new Page<>(page.items().stream().map(record).toList(), page.first(), page.next());
  }

  /** The keys of a page, of which its bytes have not been counted. */
  static <K> List<K> firstOf(Keyset keyset, PSortedSet<K> keys, Function<List<String>, K> parse) {
    PSortedSet<K> ordered = keyset.order() == SortOrder.ASCENDING ? keys : keys.descendingSet();
    PSortedSet<K> rest =
        keyset.after().map(after -> ordered.tailSet(parse.apply(after), false)).orElse(ordered);
    return rest.stream().limit(keyset.limit()).toList();
  }

  /** Those of some canonical keys, in code point order, that begin with a text. */
  static PSortedSet<String> beginningWith(String prefix, PSortedSet<String> keys) {
    return keys.tailSet(prefix, true).headSet(prefix + LAST, false);
  }
}
