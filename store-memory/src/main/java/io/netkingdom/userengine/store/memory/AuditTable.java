package io.netkingdom.userengine.store.memory;

import io.netkingdom.userengine.store.AuditFilter;
import io.netkingdom.userengine.store.AuditId;
import io.netkingdom.userengine.store.AuditRecord;
import io.netkingdom.userengine.store.AuditSubject;
import io.netkingdom.userengine.store.Page;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.adapter.Keyset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PSortedMap;
import org.pcollections.PSortedSet;
import org.pcollections.TreePMap;

/** Audit records in their order, by id, and by whom they name. Immutable. */
record AuditTable(
    PSortedMap<AuditPlace, AuditRecord> byPlace,
    PMap<AuditId, AuditPlace> byId,
    SortedIndex<AuditSubject, AuditPlace> byActor,
    SortedIndex<AuditSubject, AuditPlace> byTarget) {

  static final AuditTable EMPTY =
      new AuditTable(
          TreePMap.empty(), HashTreePMap.empty(), SortedIndex.empty(), SortedIndex.empty());

  int size() {
    return byPlace.size();
  }

  @Nullable AuditRecord find(AuditId id) {
    AuditPlace place = byId.get(id);
    return place == null ? null : byPlace.get(place);
  }

  private AuditRecord get(AuditPlace place) {
    return Objects.requireNonNull(byPlace.get(place));
  }

  Page<AuditRecord> page(Keyset keyset, AuditFilter filter) {
    Page<AuditPlace> page =
        keyset.page(
            Pages.firstOf(keyset, places(filter), AuditPlace::of),
            AuditPlace::texts,
            place ->
                get(place).entry().details().toString().getBytes(StandardCharsets.UTF_8).length);
    return new Page<>(page.items().stream().map(this::get).toList(), page.first(), page.next());
  }

  private PSortedSet<AuditPlace> places(AuditFilter filter) {
    if (filter instanceof AuditFilter.ByTarget by) {
      return byTarget.of(unlabelled(by.target()));
    }
    if (filter instanceof AuditFilter.ByActor by) {
      return byActor.of(unlabelled(by.actor()));
    }
    AuditFilter.ByTime by = (AuditFilter.ByTime) filter;
    return byPlace
        .navigableKeySet()
        .tailSet(AuditPlace.of(by.from(), 0), true)
        .headSet(AuditPlace.of(by.until(), 0), false);
  }

  private static AuditSubject unlabelled(AuditSubject subject) {
    return subject.withLabel(null);
  }

  /** This table with one more record. */
  AuditTable append(AuditRecord appended) {
    // Records are never removed, so that their number is that of all that were ever appended.
    AuditPlace place = AuditPlace.of(appended.occurredAt(), size());
    return new AuditTable(
        byPlace.plus(place, appended),
        byId.plus(appended.id(), place),
        byActor.plus(unlabelled(appended.entry().actor()), place),
        byTarget.plus(unlabelled(appended.entry().target()), place));
  }

  /** This table with the records that name a user erased. */
  AuditTable erase(UserId userId) {
    AuditSubject user = AuditSubject.user(userId);
    PSortedMap<AuditPlace, AuditRecord> records = byPlace;
    for (AuditPlace place : byActor.of(user).plusAll(byTarget.of(user))) {
      records = records.plus(place, get(place).erased());
    }
    return new AuditTable(records, byId, byActor, byTarget);
  }
}
