package io.netkingdom.userengine.store.postgres.records;

import io.netkingdom.userengine.store.ExternalId;
import io.netkingdom.userengine.store.Group;
import io.netkingdom.userengine.store.GroupDraft;
import io.netkingdom.userengine.store.GroupId;
import io.netkingdom.userengine.store.GroupName;
import io.netkingdom.userengine.store.GroupRepository;
import io.netkingdom.userengine.store.Membership;
import io.netkingdom.userengine.store.Page;
import io.netkingdom.userengine.store.PageRequest;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.adapter.Keyset;
import io.netkingdom.userengine.store.adapter.Listings;
import io.netkingdom.userengine.store.postgres.session.Columns;
import io.netkingdom.userengine.store.postgres.session.LostRaces;
import io.netkingdom.userengine.store.postgres.session.PostgresSession;
import io.netkingdom.userengine.store.postgres.sql.KeysetSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Groups and their members. Each operation is one statement. */
final class PostgresGroups implements GroupRepository {

  private static final KeyedTableSql TABLE =
      new KeyedTableSql(
          "user_engine_groups",
          "display_name_key",
          "displayName",
          "true",
          List.of(
              new KeyedTableSql.Attribute("display_name", ":displayName"),
              new KeyedTableSql.Attribute("external_id", ":externalId")));

  // Locked against deletion in the same statement, so that no foreign key can fail: the group first
  // and then the user, always.
  private static final String ADD_MEMBER =
      """
      WITH {settings}, joined AS MATERIALIZED (
        SELECT g.id
        FROM {schema}.user_engine_groups g CROSS JOIN settings
        WHERE g.tenant_id = :tenant AND g.id = :groupId
        FOR KEY SHARE OF g
      ), member AS MATERIALIZED (
        SELECT u.id
        FROM {schema}.user_engine_users u CROSS JOIN joined
        WHERE u.tenant_id = :tenant AND u.id = :userId AND u.erased IS NULL
        FOR KEY SHARE OF u
      ), created AS (
        INSERT INTO {schema}.user_engine_memberships (tenant_id, group_id, user_id, since)
        SELECT :tenant, :groupId, :userId, :now
        FROM member
        ON CONFLICT DO NOTHING
        RETURNING *
      )
      SELECT 'CREATED' AS outcome, created.*
      FROM created
      UNION ALL
      SELECT CASE
          WHEN NOT EXISTS (SELECT 1 FROM joined) THEN 'groupId'
          WHEN NOT EXISTS (SELECT 1 FROM member) THEN 'userId'
          WHEN m.since IS NULL THEN 'RACED'
          ELSE 'UNCHANGED'
        END, m.*
      FROM settings
      LEFT JOIN {schema}.user_engine_memberships m
        ON m.tenant_id = :tenant AND m.group_id = :groupId AND m.user_id = :userId
      WHERE NOT EXISTS (SELECT 1 FROM created)
      """;

  private static final String REMOVE_MEMBER =
      """
      WITH {settings}
      DELETE FROM {schema}.user_engine_memberships m
      USING settings
      WHERE m.tenant_id = :tenant AND m.group_id = :groupId AND m.user_id = :userId
      RETURNING m.since
      """;

  private static final String FIND_MEMBER =
      """
      SELECT * FROM {schema}.user_engine_memberships
      WHERE tenant_id = :tenant AND group_id = :groupId AND user_id = :userId
      """;

  private static final KeysetSql LIST_MEMBERS =
      new KeysetSql(
          """
          SELECT * FROM {schema}.user_engine_memberships
          WHERE tenant_id = :tenant AND group_id = :groupId
          """,
          List.of("user_id"),
          List.of(":after"));

  private static final KeysetSql LIST_MEMBERSHIPS =
      new KeysetSql(
          """
          SELECT * FROM {schema}.user_engine_memberships
          WHERE tenant_id = :tenant AND user_id = :userId
          """,
          List.of("group_id"),
          List.of(":after"));

  private final PostgresSession session;
  private final KeyedRecords<Group> records;

  PostgresGroups(PostgresSession session) {
    this.session = session;
    this.records = new KeyedRecords<>(session, TABLE, "group", PostgresGroups::readGroup);
  }

  @Override
  public Group create(GroupDraft draft) {
    Group group = newGroup(draft);
    return records.create(group, parameters(group));
  }

  @Override
  public Group update(Group edited) {
    Map<String, @Nullable Object> parameters = parameters(edited);
    parameters.put("now", session.now());
    return records.update(edited.version(), parameters, Group::version);
  }

  @Override
  public UpsertResult<Group> upsert(GroupDraft draft) {
    return records.upsert(parameters(newGroup(draft)));
  }

  private Group newGroup(GroupDraft draft) {
    Instant now = session.now();
    GroupId id = draft.id();
    return Group.created(id == null ? GroupId.generate(now) : id, draft, now);
  }

  private Map<String, @Nullable Object> parameters(Group group) {
    ExternalId externalId = group.externalId();
    Map<String, @Nullable Object> parameters = session.parameters();
    parameters.put("id", group.id().value());
    parameters.put("displayName", group.displayName().value());
    parameters.put("nameKey", group.displayName().key());
    parameters.put("externalId", externalId == null ? null : externalId.value());
    parameters.put("now", group.lastModified());
    return parameters;
  }

  private static Group readGroup(ResultSet row) throws SQLException {
    String externalId = row.getString("external_id");
    return new Group(
        GroupId.of(Columns.uuid(row, "id")),
        GroupName.restored(row.getString("display_name"), row.getString("display_name_key")),
        externalId == null ? null : ExternalId.of(externalId),
        Columns.instant(row, "created"),
        Columns.instant(row, "last_modified"),
        row.getLong("version"));
  }

  @Override
  public boolean delete(GroupId id) {
    return records.delete(id.value());
  }

  @Override
  public Optional<Group> find(GroupId id) {
    return records.find(id.value());
  }

  @Override
  public Optional<Group> findByDisplayName(GroupName displayName) {
    return records.findByName(displayName.key());
  }

  @Override
  public Optional<Group> findByExternalId(ExternalId externalId) {
    return records.findByExternalId(externalId);
  }

  @Override
  public Page<Group> list(PageRequest request) {
    return listByKey("", request);
  }

  @Override
  public Page<Group> listByPrefix(String prefix, PageRequest request) {
    return listByKey(GroupName.prefixKey(prefix), request);
  }

  private Page<Group> listByKey(String prefix, PageRequest request) {
    return records.list(
        prefix,
        Listings.groups(session.tenant(), prefix, request),
        group -> group.displayName().key());
  }

  @Override
  public UpsertResult<Membership> addMember(GroupId groupId, UserId userId) {
    Map<String, @Nullable Object> parameters = of(groupId, userId);
    parameters.put("now", session.now());
    return LostRaces.until(() -> session.run(ADD_MEMBER, parameters, PostgresGroups::added));
  }

  private static Optional<UpsertResult<Membership>> added(ResultSet rows) throws SQLException {
    rows.next();
    String outcome = rows.getString("outcome");
    return switch (outcome) {
      case "CREATED" -> Optional.of(new UpsertResult.Created<>(readMembership(rows)));
      case "UNCHANGED" -> Optional.of(new UpsertResult.Unchanged<>(readMembership(rows)));
      case "RACED" -> Optional.empty();
      default -> throw new StoreException.UnknownReference(outcome);
    };
  }

  @Override
  public boolean removeMember(GroupId groupId, UserId userId) {
    return session.run(REMOVE_MEMBER, of(groupId, userId), ResultSet::next);
  }

  @Override
  public Optional<Membership> findMember(GroupId groupId, UserId userId) {
    return session.run(
        FIND_MEMBER, of(groupId, userId), Columns.first(PostgresGroups::readMembership));
  }

  private Map<String, @Nullable Object> of(GroupId groupId, UserId userId) {
    Map<String, @Nullable Object> parameters = session.parameters();
    parameters.put("groupId", groupId.value());
    parameters.put("userId", userId.value());
    return parameters;
  }

  @Override
  public Page<Membership> listMembers(GroupId groupId, PageRequest request) {
    Map<String, @Nullable Object> parameters = session.parameters();
    parameters.put("groupId", groupId.value());
    return list(
        LIST_MEMBERS,
        parameters,
        Listings.members(session.tenant(), groupId, request),
        membership -> membership.userId().toString());
  }

  @Override
  public Page<Membership> listMemberships(UserId userId, PageRequest request) {
    Map<String, @Nullable Object> parameters = session.parameters();
    parameters.put("userId", userId.value());
    return list(
        LIST_MEMBERSHIPS,
        parameters,
        Listings.memberships(session.tenant(), userId, request),
        membership -> membership.groupId().toString());
  }

  private Page<Membership> list(
      KeysetSql sql,
      Map<String, @Nullable Object> parameters,
      Keyset keyset,
      Function<Membership, String> key) {
    parameters.put("limit", keyset.limit());
    keyset.after().ifPresent(after -> parameters.put("after", UUID.fromString(after.get(0))));
    List<Membership> memberships =
        session.run(sql.statement(keyset), parameters, Columns.all(PostgresGroups::readMembership));
    return keyset.page(memberships, membership -> List.of(key.apply(membership)));
  }

  private static Membership readMembership(ResultSet row) throws SQLException {
    return new Membership(
        GroupId.of(Columns.uuid(row, "group_id")),
        UserId.of(Columns.uuid(row, "user_id")),
        Columns.instant(row, "since"));
  }
}
