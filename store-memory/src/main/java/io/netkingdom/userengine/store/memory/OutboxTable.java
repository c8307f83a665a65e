package io.netkingdom.userengine.store.memory;

import io.netkingdom.userengine.store.Limits;
import io.netkingdom.userengine.store.OutboxDraft;
import io.netkingdom.userengine.store.OutboxId;
import io.netkingdom.userengine.store.OutboxRecord;
import io.netkingdom.userengine.store.UserId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/**
 * Outbox records in the order of appending, by id, and by dedupKey. Immutable.
 *
 * <p>Who appends holds the tenant's lock until the commit. So the order of appending is that of
 * committing, and what is committed is always a beginning of it.
 */
record OutboxTable(
    PVector<OutboxRecord> records, PMap<OutboxId, Integer> byId, PMap<String, Integer> byDedupKey) {

  static final OutboxTable EMPTY =
      new OutboxTable(TreePVector.empty(), HashTreePMap.empty(), HashTreePMap.empty());

  int size() {
    return records.size();
  }

  @Nullable OutboxRecord find(OutboxId id) {
    return at(byId.get(id));
  }

  /** The record that has the draft's dedupKey. */
  @Nullable OutboxRecord findRepeatedBy(OutboxDraft draft) {
    return draft.dedupKey() == null ? null : at(byDedupKey.get(draft.dedupKey()));
  }

  private @Nullable OutboxRecord at(@Nullable Integer index) {
    return index == null ? null : records.get(index);
  }

  /** The records from an index on, of which all but the last are within the bytes of a page. */
  List<OutboxRecord> from(int index, int limit) {
    List<OutboxRecord> page = new ArrayList<>();
    long bytes = 0;
    for (int i = index; i < size() && page.size() < limit && bytes <= Limits.PAGE_BYTES; i++) {
      OutboxRecord next = records.get(i);
      page.add(next);
      bytes += bytes(next.message());
    }
    return page;
  }

  private static long bytes(OutboxDraft message) {
    return bytes(message.payload().toString())
        + message.headers().entrySet().stream()
            .mapToLong(header -> bytes(header.getKey()) + bytes(header.getValue()))
            .sum();
  }

  private static long bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** This table with one more record. */
  OutboxTable append(OutboxRecord appended) {
    String dedupKey = appended.message().dedupKey();
    return new OutboxTable(
        records.plus(appended),
        byId.plus(appended.id(), size()),
        dedupKey == null ? byDedupKey : byDedupKey.plus(dedupKey, size()));
  }

  /** This table with the records about a user erased. */
  OutboxTable erase(UserId userId) {
    PVector<OutboxRecord> rest = records;
    int index = 0;
    for (OutboxRecord each : records) {
      if (each.isAbout(userId)) {
        rest = rest.with(index, each.erased());
      }
      index++;
    }
    return new OutboxTable(rest, byId, byDedupKey);
  }
}
