package io.netkingdom.userengine.store.memory;

import java.util.Comparator;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PSortedSet;
import org.pcollections.TreePSet;

/**
 * For every key the values that belong to it, in their order. Immutable.
 *
 * @param byKey the values; never an empty set
 * @param none the empty set, which knows the order
 */
record SortedIndex<K, V>(PMap<K, PSortedSet<V>> byKey, PSortedSet<V> none) {

  static <K, V extends Comparable<V>> SortedIndex<K, V> empty() {
    return new SortedIndex<>(HashTreePMap.empty(), TreePSet.<V>empty());
  }

  static <K, V> SortedIndex<K, V> empty(Comparator<V> order) {
    return new SortedIndex<>(HashTreePMap.empty(), TreePSet.empty(order));
  }

  PSortedSet<V> of(K key) {
    return byKey.getOrDefault(key, none);
  }

  SortedIndex<K, V> plus(K key, V value) {
    return new SortedIndex<>(byKey.plus(key, of(key).plus(value)), none);
  }

  SortedIndex<K, V> minus(K key, V value) {
    PSortedSet<V> rest = of(key).minus(value);
    return new SortedIndex<>(rest.isEmpty() ? byKey.minus(key) : byKey.plus(key, rest), none);
  }

  /** This index without any value of a key. */
  SortedIndex<K, V> minus(K key) {
    return new SortedIndex<>(byKey.minus(key), none);
  }
}
