package io.netkingdom.userengine.store.postgres.testing.broken;

import java.util.List;

/** What SQL gets wrong with audit records and the outbox. */
final class AuditAndOutboxFaults {

  private AuditAndOutboxFaults() {}

  static List<SqlFault> all() {
    return List.of(
        new AuditCommitsByItself(),
        new AuditPlacesAreComparedByColumn(),
        new AuditIsReadBackByTimeAlone(),
        new AuditPeriodsWithBothEnds(),
        new AuditPagesKnowNoBytes(),
        new OutboxCommitsByItself(),
        new NoHorizon(),
        new HorizonOfTheNewest(),
        new OutboxInOrderOfItsSequence(),
        new DedupKeysAreNotUnique(),
        new OneRecordBehind(),
        new PagesKnowNoBytes(),
        new VersionsAreNotKept());
  }

  /** Records are written on another connection, so that they outlive a rollback. */
  private static final class AuditCommitsByItself extends SqlFault {
    AuditCommitsByItself() {
      sendsElsewhere("INSERT INTO {schema}.user_engine_audit");
      mustFail("AUD-03", "find of the record");
    }
  }

  /** Both columns of a place have to be greater, instead of the pair. */
  private static final class AuditPlacesAreComparedByColumn extends SqlFault {
    AuditPlacesAreComparedByColumn() {
      rewrites("(occurred_at, position) > (?, ?)", "occurred_at > ? AND position > ?");
      mustFail("AUD-08", "a walk through records of one time");
    }
  }

  /** DESC, said of two columns, is said of the last one only. */
  private static final class AuditIsReadBackByTimeAlone extends SqlFault {
    AuditIsReadBackByTimeAlone() {
      rewrites("ORDER BY occurred_at DESC, position DESC", "ORDER BY occurred_at, position DESC");
      mustFail("PAG-02", "a listing in descending order");
    }
  }

  /** BETWEEN, which has both ends. */
  private static final class AuditPeriodsWithBothEnds extends SqlFault {
    AuditPeriodsWithBothEnds() {
      rewrites("occurred_at >= ? AND occurred_at < ?", "occurred_at BETWEEN ? AND ?");
      mustFail("AUD-06", "the records from");
    }
  }

  /** The column that holds what a record takes was not counted for all of it. */
  private static final class AuditPagesKnowNoBytes extends SqlFault {
    AuditPagesKnowNoBytes() {
      rewrites("(octet_length(details::text))", "(octet_length(details::text) / 1000)");
      mustFail("AUD-09", "a page of the largest records is bounded");
    }
  }

  /** Records are written on another connection, so that they outlive a rollback. */
  private static final class OutboxCommitsByItself extends SqlFault {
    OutboxCommitsByItself() {
      sendsElsewhere("INSERT INTO {schema}.user_engine_outbox (");
      mustFail("OBX-01", "the events that were committed");
      mustFail("OBX-08", "the events, as the transaction that appended one sees them");
    }
  }

  /** Whatever is committed is read, although something before it may still be. */
  private static final class NoHorizon extends SqlFault {
    NoHorizon() {
      rewrites(
          "AND (epoch < place.first_epoch"
              + " OR transaction_id < pg_snapshot_xmin(pg_current_snapshot()))",
          "");
      mustFail("OBX-03", "what a reader saw that went on from page to page");
      mustFail("OBX-08", "the events, as the transaction that appended one sees them");
    }
  }

  /** The newest transaction that is known, taken for the oldest that is running. */
  private static final class HorizonOfTheNewest extends SqlFault {
    HorizonOfTheNewest() {
      rewrites("pg_snapshot_xmin(", "pg_snapshot_xmax(");
      mustFail("OBX-03", "what a reader saw that went on from page to page");
    }
  }

  /** The numbers of a sequence, which are in no transaction's order. */
  private static final class OutboxInOrderOfItsSequence extends SqlFault {
    OutboxInOrderOfItsSequence() {
      rewrites(
          "(epoch, transaction_id, position) > (?, ?::text::xid8, ?)",
          "epoch >= ? AND ?::xid8 IS NOT NULL AND position > ?");
      rewrites("ORDER BY epoch, transaction_id, position", "ORDER BY epoch, position");
      rewrites(
          "ORDER BY page.epoch, page.transaction_id, page.position",
          "ORDER BY page.epoch, page.position");
      mustFail("OBX-03", "what a reader saw that went on from page to page");
    }
  }

  /** The unique constraint of the keys is missing. */
  private static final class DedupKeysAreNotUnique extends SqlFault {
    DedupKeysAreNotUnique() {
      rewrites(", CONSTRAINT user_engine_outbox_dedup_key UNIQUE (tenant_id, dedup_key)", "");
      mustFail("OBX-02", "appending a dedupKey again");
      mustFail("OBX-07", "how many of the concurrent calls wrote the record");
    }
  }

  /** A page begins with the last record of the one before. */
  private static final class OneRecordBehind extends SqlFault {
    OneRecordBehind() {
      rewrites("(epoch, transaction_id, position) > (", "(epoch, transaction_id, position) >= (");
      mustFail("OBX-11", "the record after it");
    }
  }

  /** A page is as large as its records make it. */
  private static final class PagesKnowNoBytes extends SqlFault {
    PagesKnowNoBytes() {
      rewrites("page.bytes_before <= ?", "page.bytes_before / 1000 <= ?");
      mustFail("OBX-11", "a page of the largest records is bounded");
    }
  }

  /** The version of what a record is about is left out. */
  private static final class VersionsAreNotKept extends SqlFault {
    VersionsAreNotKept() {
      rewrites(
          "?, ?::bigint, ?, ?::jsonb", "?, nullif(?::bigint, 9223372036854775807), ?, ?::jsonb");
      mustFail("OBX-09", "the message that append returned");
    }
  }
}
