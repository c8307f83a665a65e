package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.spi.ConnectionProviders;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalLong;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** COPY through those drivers that have it, and its absence in the others. */
@ExtendWith(LivePostgres.class)
@EnabledIfSystemProperty(
    named = LiveGate.EMBEDDED,
    matches = "true",
    disabledReason = "chooses drivers of its own, and so needs the embedded server")
class CopyIT {

  private static final String COPY = "COPY copied FROM STDIN";

  private static ConnectionProviders.Choice choose(MatrixDriver driver) {
    return driver.choiceAt(EmbeddedServer.shared().port());
  }

  private static InputStream rows(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void createTable(Statement statement) throws SQLException {
    statement.execute(
        "CREATE TEMPORARY TABLE copied (id integer PRIMARY KEY, name text DEFAULT 'default')");
  }

  private static String copied(Statement statement) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT coalesce(string_agg(id || '=' || coalesce(name, 'null'), ' ' ORDER BY id), '')"
                + " FROM copied")) {
      assertTrue(rows.next());
      return rows.getString(1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PGJDBC", "YUGABYTEDB", "AWS_WRAPPER"})
  void rowsAreCopiedIn(MatrixDriver driver) throws Exception {
    ConnectionProviders.Choice choice = choose(driver);
    try (Connection connection = choice.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      createTable(statement);
      assertEquals(
          OptionalLong.of(2),
          choice.provider().copyIn(connection, COPY, rows("1\t\u00c5sa\n2\t\\N\n")));
      assertEquals("1=\u00c5sa 2=null", copied(statement));
    }
  }

  /** Nothing of a COPY that fails is there, and the connection goes on. */
  @ParameterizedTest
  @EnumSource(names = {"PGJDBC", "YUGABYTEDB", "AWS_WRAPPER"})
  void aCopyThatFailsLeavesNothing(MatrixDriver driver) throws Exception {
    ConnectionProviders.Choice choice = choose(driver);
    try (Connection connection = choice.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      createTable(statement);
      SQLException failure =
          assertThrows(
              SQLException.class,
              () -> choice.provider().copyIn(connection, COPY, rows("1\ta\n1\tb\n")));
      assertEquals("23505", failure.getSQLState());
      assertEquals("", copied(statement));
    }
  }

  /** There the store uses statements. */
  @ParameterizedTest
  @EnumSource(names = {"PGJDBC_NG", "UNFORESEEN", "DATA_SOURCE_BY_CLASS"})
  void whereTheProviderHasNoneNothingIsRead(MatrixDriver driver) throws Exception {
    ConnectionProviders.Choice choice = choose(driver);
    try (Connection connection = choice.dataSource().getConnection();
        InputStream rows = rows("1\ta\n")) {
      assertEquals(OptionalLong.empty(), choice.provider().copyIn(connection, COPY, rows));
      assertEquals(4, rows.available());
    }
  }

  /** A connection of another driver is none that it knows. */
  @ParameterizedTest
  @EnumSource(names = {"PGJDBC", "YUGABYTEDB", "AWS_WRAPPER"})
  void aConnectionOfAnotherDriverIsLeftAlone(MatrixDriver driver) throws Exception {
    try (Connection connection = choose(MatrixDriver.PGJDBC_NG).dataSource().getConnection()) {
      assertEquals(
          OptionalLong.empty(), choose(driver).provider().copyIn(connection, COPY, rows("1\t1\n")));
    }
  }
}
