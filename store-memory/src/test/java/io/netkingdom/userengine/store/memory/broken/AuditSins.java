package io.netkingdom.userengine.store.memory.broken;

import io.netkingdom.userengine.store.AuditDraft;
import io.netkingdom.userengine.store.AuditFilter;
import io.netkingdom.userengine.store.AuditId;
import io.netkingdom.userengine.store.AuditRecord;
import io.netkingdom.userengine.store.AuditRepository;
import io.netkingdom.userengine.store.AuditSubject;
import io.netkingdom.userengine.store.Page;
import io.netkingdom.userengine.store.PageRequest;
import io.netkingdom.userengine.store.PageToken;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.SortOrder;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.Timestamps;
import io.netkingdom.userengine.store.TransactionOptions;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.UserName;
import io.netkingdom.userengine.store.UserRepository;
import io.netkingdom.userengine.store.adapter.EngineTransaction;
import io.netkingdom.userengine.store.adapter.StorageEngine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What goes wrong with audit records. */
final class AuditSins {

  private AuditSins() {}

  static List<BrokenStore> all() {
    return List.of(
        new ShowsTheNameOfToday(),
        new NewestRecordFirst(),
        new AuditCommitsAlone(),
        new EmptyRequestIdIsAbsent(),
        new AuditGoesWithItsUser(),
        new TimeEndsLate(),
        new LabelsCount(),
        new PagesCutAtTimes(),
        new AuditPagesKnowNoBytes(),
        new PagesOfBytesAreTheLast());
  }

  private static Page<AuditRecord> with(Page<AuditRecord> page, List<AuditRecord> items) {
    return new Page<>(items, page.first(), page.next());
  }

  /** As where the label is joined in from the users when it is read. */
  private static final class ShowsTheNameOfToday extends BrokenStore {
    ShowsTheNameOfToday() {
      kills("AUD-01", "the record after what it names was changed");
    }

    @Override
    AuditRepository audit(Repositories records) {
      return new ForwardingAudit(records.audit()) {
        @Override
        public Optional<AuditRecord> find(AuditId id) {
          return super.find(id).map(this::joined);
        }

        private AuditRecord joined(AuditRecord record) {
          AuditDraft entry = record.entry();
          return new AuditRecord(
              record.id(),
              record.occurredAt(),
              new AuditDraft(
                  entry.actor(),
                  entry.action(),
                  named(entry.target()),
                  entry.outcome(),
                  entry.requestId(),
                  entry.details()));
        }

        private AuditSubject named(AuditSubject subject) {
          return subject.type().equals(AuditSubject.USER) && subject.id().length() == 36
              ? records
                  .users()
                  .find(UserId.of(subject.id()))
                  .map(User::userName)
                  .map(UserName::value)
                  .map(subject::withLabel)
                  .orElse(subject)
              : subject;
        }
      };
    }
  }

  private static final class NewestRecordFirst extends BrokenStore {
    NewestRecordFirst() {
      kills("AUD-02", "the actions of one transaction, by ByTarget");
      kills("AUD-06", "the records from");
    }

    @Override
    AuditRepository audit(Repositories records) {
      return new ForwardingAudit(records.audit()) {
        @Override
        public Page<AuditRecord> list(AuditFilter filter, PageRequest request) {
          Page<AuditRecord> page = super.list(filter, request);
          List<AuditRecord> items = new ArrayList<>(page.items());
          if (request.order() == SortOrder.ASCENDING) {
            Collections.reverse(items);
          }
          return with(page, items);
        }
      };
    }
  }

  /** As where audit records are written over a connection of their own. */
  private static final class AuditCommitsAlone extends BrokenStore {
    AuditCommitsAlone() {
      kills("AUD-03", "find of the record");
      kills("TXN-04", "its audit record");
    }

    @Override
    StorageEngine engine(StorageEngine engine) {
      return new ForwardingEngine(engine) {
        @Override
        public EngineTransaction begin(TenantId tenant, TransactionOptions options) {
          return new ForwardingTransaction(honest.begin(tenant, options)) {
            @Override
            public AuditRepository audit() {
              return new ForwardingAudit(honest.audit()) {
                @Override
                public AuditRecord append(AuditDraft draft) {
                  return engine.single(
                      tenant, false, options, records -> records.audit().append(draft));
                }

                @Override
                public Optional<AuditRecord> find(AuditId id) {
                  return engine.single(tenant, true, options, records -> records.audit().find(id));
                }

                @Override
                public Page<AuditRecord> list(AuditFilter filter, PageRequest request) {
                  return engine.single(
                      tenant, true, options, records -> records.audit().list(filter, request));
                }
              };
            }
          };
        }
      };
    }
  }

  private static final class EmptyRequestIdIsAbsent extends BrokenStore {
    EmptyRequestIdIsAbsent() {
      kills("AUD-04", "what the record tells");
    }

    @Override
    AuditRepository audit(Repositories records) {
      return new ForwardingAudit(records.audit()) {
        @Override
        public AuditRecord append(AuditDraft draft) {
          return super.append("".equals(draft.requestId()) ? draft.withRequestId(null) : draft);
        }
      };
    }
  }

  /** As a foreign key does that cascades. */
  private static final class AuditGoesWithItsUser extends BrokenStore {
    private final Set<UserId> deleted = ConcurrentHashMap.newKeySet();

    AuditGoesWithItsUser() {
      kills("AUD-05", "the record of a deleted actor");
    }

    @Override
    UserRepository users(Repositories records) {
      return new ForwardingUsers(records.users()) {
        @Override
        public boolean delete(UserId id) {
          deleted.add(id);
          return super.delete(id);
        }
      };
    }

    @Override
    AuditRepository audit(Repositories records) {
      return new ForwardingAudit(records.audit()) {
        @Override
        public Optional<AuditRecord> find(AuditId id) {
          return super.find(id).filter(record -> deleted.stream().noneMatch(record::names));
        }
      };
    }
  }

  /** As {@code BETWEEN} does. */
  private static final class TimeEndsLate extends BrokenStore {
    TimeEndsLate() {
      kills("AUD-06", "the records from");
    }

    @Override
    AuditRepository audit(Repositories records) {
      return new ForwardingAudit(records.audit()) {
        @Override
        public Page<AuditRecord> list(AuditFilter filter, PageRequest request) {
          return super.list(
              filter instanceof AuditFilter.ByTime time && request.after() == null
                  ? new AuditFilter.ByTime(time.from(), later(time.until()))
                  : filter,
              request);
        }
      };
    }

    private static Instant later(Instant until) {
      return until.equals(Timestamps.MAX) ? until : Timestamps.next(until, until);
    }
  }

  private static final class LabelsCount extends BrokenStore {
    LabelsCount() {
      kills("AUD-07", "the records of a target under another label");
    }

    @Override
    AuditRepository audit(Repositories records) {
      return new ForwardingAudit(records.audit()) {
        @Override
        public Page<AuditRecord> list(AuditFilter filter, PageRequest request) {
          Page<AuditRecord> page = super.list(filter, request);
          return filter instanceof AuditFilter.ByTarget by && by.target().label() != null
              ? with(
                  page,
                  page.items().stream()
                      .filter(record -> record.entry().target().equals(by.target()))
                      .toList())
              : page;
        }
      };
    }
  }

  /** As where the next page begins after the time of the last record. */
  private static final class PagesCutAtTimes extends BrokenStore {
    private final Map<PageToken, Instant> times = new ConcurrentHashMap<>();

    PagesCutAtTimes() {
      kills("AUD-08", "a walk through records of one time");
    }

    @Override
    AuditRepository audit(Repositories records) {
      return new ForwardingAudit(records.audit()) {
        @Override
        public Page<AuditRecord> list(AuditFilter filter, PageRequest request) {
          Page<AuditRecord> page = super.list(filter, request);
          PageToken next = page.next();
          if (next != null) {
            times.put(next, page.items().get(page.items().size() - 1).occurredAt());
          }
          PageToken after = request.after();
          return after == null
              ? page
              : with(
                  page,
                  page.items().stream()
                      .filter(record -> !record.occurredAt().equals(times.get(after)))
                      .toList());
        }
      };
    }
  }

  /** A page is as large as its records make it. */
  private static final class AuditPagesKnowNoBytes extends BrokenStore {
    AuditPagesKnowNoBytes() {
      kills("AUD-09", "a page of the largest records is bounded");
    }

    @Override
    AuditRepository audit(Repositories records) {
      return new ForwardingAudit(records.audit()) {
        @Override
        public Page<AuditRecord> list(AuditFilter filter, PageRequest request) {
          Page<AuditRecord> page = super.list(filter, request);
          List<AuditRecord> items = new ArrayList<>(page.items());
          PageToken next = page.next();
          while (next != null && items.size() < request.limit()) {
            int rest = request.limit() - items.size();
            Page<AuditRecord> more =
                super.list(filter, new PageRequest(rest, request.order(), next));
            items.addAll(more.items());
            next = more.next();
          }
          return new Page<>(items, page.first(), next);
        }
      };
    }
  }

  /** A page that has fewer records than its limit is taken for the last one. */
  private static final class PagesOfBytesAreTheLast extends BrokenStore {
    PagesOfBytesAreTheLast() {
      kills("AUD-09", "a walk through the largest records");
    }

    @Override
    AuditRepository audit(Repositories records) {
      return new ForwardingAudit(records.audit()) {
        @Override
        public Page<AuditRecord> list(AuditFilter filter, PageRequest request) {
          Page<AuditRecord> page = super.list(filter, request);
          return page.items().size() < request.limit()
              ? new Page<>(page.items(), page.first(), null)
              : page;
        }
      };
    }
  }
}
