package io.netkingdom.userengine.store.postgres.testing;

import io.netkingdom.userengine.store.postgres.PostgresSchema;
import io.netkingdom.userengine.store.postgres.testing.broken.SqlFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A DataSource that puts a {@link SqlFault} between a store and the server: it rewrites statements
 * on their way. Connections are kept and given out again, and so whatever a fault leaves behind on
 * one is met by the next who gets it. Safe for use by many threads.
 *
 * <p>Readiness compares the catalogue with what the schema should be, and would tell that a fault
 * has changed the schema. Who makes such a mistake in earnest changes that list as well; so here
 * the catalogue is said to hold all of it, once a plain statement (as those of migrations are) was
 * rewritten.
 */
final class RewritingSource extends DriverSource {

  /** What only the question about the catalogue has. */
  private static final String CATALOGUE = "pg_get_constraintdef";

  private final SqlFault fault;
  private final String schema;
  private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private volatile boolean schemaIsChanged;

  RewritingSource(LiveDatabase database, SqlFault fault) {
    super(database);
    this.fault = fault;
    this.schema = new Sqls(database).fillIn("{schema}");
  }

  /** What is made of a call; it may be passed on. */
  @FunctionalInterface
  private interface Calls {
    @Nullable Object answer(Method method, Object[] arguments) throws Throwable;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection used = idle.poll();
    Connection connection = used == null ? super.getConnection() : used;
    open.add(connection);
    return new Borrowed(connection).proxy();
  }

  /** Cuts every connection off, whoever still uses it. */
  void closeAll() {
    idle.clear();
    for (Connection connection : open) {
      try {
        connection.abort(Runnable::run);
      } catch (SQLException e) {
        throw new LiveRefusal("a connection was not cut off, SQLSTATE " + e.getSQLState());
      }
    }
    open.clear();
  }

  private String rewrite(String sql) {
    String sound = sql.replace(schema, "{schema}");
    return fault.rewrite(sound).replace("{schema}", schema);
  }

  private String rewritePlain(String sql) {
    String rewritten = rewrite(sql);
    if (!rewritten.equals(sql)) {
      schemaIsChanged = true;
    }
    return rewritten;
  }

  private String rewritePrepared(String sql) {
    return schemaIsChanged && sql.contains(CATALOGUE) ? soundCatalogue(sql) : rewrite(sql);
  }

  private static String soundCatalogue(String sql) {
    return """
        WITH found AS (%s)
        SELECT line FROM found
        UNION
        SELECT line FROM unnest(ARRAY[%s]) AS sound (line)
        WHERE EXISTS (SELECT 1 FROM found)
        """
        .formatted(sql, newestCatalogue());
  }

  /** The lines of the newest schema's list, as SQL. */
  private static String newestCatalogue() {
    String newest = "";
    for (int version = 1; ; version++) {
      try (InputStream in =
          PostgresSchema.class.getResourceAsStream("migration/catalogue-" + version + ".txt")) {
        if (in == null) {
          return newest
              .lines()
              .map(line -> "'" + line.replace("'", "''") + "'")
              .collect(Collectors.joining(", "));
        }
        newest = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private <T> T proxy(Class<T> type, Calls calls) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try {
                return calls.answer(method, arguments == null ? new Object[0] : arguments);
              } catch (InvocationTargetException e) {
                if (e.getCause() instanceof SQLException failure) {
                  throw fault.restate(failure);
                }
                throw e.getCause();
              }
            }));
  }

  private Statement plain(Statement statement) {
    return proxy(
        Statement.class,
        (method, arguments) -> {
          if (method.getName().startsWith("execute") && arguments.length > 0) {
            arguments[0] = rewritePlain((String) arguments[0]);
          }
          return method.invoke(statement, arguments);
        });
  }

  private PreparedStatement twice(PreparedStatement statement) {
    return proxy(
        PreparedStatement.class,
        (method, arguments) -> {
          if (method.getName().equals("executeQuery")) {
            statement.executeQuery().close();
          }
          return method.invoke(statement, arguments);
        });
  }

  private PreparedStatement once(PreparedStatement statement) {
    return proxy(
        PreparedStatement.class, (method, arguments) -> method.invoke(statement, arguments));
  }

  /** One use of a connection. */
  private final class Borrowed {
    private final Connection connection;
    private @Nullable Connection elsewhere;
    private boolean closed;

    Borrowed(Connection connection) {
      this.connection = connection;
    }

    Connection proxy() {
      return RewritingSource.this.proxy(Connection.class, this::answer);
    }

    private @Nullable Object answer(Method method, Object[] arguments) throws Throwable {
      switch (method.getName()) {
        case "prepareStatement" -> {
          return prepare((String) arguments[0]);
        }
        case "createStatement" -> {
          return plain(connection.createStatement());
        }
        case "close" -> {
          close();
          return null;
        }
        default -> {
          return fault.isOmitted(method.getName(), arguments.length)
              ? null
              : method.invoke(connection, arguments);
        }
      }
    }

    private PreparedStatement prepare(String sql) throws SQLException {
      String sound = sql.replace(schema, "{schema}");
      Connection taken = fault.isSentElsewhere(sound) ? elsewhere() : connection;
      PreparedStatement statement = taken.prepareStatement(rewritePrepared(sql));
      return fault.isSentTwice(sound) ? twice(statement) : once(statement);
    }

    private Connection elsewhere() throws SQLException {
      Connection other = elsewhere;
      if (other == null) {
        other = RewritingSource.super.getConnection();
        open.add(other);
        elsewhere = other;
      }
      return other;
    }

    private void close() throws SQLException {
      if (closed) {
        return;
      }
      closed = true;
      if (elsewhere != null) {
        elsewhere.close();
        open.remove(elsewhere);
      }
      if (connection.isClosed()) {
        open.remove(connection);
        return;
      }
      if (!connection.getAutoCommit()) {
        connection.rollback();
        connection.setAutoCommit(true);
      }
      idle.push(connection);
    }
  }
}
