package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netkingdom.userengine.store.IdentityKey;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.SignIn;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.postgres.PostgresOptions;
import io.netkingdom.userengine.store.postgres.PostgresUserEngineStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;

/** A DataSource whose connections are read-only is one to read from, by single operations too. */
@ExtendWith(LivePostgres.class)
class ReadOnlySourceIT {

  private static final TenantId TENANT = TenantId.of("read-only");

  @Test
  void refusesEveryWriteAndReadsOn(LiveDatabase database) {
    database.reset();
    try (UserEngineStore writing = database.open(StoreOptions.defaults());
        UserEngineStore reading = open(database)) {
      writing.migrate();
      User ada = writing.tenant(TENANT).users().create(UserDraft.named("ada"));
      Repositories records = reading.tenant(TENANT);
      for (Executable write :
          List.<Executable>of(
              () -> records.users().create(UserDraft.named("grace")),
              () -> records.users().upsertAll(List.of(UserDraft.named("grace"))),
              () -> records.users().delete(ada.id()),
              () -> records.users().erase(ada.id()),
              () ->
                  records
                      .identities()
                      .signIn(SignIn.of(IdentityKey.of("i", "s"), UserDraft.named("grace"))),
              () ->
                  reading.inTransaction(
                      TENANT, tx -> tx.users().create(UserDraft.named("grace"))))) {
        assertThrows(StoreException.ReadOnly.class, write);
      }
      assertEquals(Optional.of(ada), records.users().find(ada.id()));
      assertEquals(
          Optional.of(ada), reading.inTransaction(TENANT, tx -> tx.users().find(ada.id())));
      assertEquals(writing.counts(), reading.counts());
      assertEquals(Optional.empty(), writing.tenant(TENANT).users().findByUserName("grace"));
    } finally {
      database.reset();
    }
  }

  @Test
  void makesNoTables(LiveDatabase database) {
    database.reset();
    try (UserEngineStore reading = open(database)) {
      assertThrows(StoreException.ReadOnly.class, reading::migrate);
    }
  }

  private static UserEngineStore open(LiveDatabase database) {
    return PostgresUserEngineStore.open(
        new DriverSource(database) {
          @Override
          public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            connection.setReadOnly(true);
            return connection;
          }
        },
        PostgresOptions.defaults().withSchema(database.schema()));
  }
}
