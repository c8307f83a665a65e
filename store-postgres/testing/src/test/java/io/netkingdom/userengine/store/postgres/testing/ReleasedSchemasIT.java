package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.AuditDraft;
import io.netkingdom.userengine.store.AuditFilter;
import io.netkingdom.userengine.store.AuditId;
import io.netkingdom.userengine.store.AuditOutcome;
import io.netkingdom.userengine.store.AuditRecord;
import io.netkingdom.userengine.store.AuditSubject;
import io.netkingdom.userengine.store.Email;
import io.netkingdom.userengine.store.EmailAddress;
import io.netkingdom.userengine.store.ExternalId;
import io.netkingdom.userengine.store.FederatedIdentity;
import io.netkingdom.userengine.store.Group;
import io.netkingdom.userengine.store.GroupId;
import io.netkingdom.userengine.store.GroupName;
import io.netkingdom.userengine.store.IdentityKey;
import io.netkingdom.userengine.store.Json;
import io.netkingdom.userengine.store.Membership;
import io.netkingdom.userengine.store.OutboxCursor;
import io.netkingdom.userengine.store.OutboxDraft;
import io.netkingdom.userengine.store.OutboxId;
import io.netkingdom.userengine.store.OutboxRecord;
import io.netkingdom.userengine.store.PageRequest;
import io.netkingdom.userengine.store.ProfileDocument;
import io.netkingdom.userengine.store.ProfileKey;
import io.netkingdom.userengine.store.Readiness;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.UserName;
import io.netkingdom.userengine.store.postgres.PostgresOptions;
import io.netkingdom.userengine.store.postgres.PostgresSchema;
import io.netkingdom.userengine.store.postgres.PostgresUserEngineStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Databases as each released version left them, out of dumps that were made then, are brought to
 * the newest version with all that they hold. What a newer library made is left alone.
 */
@ExtendWith(LivePostgres.class)
@EnabledIfSystemProperty(
    named = LiveGate.EMBEDDED,
    matches = "true",
    disabledReason = "makes databases, and so needs the embedded server")
class ReleasedSchemasIT {

  private static final int NEWEST = 2;
  private static final PostgresOptions OPTIONS = PostgresOptions.defaults().withSchema("released");

  private static final TenantId ACME = TenantId.of("acme");
  private static final TenantId OTHER = TenantId.of("other");
  private static final String ISSUER = "https://idp.example";

  private static final User ADA =
      new User(
          UserId.of(UUID.fromString("01a21011-c3ab-7570-88d3-afb83f2028d2")),
          UserName.of("Ada"),
          ExternalId.of("hr-1"),
          "Ada Lovelace",
          true,
          List.of(new Email(EmailAddress.of("Ada@Example.org"), true, true)),
          Instant.parse("2026-01-01T10:00:00.123456Z"),
          Instant.parse("2026-02-01T10:00:00Z"),
          3);
  private static final User GRACE =
      new User(
          UserId.of(UUID.fromString("01a21011-c3ab-7570-88d3-afb83f2028d3")),
          UserName.of("Grace"),
          null,
          null,
          false,
          List.of(),
          Instant.parse("2026-01-02T10:00:00Z"),
          Instant.parse("2026-01-02T10:00:00Z"),
          1);

  /** Of another tenant, under the id of Ada. */
  private static final User NAMESAKE =
      new User(
          ADA.id(),
          UserName.of("Ünïcode-O'quoted"),
          ExternalId.of("hr-1"),
          "a\\b",
          true,
          List.of(),
          Instant.parse("2026-01-03T10:00:00Z"),
          Instant.parse("2026-01-03T10:00:00Z"),
          1);

  private static final List<FederatedIdentity> IDENTITIES =
      List.of(
          new FederatedIdentity(
              ADA.id(),
              IdentityKey.of(ISSUER, "248289761001"),
              "corporate",
              Instant.parse("2026-01-01T10:00:01Z"),
              Instant.parse("2026-03-01T10:00:00Z")),
          new FederatedIdentity(
              ADA.id(),
              IdentityKey.of(ISSUER, "248289761002"),
              null,
              Instant.parse("2026-01-01T10:00:02Z"),
              null));

  private ScratchDatabase scratch;

  @BeforeEach
  void begin() throws SQLException {
    scratch = ScratchDatabase.make();
  }

  @AfterEach
  void end() throws SQLException {
    scratch.close();
  }

  private void restore(int version) throws SQLException, IOException {
    try (InputStream dump =
        ReleasedSchemasIT.class.getResourceAsStream("released/version-" + version + ".sql")) {
      scratch.sqls().execute(new String(dump.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private UserEngineStore open() {
    return PostgresUserEngineStore.open(new DriverSource(scratch.database()), OPTIONS);
  }

  @Test
  void thereIsADumpOfEveryVersion() {
    assertEquals(NEWEST, PostgresSchema.files(OPTIONS).size());
    for (int version = 1; version <= NEWEST; version++) {
      String dump = "released/version-" + version + ".sql";
      assertTrue(ReleasedSchemasIT.class.getResource(dump) != null, dump + " is missing");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aReleasedSchemaIsBroughtToTheNewestWithItsRecords(int version) throws Exception {
    restore(version);
    try (UserEngineStore store = open()) {
      assertEquals(NEWEST - version, store.migrate().applied().size());

      assertEquals(new Readiness.Ready(NEWEST), store.readiness());
      Repositories acme = store.tenant(ACME);
      assertEquals(List.of(ADA, GRACE), acme.users().list(PageRequest.of(10)).items());
      assertEquals(Optional.of(ADA), acme.users().findByUserName("ada"));
      assertEquals(IDENTITIES, acme.identities().findByUser(ADA.id()));
      Repositories other = store.tenant(OTHER);
      assertEquals(List.of(NAMESAKE), other.users().list(PageRequest.of(10)).items());
      assertEquals(Optional.of(NAMESAKE), other.identities().findUser(IDENTITIES.get(0).key()));

      User renamed = acme.users().update(GRACE.withUserName("Hopper"));
      assertEquals(2, renamed.version());
      assertTrue(acme.users().erase(ADA.id()));
      assertEquals(Optional.of(NAMESAKE), other.users().find(ADA.id()));
    }
  }

  @Test
  void whatCameWithVersionTwoIsKept() throws Exception {
    restore(2);
    AuditSubject ada = new AuditSubject(AuditSubject.USER, ADA.id().toString(), "Ada");
    try (UserEngineStore store = open()) {
      store.migrate();

      Repositories acme = store.tenant(ACME);
      Group staff =
          new Group(
              GroupId.of(UUID.fromString("01a21011-c3ab-7570-88d3-afb83f2028e1")),
              GroupName.of("Staff"),
              ExternalId.of("g-1"),
              Instant.parse("2026-01-05T10:00:00Z"),
              Instant.parse("2026-01-06T10:00:00Z"),
              2);
      assertEquals(List.of(staff), acme.groups().list(PageRequest.of(10)).items());
      assertEquals(
          List.of(new Membership(staff.id(), ADA.id(), Instant.parse("2026-01-05T10:00:01Z"))),
          acme.groups().listMembers(staff.id(), PageRequest.of(10)).items());
      assertEquals(
          List.of(
              new ProfileDocument(
                  ProfileKey.of(ADA.id(), "app"),
                  (Json.JsonObject) Json.parse("document", "{\"n\": 1.10, \"theme\": \"dark\"}"),
                  Instant.parse("2026-01-07T10:00:00Z"),
                  4)),
          acme.profiles().findByUser(ADA.id()));
      assertEquals(
          List.of(
              new AuditRecord(
                  AuditId.of(UUID.fromString("01a21011-c3ab-7570-88d3-afb83f2028f1")),
                  Instant.parse("2026-01-08T10:00:00Z"),
                  new AuditDraft(
                      AuditSubject.of("system", "import"),
                      "user.created",
                      ada,
                      AuditOutcome.SUCCESS,
                      "r-1",
                      Json.object("a", 1)))),
          acme.audit().list(new AuditFilter.ByTarget(ada), PageRequest.of(10)).items());
      assertEquals(
          List.of(
              new OutboxRecord(
                  OutboxId.of(UUID.fromString("01a21011-c3ab-7570-88d3-afb83f202901")),
                  Instant.parse("2026-01-09T10:00:00Z"),
                  new OutboxDraft(
                      "user",
                      ADA.id().toString(),
                      1L,
                      "user.created",
                      Json.object("userName", "Ada"),
                      Map.of("trace", "t-1"),
                      "d-1"))),
          acme.outbox().readAfter(OutboxCursor.BEGINNING, 10).records());
      UserId erased = UserId.of(UUID.fromString("01a21011-c3ab-7570-88d3-afb83f2028d4"));
      assertEquals(Optional.empty(), acme.users().find(erased));
      assertThrows(
          StoreException.Conflict.class,
          () -> acme.users().create(UserDraft.named("again").withId(erased)));
    }
  }

  /** All that the catalogue has of the schema, with each row's version, and the history's rows. */
  private static final String EVERYTHING =
      """
      SELECT
        (SELECT string_agg(concat_ws(' ', c.xmin, c.oid, c.relfilenode, c.relname, a.xmin,
            a.attname, a.atttypid, a.attisdropped), E'\\n' ORDER BY c.oid, a.attnum)
          FROM pg_class c
          JOIN pg_namespace n ON n.oid = c.relnamespace
          LEFT JOIN pg_attribute a ON a.attrelid = c.oid
          WHERE n.nspname = 'released')
        || (SELECT string_agg(concat_ws(' ', k.xmin, k.oid, k.conname), E'\\n' ORDER BY k.oid)
          FROM pg_constraint k
          JOIN pg_namespace n ON n.oid = k.connamespace
          WHERE n.nspname = 'released')
        || (SELECT string_agg(concat_ws(' ', h.xmin, h.ctid, h), E'\\n' ORDER BY h.version)
          FROM released.user_engine_schema_history h)
        || (SELECT string_agg(concat_ws(' ', u.xmin, u.ctid, u), E'\\n' ORDER BY u.ctid)
          FROM released.user_engine_users u)
      """;

  @Test
  void aNewerSchemaIsAheadAndNothingOfItIsTouched() throws Exception {
    restore(2);
    scratch
        .sqls()
        .execute(
            "ALTER TABLE released.user_engine_users ADD COLUMN from_the_future text",
            "DROP INDEX released.user_engine_users_emails",
            "CREATE TABLE released.user_engine_future (id bigint)",
            "INSERT INTO released.user_engine_schema_history"
                + " VALUES (3, 'from_the_future', 'x', now(), '0')");
    String before = scratch.sqls().ask(EVERYTHING);
    try (UserEngineStore store = open();
        PostgresSchema schema =
            PostgresSchema.open(new DriverSource(scratch.database()), OPTIONS)) {
      Readiness ahead = new Readiness.Ahead(3, NEWEST);
      assertEquals(ahead, store.readiness());
      assertEquals(ahead, schema.status().readiness());
      assertEquals(3, schema.status().history().size());
      for (Executable call :
          List.<Executable>of(
              store::migrate,
              schema::migrate,
              schema::plan,
              schema::pendingFiles,
              () -> store.tenant(ACME).users().create(UserDraft.named("eve")),
              () -> store.tenant(ACME).users().find(ADA.id()))) {
        assertEquals(ahead, assertThrows(StoreException.NotMigrated.class, call).readiness());
      }
    }
    assertEquals(before, scratch.sqls().ask(EVERYTHING));
  }
}
