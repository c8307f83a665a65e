package io.netkingdom.userengine.store.postgres.records;

import io.netkingdom.userengine.store.AuditDraft;
import io.netkingdom.userengine.store.AuditFilter;
import io.netkingdom.userengine.store.AuditId;
import io.netkingdom.userengine.store.AuditOutcome;
import io.netkingdom.userengine.store.AuditRecord;
import io.netkingdom.userengine.store.AuditRepository;
import io.netkingdom.userengine.store.AuditSubject;
import io.netkingdom.userengine.store.Limits;
import io.netkingdom.userengine.store.Page;
import io.netkingdom.userengine.store.PageRequest;
import io.netkingdom.userengine.store.adapter.Keyset;
import io.netkingdom.userengine.store.adapter.Listings;
import io.netkingdom.userengine.store.postgres.session.Columns;
import io.netkingdom.userengine.store.postgres.session.PostgresSession;
import io.netkingdom.userengine.store.postgres.sql.KeysetSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Audit records. Each operation is one statement. */
record PostgresAudit(PostgresSession session) implements AuditRepository {

  private static final String APPEND =
      """
      WITH {settings}, named AS MATERIALIZED (
        SELECT u.id
        FROM {schema}.user_engine_users u CROSS JOIN settings
        WHERE u.tenant_id = :tenant AND u.id = ANY (ARRAY[:actorUser::uuid, :targetUser::uuid])
        ORDER BY u.id
        FOR KEY SHARE OF u
      ),
      """
          + Subjects.alone("(:actorUser::uuid), (:targetUser::uuid)")
          + """
          INSERT INTO {schema}.user_engine_audit
            (tenant_id, id, occurred_at, actor_type, actor_id, actor_label, action,
             target_type, target_id, target_label, outcome, request_id, details)
          SELECT :tenant, :id, :occurredAt, :actorType, :actorId, :actorLabel, :action,
                 :targetType, :targetId, :targetLabel, :outcome, :requestId, :details::jsonb
          FROM (SELECT count(*) FROM named) held CROSS JOIN (SELECT count(*) FROM alone) waited
          RETURNING id
          """;

  private static final String FIND =
      "SELECT * FROM {schema}.user_engine_audit WHERE tenant_id = :tenant AND id = :id";

  private static final KeysetSql BY_TARGET =
      list("target_type = :subjectType AND target_id = :subjectId");

  private static final KeysetSql BY_ACTOR =
      list("actor_type = :subjectType AND actor_id = :subjectId");

  private static final KeysetSql BY_TIME = list("occurred_at >= :from AND occurred_at < :until");

  private static KeysetSql list(String condition) {
    return new KeysetSql(
        """
        SELECT * FROM {schema}.user_engine_audit
        WHERE tenant_id = :tenant AND %s
        """
            .formatted(condition),
        List.of("occurred_at", "position"),
        List.of(":afterTime", ":afterPosition"));
  }

  @Override
  public AuditRecord append(AuditDraft draft) {
    Instant now = session.now();
    AuditRecord record = new AuditRecord(AuditId.generate(now), session.auditTime(now), draft);
    Map<String, @Nullable Object> parameters = session.parameters();
    parameters.put("id", record.id().value());
    parameters.put("occurredAt", record.occurredAt());
    putSubject(parameters, "actor", draft.actor());
    parameters.put("action", draft.action());
    putSubject(parameters, "target", draft.target());
    parameters.put("outcome", draft.outcome().name());
    parameters.put("requestId", draft.requestId());
    parameters.put("details", draft.details().toString());
    session.run(APPEND, parameters, ResultSet::next);
    session.auditWritten(record.occurredAt());
    return record;
  }

  private static void putSubject(
      Map<String, @Nullable Object> parameters, String role, AuditSubject subject) {
    parameters.put(role + "Type", subject.type());
    parameters.put(role + "Id", subject.id());
    parameters.put(role + "Label", subject.label());
    parameters.put(role + "User", Subjects.user(subject.type(), subject.id()));
  }

  @Override
  public Optional<AuditRecord> find(AuditId id) {
    Map<String, @Nullable Object> parameters = session.parameters();
    parameters.put("id", id.value());
    return session.run(FIND, parameters, Columns.first(rows -> Appended.read(rows).record()));
  }

  @Override
  public Page<AuditRecord> list(AuditFilter filter, PageRequest request) {
    Keyset keyset = Listings.audit(session.tenant(), filter, request);
    Map<String, @Nullable Object> parameters = session.parameters();
    parameters.put("limit", keyset.limit());
    parameters.put("pageBytes", Limits.PAGE_BYTES);
    keyset.after().ifPresent(after -> putPlace(parameters, after));
    if (filter instanceof AuditFilter.ByTarget by) {
      return page(BY_TARGET, parametersOf(parameters, by.target()), keyset);
    }
    if (filter instanceof AuditFilter.ByActor by) {
      return page(BY_ACTOR, parametersOf(parameters, by.actor()), keyset);
    }
    AuditFilter.ByTime by = (AuditFilter.ByTime) filter;
    parameters.put("from", by.from());
    parameters.put("until", by.until());
    return page(BY_TIME, parameters, keyset);
  }

  private static Map<String, @Nullable Object> parametersOf(
      Map<String, @Nullable Object> parameters, AuditSubject subject) {
    parameters.put("subjectType", subject.type());
    parameters.put("subjectId", subject.id());
    return parameters;
  }

  private static void putPlace(Map<String, @Nullable Object> parameters, List<String> after) {
    parameters.put(
        "afterTime", Instant.EPOCH.plus(Long.parseLong(after.get(0)), ChronoUnit.MICROS));
    parameters.put("afterPosition", Long.parseLong(after.get(1)));
  }

  private Page<AuditRecord> page(
      KeysetSql sql, Map<String, @Nullable Object> parameters, Keyset keyset) {
    Page<Appended> page =
        keyset.page(
            session.run(sql.statementWithinBytes(keyset), parameters, Columns.all(Appended::read)),
            Appended::key,
            Appended::bytes);
    return new Page<>(
        page.items().stream().map(Appended::record).toList(), page.first(), page.next());
  }

  /** A record, its place among those of the same time, and what it counts for a page. */
  private record Appended(AuditRecord record, long position, int bytes) {

    static Appended read(ResultSet row) throws SQLException {
      AuditDraft entry =
          new AuditDraft(
              subject(row, "actor"),
              row.getString("action"),
              subject(row, "target"),
              AuditOutcome.valueOf(row.getString("outcome")),
              row.getString("request_id"),
              Columns.object(row, "details"));
      return new Appended(
          new AuditRecord(
              AuditId.of(Columns.uuid(row, "id")), Columns.instant(row, "occurred_at"), entry),
          row.getLong("position"),
          row.getInt("bytes"));
    }

    private static AuditSubject subject(ResultSet row, String role) throws SQLException {
      return new AuditSubject(
          row.getString(role + "_type"),
          row.getString(role + "_id"),
          row.getString(role + "_label"));
    }

    List<String> key() {
      long microseconds = ChronoUnit.MICROS.between(Instant.EPOCH, record.occurredAt());
      return List.of(Long.toString(microseconds), Long.toString(position));
    }
  }
}
