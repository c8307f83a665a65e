package io.netkingdom.userengine.store.memory.broken;

import static io.netkingdom.userengine.store.memory.broken.FaultyStore.audit;
import static io.netkingdom.userengine.store.memory.broken.FaultyStore.fault;
import static io.netkingdom.userengine.store.memory.broken.FaultyStore.users;

import io.netkingdom.userengine.store.AuditDraft;
import io.netkingdom.userengine.store.AuditFilter;
import io.netkingdom.userengine.store.AuditRecord;
import io.netkingdom.userengine.store.AuditSubject;
import io.netkingdom.userengine.store.Page;
import io.netkingdom.userengine.store.PageRequest;
import io.netkingdom.userengine.store.PageToken;
import io.netkingdom.userengine.store.SortOrder;
import io.netkingdom.userengine.store.Timestamps;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.UserRepository;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What goes wrong with audit records. */
final class AuditFaults {

  private AuditFaults() {}

  static List<FaultyStore> all() {
    return List.of(
        // As where the label is joined in from the users when it is read.
        fault("ShowsTheNameOfToday")
            .records(
                (records, calls) ->
                    calls
                        .audit()
                        .find(
                            (honest, id) ->
                                honest.find(id).map(record -> joined(record, records.users()))))
            .mustFail("AUD-01", "the record after what it names was changed"),
        audit("NewestRecordFirst")
            .list(
                (honest, filter, request) -> {
                  Page<AuditRecord> page = honest.list(filter, request);
                  List<AuditRecord> items = new ArrayList<>(page.items());
                  if (request.order() == SortOrder.ASCENDING) {
                    Collections.reverse(items);
                  }
                  return Results.with(page, items.stream());
                })
            .mustFail("AUD-02", "the actions of one transaction, by ByTarget")
            .mustFail("AUD-06", "the records from"),
        // As where audit records are written over a connection of their own.
        fault("AuditCommitsAlone")
            .transaction(
                tx ->
                    tx.audit()
                        .append((own, draft) -> tx.alone(records -> records.audit().append(draft)))
                        .audit()
                        .find((own, id) -> tx.committed(records -> records.audit().find(id)))
                        .audit()
                        .list(
                            (own, filter, request) ->
                                tx.committed(records -> records.audit().list(filter, request))))
            .mustFail("AUD-03", "find of the record")
            .mustFail("TXN-04", "its audit record"),
        audit("EmptyRequestIdIsAbsent")
            .append(
                (honest, draft) ->
                    honest.append("".equals(draft.requestId()) ? draft.withRequestId(null) : draft))
            .mustFail("AUD-04", "what the record tells"),
        auditGoesWithItsUser(),
        // As BETWEEN does.
        audit("TimeEndsLate")
            .list(
                (honest, filter, request) ->
                    honest.list(
                        filter instanceof AuditFilter.ByTime time && request.after() == null
                            ? new AuditFilter.ByTime(time.from(), later(time.until()))
                            : filter,
                        request))
            .mustFail("AUD-06", "the records from"),
        audit("LabelsCount")
            .list(
                (honest, filter, request) -> {
                  Page<AuditRecord> page = honest.list(filter, request);
                  return filter instanceof AuditFilter.ByTarget by && by.target().label() != null
                      ? Results.with(
                          page,
                          page.items().stream()
                              .filter(record -> record.entry().target().equals(by.target())))
                      : page;
                })
            .mustFail("AUD-07", "the records of a target under another label"),
        pagesCutAtTimes(),
        // A page is as large as its records make it.
        audit("AuditPagesKnowNoBytes")
            .list(
                (honest, filter, request) -> {
                  Page<AuditRecord> page = honest.list(filter, request);
                  List<AuditRecord> items = new ArrayList<>(page.items());
                  PageToken next = page.next();
                  while (next != null && items.size() < request.limit()) {
                    int rest = request.limit() - items.size();
                    Page<AuditRecord> more =
                        honest.list(filter, new PageRequest(rest, request.order(), next));
                    items.addAll(more.items());
                    next = more.next();
                  }
                  return new Page<>(items, page.first(), next);
                })
            .mustFail("AUD-09", "a page of the largest records is bounded"),
        // A page that has fewer records than its limit is taken for the last one.
        audit("PagesOfBytesAreTheLast")
            .list(
                (honest, filter, request) -> {
                  Page<AuditRecord> page = honest.list(filter, request);
                  return page.items().size() < request.limit()
                      ? new Page<>(page.items(), page.first(), null)
                      : page;
                })
            .mustFail("AUD-09", "a walk through the largest records"));
  }

  /** As a foreign key does that cascades. */
  private static FaultyStore auditGoesWithItsUser() {
    Set<UserId> deleted = ConcurrentHashMap.newKeySet();
    return users("AuditGoesWithItsUser")
        .delete(
            (honest, id) -> {
              deleted.add(id);
              return honest.delete(id);
            })
        .audit()
        .find(
            (honest, id) ->
                honest.find(id).filter(record -> deleted.stream().noneMatch(record::names)))
        .mustFail("AUD-05", "the record of a deleted actor");
  }

  /** As where the next page begins after the time of the last record. */
  private static FaultyStore pagesCutAtTimes() {
    Map<PageToken, Instant> times = new ConcurrentHashMap<>();
    return audit("PagesCutAtTimes")
        .list(
            (honest, filter, request) -> {
              Page<AuditRecord> page = honest.list(filter, request);
              page.nextToken().ifPresent(next -> times.put(next, Results.last(page).occurredAt()));
              PageToken after = request.after();
              return after == null
                  ? page
                  : Results.with(
                      page,
                      page.items().stream()
                          .filter(record -> !record.occurredAt().equals(times.get(after))));
            })
        .mustFail("AUD-08", "a walk through records of one time");
  }

  private static AuditRecord joined(AuditRecord record, UserRepository users) {
    AuditDraft entry = record.entry();
    return new AuditRecord(
        record.id(),
        record.occurredAt(),
        new AuditDraft(
            entry.actor(),
            entry.action(),
            named(entry.target(), users),
            entry.outcome(),
            entry.requestId(),
            entry.details()));
  }

  private static AuditSubject named(AuditSubject subject, UserRepository users) {
    return subject.type().equals(AuditSubject.USER) && subject.id().length() == 36
        ? users
            .find(UserId.of(subject.id()))
            .map(user -> subject.withLabel(user.userName().value()))
            .orElse(subject)
        : subject;
  }

  private static Instant later(Instant until) {
    return until.equals(Timestamps.MAX) ? until : Timestamps.next(until, until);
  }
}
