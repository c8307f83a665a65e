package io.netkingdom.userengine.store.memory.broken;

import static io.netkingdom.userengine.store.memory.broken.FaultyStore.fault;
import static io.netkingdom.userengine.store.memory.broken.FaultyStore.users;

import io.netkingdom.userengine.store.ImportOptions;
import io.netkingdom.userengine.store.RowOutcome;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserRepository;
import io.netkingdom.userengine.store.UserRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** What goes wrong with many users at once. */
final class ImportFaults {

  private ImportFaults() {}

  static List<FaultyStore> all() {
    return List.of(
        fault("ImportReadsEverythingFirst")
            .importUsers(
                (honest, tenant, source, options) ->
                    honest.importUsers(tenant, rows(source, row -> true), options))
            .mustFail("BLK-01", "no row is read before all rows of earlier batches were told of"),
        users("BadRowEndsTheBatch")
            .upsertAll(
                (honest, drafts) ->
                    drafts.stream()
                        .<RowOutcome>map(draft -> new RowOutcome.Stored(honest.upsert(draft)))
                        .toList())
            .mustFail("BLK-02", "unexpected Conflict"),
        // As against deadlocks.
        users("BatchIsSorted")
            .upsertAll(ImportFaults::upsertSorted)
            .mustFail("BLK-03", "of a batch, as if upserted after the ones before it")
            .mustFail("MOD-02", "upsert all of"),
        users("RejectionNamesTheUserName")
            .upsertAll(
                (honest, drafts) ->
                    rejections(
                        honest.upsertAll(drafts),
                        rejected -> new RowOutcome.Rejected("userName", rejected.reason())))
            .mustFail("BLK-04", "the rejected rows and their fields"),
        users("RejectionRepeatsTheValue")
            .upsertAll(
                (honest, drafts) ->
                    rejections(
                        honest.upsertAll(drafts),
                        rejected -> new RowOutcome.Rejected(rejected.field(), "taken: " + drafts)))
            .mustFail("BLK-04", "the reason is told, without the value"),
        users("ImportTouchesEverybody")
            .upsertAll(
                (honest, drafts) ->
                    honest.upsertAll(drafts).stream().map(ImportFaults::asUpdated).toList())
            .mustFail("BLK-05", "the same import again"),
        fault("SourceIsReadOnce")
            .importUsers(
                (honest, tenant, source, options) ->
                    honest.importUsers(tenant, once(source), options))
            .mustFail("BLK-06", "the report of the run that was committed"),
        fault("StrictKeepsItsBatches")
            .importUsers(
                (honest, tenant, source, options) ->
                    honest.importUsers(
                        tenant, source, options.strict() ? strictByBatch(options) : options))
            .mustFail("BLK-07", "users: expected 1"),
        users("BatchIsSmaller")
            .upsertAll(
                (honest, drafts) -> {
                  if (drafts.size() > 999) {
                    throw new StoreException.InvalidInput("batch", "has more than 999 rows");
                  }
                  return honest.upsertAll(drafts);
                })
            .mustFail("BLK-08", "unexpected InvalidInput"),
        fault("ImportCommitsAlone")
            .importUsers(
                (honest, tenant, source, options) ->
                    Elsewhere.call(() -> honest.importUsers(tenant, source, options)))
            .mustFail("BLK-09", "users after it was rolled back"),
        fault("SourceErrorsAreWrapped")
            .importUsers(
                (honest, tenant, source, options) -> {
                  try {
                    return honest.importUsers(tenant, source, options);
                  } catch (IllegalStateException e) {
                    throw new IllegalStateException(e);
                  }
                })
            .mustFail("BLK-10", "what a source throws reaches the caller unchanged"),
        fault("NullRowsAreSkipped")
            .importUsers(
                (honest, tenant, source, options) ->
                    honest.importUsers(tenant, rows(source, Objects::nonNull), options))
            .mustFail("BLK-11", "importing a row that is null: expected NullPointerException"));
  }

  private static List<UserRow> rows(Iterable<? extends UserRow> source, Predicate<UserRow> wanted) {
    List<UserRow> rows = new ArrayList<>();
    for (UserRow row : source) {
      if (wanted.test(row)) {
        rows.add(row);
      }
    }
    return rows;
  }

  /** The rows of a source, which nobody gets who asks again. */
  private static Iterable<UserRow> once(Iterable<? extends UserRow> source) {
    List<Iterator<? extends UserRow>> once = new ArrayList<>();
    return () -> {
      if (once.isEmpty()) {
        once.add(source.iterator());
      }
      List<UserRow> unread = new ArrayList<>();
      once.get(0).forEachRemaining(unread::add);
      return unread.iterator();
    };
  }

  /** Stops at the first row that is rejected, when the batches before it are committed. */
  private static ImportOptions strictByBatch(ImportOptions options) {
    return ImportOptions.defaults()
        .withBatchSize(options.batchSize())
        .withListener(
            (index, outcome) -> {
              if (outcome instanceof RowOutcome.Rejected rejected) {
                throw new StoreException.RowRejected(index, rejected.field(), rejected.reason());
              }
            });
  }

  private static List<RowOutcome> upsertSorted(UserRepository honest, List<UserDraft> drafts) {
    List<Integer> order =
        IntStream.range(0, drafts.size())
            .boxed()
            .sorted(Comparator.comparing(i -> drafts.get(i).userName().key()))
            .toList();
    List<RowOutcome> sorted = honest.upsertAll(order.stream().map(drafts::get).toList());
    List<RowOutcome> outcomes = new ArrayList<>(sorted);
    for (int i = 0; i < order.size(); i++) {
      outcomes.set(order.get(i), sorted.get(i));
    }
    return outcomes;
  }

  private static List<RowOutcome> rejections(
      List<RowOutcome> outcomes, UnaryOperator<RowOutcome.Rejected> as) {
    return outcomes.stream()
        .map(each -> each instanceof RowOutcome.Rejected rejected ? as.apply(rejected) : each)
        .toList();
  }

  private static RowOutcome asUpdated(RowOutcome outcome) {
    return outcome instanceof RowOutcome.Stored stored
            && stored.result() instanceof UpsertResult.Unchanged<User> same
        ? new RowOutcome.Stored(new UpsertResult.Updated<>(same.record()))
        : outcome;
  }
}
