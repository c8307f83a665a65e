package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.narayana.NarayanaTransactionIntegration;
import io.netkingdom.userengine.store.Readiness;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.postgres.PostgresOptions;
import io.netkingdom.userengine.store.postgres.PostgresUserEngineStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

/** A connection that is in the application's own transaction is left as it came. */
@ExtendWith(LivePostgres.class)
@EnabledIfSystemProperty(
    named = LiveGate.EMBEDDED,
    matches = "true",
    disabledReason = "chooses drivers of its own, and so needs the embedded server")
class HostTransactionsIT {

  private static final TenantId TENANT = TenantId.of("host");

  @ParameterizedTest
  @ValueSource(strings = {"pgjdbc", "pgjdbc-ng", "yugabytedb", "aws-wrapper"})
  void springsTransactionIsRefused(String driver) throws SQLException {
    LiveDatabase database = migrated(driver);
    DataSource direct = new DriverSource(database);
    DataSource shared = new TransactionAwareDataSourceProxy(direct);
    TransactionTemplate template =
        new TransactionTemplate(new DataSourceTransactionManager(direct));
    try (UserEngineStore store = open(shared, database)) {
      for (boolean written : List.of(true, false)) {
        template.executeWithoutResult(
            transaction -> {
              Connection connection = DataSourceUtils.getConnection(direct);
              try {
                if (written) {
                  execute(connection, "INSERT INTO host_rows VALUES (1)");
                }
                assertAllRefused(store);
                assertFalse(connection.getAutoCommit());
                execute(connection, "INSERT INTO host_rows VALUES (2)");
              } catch (SQLException e) {
                throw new AssertionError(e);
              }
              transaction.setRollbackOnly();
            });
        assertEquals(0, rows(database));
      }
      store.tenant(TENANT).users().create(UserDraft.named("ada"));
      assertTrue(store.tenant(TENANT).users().findByUserName("ada").isPresent());
    } finally {
      clear(database);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pgjdbc", "pgjdbc-ng", "yugabytedb", "aws-wrapper"})
  void anyTransactionThatHasBegunIsRefused(String driver) throws SQLException {
    LiveDatabase database = migrated(driver);
    try (Connection hosts = database.connect();
        UserEngineStore store = open(new SharedConnection(database, hosts), database)) {
      hosts.setAutoCommit(false);
      execute(hosts, "INSERT INTO host_rows VALUES (1)");
      assertAllRefused(store);
      execute(hosts, "INSERT INTO host_rows VALUES (2)");
      hosts.rollback();
      assertEquals(0, rows(database));
    } finally {
      clear(database);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pgjdbc", "yugabytedb", "aws-wrapper"})
  void aJtaTransactionIsRefused(String driver) throws Exception {
    LiveDatabase database = migrated(driver);
    Connections.database = database;
    jakarta.transaction.TransactionManager manager =
        com.arjuna.ats.jta.TransactionManager.transactionManager();
    try (AgroalDataSource pool =
            AgroalDataSource.from(
                new AgroalDataSourceConfigurationSupplier()
                    .connectionPoolConfiguration(
                        pooled ->
                            pooled
                                .maxSize(2)
                                .transactionIntegration(
                                    new NarayanaTransactionIntegration(
                                        manager,
                                        new com.arjuna.ats.internal.jta.transaction.arjunacore
                                            .TransactionSynchronizationRegistryImple()))
                                .connectionFactoryConfiguration(
                                    made -> made.connectionProviderClass(Connections.class))));
        UserEngineStore store = open(pool, database)) {
      for (boolean written : List.of(true, false)) {
        manager.begin();
        try (Connection connection = pool.getConnection()) {
          if (written) {
            execute(connection, "INSERT INTO host_rows VALUES (1)");
          }
          assertAllRefused(store);
          execute(connection, "INSERT INTO host_rows VALUES (2)");
        }
        manager.rollback();
        assertEquals(0, rows(database));
      }
      store.tenant(TENANT).users().create(UserDraft.named("ada"));
      manager.begin();
      try (Connection connection = pool.getConnection()) {
        execute(connection, "INSERT INTO host_rows VALUES (3)");
        assertAllRefused(store);
      }
      manager.commit();
      assertEquals(1, rows(database));
    } finally {
      clear(database);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pgjdbc", "pgjdbc-ng", "yugabytedb", "aws-wrapper"})
  void aPoolWithAutocommitOffGoesOnWorking(String driver) throws SQLException {
    LiveDatabase database = migrated(driver);
    HikariConfig config = new HikariConfig();
    config.setDataSource(new DriverSource(database));
    config.setAutoCommit(false);
    config.setMaximumPoolSize(1);
    try (HikariDataSource pool = new HikariDataSource(config)) {
      for (DataSource source : List.of(pool, new TransactionAwareDataSourceProxy(pool))) {
        String name = "ada" + source.getClass().getSimpleName();
        try (UserEngineStore store = open(source, database)) {
          assertInstanceOf(Readiness.Ready.class, store.readiness());
          store.tenant(TENANT).users().create(UserDraft.named(name));
          store.inTransaction(TENANT, tx -> tx.users().create(UserDraft.named("in" + name)));
          assertTrue(store.tenant(TENANT).users().findByUserName(name).isPresent());
          try (Connection connection = pool.getConnection()) {
            assertFalse(connection.getAutoCommit());
          }
        }
      }
    } finally {
      clear(database);
    }
  }

  private static void assertAllRefused(UserEngineStore store) {
    for (Executable call :
        List.<Executable>of(
            store::readiness,
            store::counts,
            store::estimatedCounts,
            store::migrate,
            () -> store.tenant(TENANT).users().findByUserName("ada"),
            () -> store.tenant(TENANT).users().create(UserDraft.named("grace")),
            () -> store.inTransaction(TENANT, tx -> tx.users().create(UserDraft.named("grace"))))) {
      String message = assertThrows(StoreException.IllegalUse.class, call).toString();
      assertTrue(message.contains("CallerTransactions.join"), message);
    }
  }

  private static LiveDatabase migrated(String driver) throws SQLException {
    LiveDatabase database = EmbeddedServer.shared().database(driver, "public");
    database.reset();
    try (UserEngineStore store = database.open(StoreOptions.defaults());
        Connection connection = database.connect()) {
      store.migrate();
      execute(connection, "CREATE TABLE host_rows (n integer)");
    }
    return database;
  }

  private static void clear(LiveDatabase database) throws SQLException {
    try (Connection connection = database.connect()) {
      execute(connection, "DROP TABLE host_rows");
    }
    database.reset();
  }

  private static UserEngineStore open(DataSource source, LiveDatabase database) {
    return PostgresUserEngineStore.open(
        source, PostgresOptions.defaults().withSchema(database.schema()));
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int rows(LiveDatabase database) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM host_rows")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  /** One connection for whoever asks, as hosts do that bind one to a thread. */
  private static final class SharedConnection extends DriverSource {
    private final Connection connection;

    SharedConnection(LiveDatabase database, Connection connection) {
      super(database);
      this.connection = connection;
    }

    @Override
    public Connection getConnection() throws SQLException {
      return new org.springframework.jdbc.datasource.SingleConnectionDataSource(connection, true)
          .getConnection();
    }
  }

  /** What Agroal makes connections with; it takes a class. */
  public static final class Connections extends DriverSource {
    private static @Nullable LiveDatabase database;

    public Connections() {
      super(Objects.requireNonNull(database));
    }
  }
}
