package io.netkingdom.userengine.store.postgres.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** SQL of a test's own, on a connection of its own, with {@code {schema}} filled in. */
record Sqls(LiveDatabase database) {

  void execute(String... statements) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(fillIn(sql));
      }
    }
  }

  String ask(String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(fillIn(sql))) {
      row.next();
      return row.getString(1);
    }
  }

  String fillIn(String sql) {
    return sql.replace("{schema}", '"' + database.schema().replace("\"", "\"\"") + '"');
  }
}
