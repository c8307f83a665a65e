package io.netkingdom.userengine.store.postgres.bench;

import io.netkingdom.userengine.store.IdentityKey;
import io.netkingdom.userengine.store.ImportOptions;
import io.netkingdom.userengine.store.OutboxCursor;
import io.netkingdom.userengine.store.OutboxDraft;
import io.netkingdom.userengine.store.Page;
import io.netkingdom.userengine.store.PageRequest;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.SignIn;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.UserName;
import io.netkingdom.userengine.store.UserRow;
import io.netkingdom.userengine.store.postgres.PostgresOptions;
import io.netkingdom.userengine.store.postgres.PostgresUserEngineStore;
import java.util.List;

/** The operations as an application has them from the store. */
final class StoreOperations implements Operations {

  private final UserEngineStore store;
  private final Repositories tenant;
  private PageRequest next = PageRequest.of(Sample.PAGE);
  private User edited;

  StoreOperations(int port, String database) {
    store = PostgresUserEngineStore.open(Server.dsn(port, database), PostgresOptions.defaults());
    tenant = store.tenant(Sample.TENANT);
    edited = tenant.users().get(Sample.id(0));
  }

  @Override
  public Object findUser(int number) {
    return tenant.users().get(Sample.id(number));
  }

  @Override
  public Object findByUserName(int number) {
    return tenant.users().findByUserName(UserName.of(Sample.name(number))).orElseThrow();
  }

  @Override
  public Object nextPage() {
    Page<User> page = tenant.users().list(next);
    next = next.next(page).orElse(PageRequest.of(Sample.PAGE));
    return page;
  }

  @Override
  public Object readOutbox() {
    return tenant.outbox().readAfter(OutboxCursor.BEGINNING, Sample.PAGE);
  }

  @Override
  public Object createUser(String userName) {
    return tenant.users().create(Sample.user(userName));
  }

  @Override
  public Object updateUser(String displayName) {
    edited = tenant.users().update(edited.withDisplayName(displayName));
    return edited;
  }

  @Override
  public Object register(String userName) {
    return store.inTransaction(
        Sample.TENANT,
        tx -> {
          User user = tx.users().create(Sample.user(userName));
          tx.identities().link(user.id(), Sample.ISSUER, userName);
          tx.outbox().append(OutboxDraft.of(user.id(), SignIn.USER_CREATED, Sample.PAYLOAD));
          return user;
        });
  }

  @Override
  public Object signInFirst(String userName) {
    return signIn(userName);
  }

  @Override
  public Object signInAgain(int number) {
    return signIn(Sample.name(number));
  }

  private Object signIn(String userName) {
    IdentityKey identity = IdentityKey.of(Sample.ISSUER, userName);
    return tenant
        .identities()
        .signIn(SignIn.of(identity, Sample.user(userName)).withPayload(Sample.PAYLOAD));
  }

  @Override
  public Object importUsers(List<String> userNames) {
    List<UserRow> rows = userNames.stream().<UserRow>map(name -> () -> Sample.user(name)).toList();
    return store.importUsers(
        Sample.TENANT, rows, ImportOptions.defaults().withBatchSize(Sample.IMPORT));
  }

  @Override
  public void close() {
    store.close();
  }
}
