package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netkingdom.userengine.store.AuditDraft;
import io.netkingdom.userengine.store.AuditFilter;
import io.netkingdom.userengine.store.AuditSubject;
import io.netkingdom.userengine.store.Group;
import io.netkingdom.userengine.store.GroupDraft;
import io.netkingdom.userengine.store.IdentityKey;
import io.netkingdom.userengine.store.Json;
import io.netkingdom.userengine.store.OutboxCursor;
import io.netkingdom.userengine.store.OutboxDraft;
import io.netkingdom.userengine.store.PageRequest;
import io.netkingdom.userengine.store.ProfileKey;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.SignIn;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.postgres.PostgresOptions;
import io.netkingdom.userengine.store.postgres.PostgresUserEngineStore;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Holds the table of statements in docs/postgres.md to what is sent. */
@ExtendWith(LivePostgres.class)
class StatementCountIT {

  private static final TenantId TENANT = TenantId.of("counted");
  private static final List<String> ONE = List.of("STATEMENT");
  private static final List<String> GUARDED =
      List.of("STATEMENT", "SAVEPOINT", "STATEMENT", "RELEASE");

  private final LiveDatabase database;
  private final CountingSource source;
  private final UserEngineStore store;

  StatementCountIT(LiveDatabase database) {
    this.database = database;
    this.source = new CountingSource(database);
    this.store =
        PostgresUserEngineStore.open(
            source, PostgresOptions.defaults().withSchema(database.schema()));
  }

  @BeforeEach
  void begin() {
    database.reset();
    try (UserEngineStore marking = database.open(StoreOptions.defaults())) {
      marking.migrate();
    }
    // The first call also asks for readiness.
    store.tenant(TENANT).users().list(PageRequest.of(1));
    source.takeSent();
  }

  @AfterEach
  void end() {
    store.close();
    database.reset();
  }

  private List<String> alone(Consumer<Repositories> operation) {
    operation.accept(store.tenant(TENANT));
    return source.takeSent();
  }

  private List<String> inTransaction(Consumer<Repositories> operation) {
    store.inTransaction(
        TENANT,
        tx -> {
          operation.accept(tx);
          return null;
        });
    List<String> sent = source.takeSent();
    assertEquals("COMMIT", sent.get(sent.size() - 1));
    return sent.subList(0, sent.size() - 1);
  }

  private void assertOneEverywhere(Consumer<Repositories> operation) {
    assertEquals(ONE, alone(operation));
    assertEquals(ONE, inTransaction(operation));
  }

  @Test
  void whatIsDocumentedAsOneStatementIsOne() {
    User ada = store.tenant(TENANT).users().create(UserDraft.named("ada"));
    Group group = store.tenant(TENANT).groups().create(GroupDraft.named("team"));
    ProfileKey profile = ProfileKey.of(ada.id(), "app");
    AuditSubject actor = AuditSubject.user(ada.id());
    PageRequest page = PageRequest.of(10);
    source.takeSent();

    assertEquals(ONE, alone(r -> r.users().create(UserDraft.named("alone"))));
    assertEquals(ONE, inTransaction(r -> r.users().create(UserDraft.named("inside"))));
    assertOneEverywhere(r -> r.users().upsert(UserDraft.named("upserted")));
    assertOneEverywhere(r -> r.users().find(ada.id()));
    assertOneEverywhere(r -> r.users().list(page));
    assertOneEverywhere(r -> r.users().listByPrefix("a", page.descending()));
    assertOneEverywhere(r -> r.groups().upsert(GroupDraft.named("other")));
    assertOneEverywhere(r -> r.groups().addMember(group.id(), ada.id()));
    assertOneEverywhere(r -> r.groups().findMember(group.id(), ada.id()));
    assertOneEverywhere(r -> r.groups().listMembers(group.id(), page));
    assertOneEverywhere(r -> r.groups().listMemberships(ada.id(), page));
    assertOneEverywhere(r -> r.groups().removeMember(group.id(), ada.id()));
    assertOneEverywhere(r -> r.profiles().replace(profile, Json.object("a", 1)));
    assertOneEverywhere(r -> r.profiles().findByUser(ada.id()));
    assertOneEverywhere(r -> r.profiles().delete(profile));
    assertOneEverywhere(r -> r.audit().append(AuditDraft.of(actor, "did", actor)));
    assertOneEverywhere(r -> r.audit().list(new AuditFilter.ByActor(actor), page));
    assertOneEverywhere(r -> r.outbox().append(OutboxDraft.of(ada.id(), "e", Json.object())));
    assertOneEverywhere(r -> r.outbox().readAfter(OutboxCursor.BEGINNING, 10));
    assertOneEverywhere(Repositories::counts);
    assertOneEverywhere(r -> r.users().delete(ada.id()));
  }

  @Test
  void signingInIsOneStatementAndGuardedInATransactionWhereKeysChange() {
    SignIn first = SignIn.of(IdentityKey.of("iss", "1"), UserDraft.named("eve"));

    assertEquals(ONE, alone(r -> r.identities().signIn(first)));
    assertOneEverywhere(r -> r.identities().signIn(first));
    assertOneEverywhere(r -> r.identities().signIn(first.withProviderAlias("idp")));
    assertEquals(
        GUARDED,
        inTransaction(
            r ->
                r.identities()
                    .signIn(SignIn.of(IdentityKey.of("iss", "2"), UserDraft.named("bob")))));
  }

  @Test
  void anUpdateOfAKeyIsGuardedInATransaction() {
    User ada = store.tenant(TENANT).users().create(UserDraft.named("ada"));
    source.takeSent();

    assertEquals(
        GUARDED,
        inTransaction(r -> r.users().update(r.users().get(ada.id()).withUserName("x")))
            .subList(1, 5));
  }

  @Test
  void mergingAndErasingAreTwoStatementsInOneTransaction() {
    User ada = store.tenant(TENANT).users().create(UserDraft.named("ada"));
    ProfileKey profile = ProfileKey.of(ada.id(), "app");
    source.takeSent();

    assertEquals(
        List.of("STATEMENT", "STATEMENT", "COMMIT"),
        alone(r -> r.profiles().merge(profile, Json.object("a", 1))));
    assertEquals(
        List.of("STATEMENT", "STATEMENT"),
        inTransaction(r -> r.profiles().merge(profile, Json.object("b", 1))));
    assertEquals(
        List.of("STATEMENT", "STATEMENT", "COMMIT"), alone(r -> r.users().erase(ada.id())));
  }

  @Test
  void manyNewUsersAreOneStatement() {
    List<UserDraft> drafts =
        List.of(
            UserDraft.named("a").withExternalId("1"), UserDraft.named("b"), UserDraft.named("c"));

    assertEquals(List.of("STATEMENT", "COMMIT"), alone(r -> r.users().upsertAll(drafts)));
    assertEquals(ONE, inTransaction(r -> r.users().upsertAll(drafts)));
  }
}
