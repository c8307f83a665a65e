package io.netkingdom.userengine.store.postgres.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A DataSource that asks the server, on a connection of its own, for the plans of each statement
 * that is prepared: planned for its values, and planned once for all. A statement is asked about
 * until there is an answer. Safe for use by many threads.
 */
final class ExplainingSource extends DriverSource implements AutoCloseable {

  private static final Pattern SCAN =
      Pattern.compile("Scan\\b.* on user_engine_\\w+_p(\\d+)(?= |$)", Pattern.MULTILINE);

  private static final String[] KINDS_OF_PLAN = {"force_custom_plan", "force_generic_plan"};

  /** Connections that were given back; to open one takes longer than most statements. */
  private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();

  /** Of tables that are not there at the time, or that somebody is changing. */
  private final ConcurrentMap<String, String> unanswered = new ConcurrentHashMap<>();

  private final ConcurrentMap<String, Plans> plans = new ConcurrentHashMap<>();

  /**
   * How a statement would be run.
   *
   * @param byKind the text of EXPLAIN for each of {@link #KINDS_OF_PLAN}
   */
  record Plans(Map<String, String> byKind) {

    /** The number of partitions of one table that a plan scans at the most. */
    int mostPartitions() {
      return byKind.values().stream().mapToInt(plan -> partitions(plan).size()).max().orElse(0);
    }

    private static Set<String> partitions(String plan) {
      return SCAN.matcher(plan).results().map(scan -> scan.group(1)).collect(Collectors.toSet());
    }
  }

  ExplainingSource(LiveDatabase database) {
    super(database);
  }

  /** What was found out, by statement. */
  Map<String, Plans> plans() {
    return plans;
  }

  /** The statements for which there was no plan, with the SQLSTATE. */
  Map<String, String> unanswered() {
    return unanswered;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection used = idle.poll();
    Connection connection = used == null ? super.getConnection() : used;
    return proxy(
        Connection.class,
        (method, arguments) -> {
          if (method.getName().equals("close")) {
            giveBack(connection);
            return null;
          }
          Object result = method.invoke(connection, arguments);
          return method.getName().equals("prepareStatement")
              ? recording((PreparedStatement) result, (String) arguments[0])
              : result;
        });
  }

  private void giveBack(Connection connection) throws SQLException {
    if (connection.isClosed()) {
      return;
    }
    if (!connection.getAutoCommit()) {
      connection.rollback();
      connection.setAutoCommit(true);
    }
    idle.push(connection);
  }

  /** Closes the connections that nobody uses. */
  @Override
  public void close() throws SQLException {
    for (Connection connection = idle.poll(); connection != null; connection = idle.poll()) {
      connection.close();
    }
  }

  private PreparedStatement recording(PreparedStatement statement, String sql) {
    SortedMap<Integer, Value> values = new TreeMap<>();
    return proxy(
        PreparedStatement.class,
        (method, arguments) -> {
          if (method.getName().equals("setNull")) {
            values.put((Integer) arguments[0], new Value(null));
          } else if (method.getName().startsWith("set") && arguments.length == 2) {
            values.put((Integer) arguments[0], new Value(arguments[1]));
          } else if (method.getName().startsWith("execute") && !plans.containsKey(sql)) {
            explain(sql, values);
          }
          return method.invoke(statement, arguments);
        });
  }

  private void explain(String sql, SortedMap<Integer, Value> values) {
    Map<String, String> byKind = new TreeMap<>();
    try (Connection connection = super.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SET lock_timeout = '5s'");
      statement.execute("PREPARE asked" + list(values, Value::type) + " AS " + numbered(sql));
      for (String kind : KINDS_OF_PLAN) {
        statement.execute("SET plan_cache_mode = " + kind);
        byKind.put(kind, plan(statement, "EXPLAIN EXECUTE asked" + list(values, Value::literal)));
      }
      plans.put(sql, new Plans(byKind));
      unanswered.remove(sql);
    } catch (SQLException e) {
      unanswered.put(sql, String.valueOf(e.getSQLState()));
    }
  }

  private static String plan(Statement statement, String explain) throws SQLException {
    StringJoiner lines = new StringJoiner("\n");
    try (ResultSet rows = statement.executeQuery(explain)) {
      while (rows.next()) {
        lines.add(rows.getString(1));
      }
    }
    return lines.toString();
  }

  private static String numbered(String sql) {
    int[] number = {0};
    return Pattern.compile("\\?").matcher(sql).replaceAll(mark -> "\\$" + ++number[0]);
  }

  private static String list(SortedMap<Integer, Value> values, Function<Value, String> part) {
    return values.isEmpty()
        ? ""
        : values.values().stream().map(part).collect(Collectors.joining(", ", " (", ")"));
  }

  /** A parameter's value, of the type as which a driver sends it. */
  private record Value(@Nullable Object value) {

    String type() {
      if (value instanceof UUID) {
        return "uuid";
      }
      if (value instanceof OffsetDateTime) {
        return "timestamptz";
      }
      if (value instanceof Integer) {
        return "integer";
      }
      if (value instanceof Long) {
        return "bigint";
      }
      return value instanceof Boolean ? "boolean" : "varchar";
    }

    String literal() {
      return value == null ? "NULL" : "'" + value.toString().replace("'", "''") + "'";
    }
  }

  /** What is made of a call. */
  @FunctionalInterface
  private interface Calls {
    @Nullable Object answer(Method method, Object[] arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Calls calls) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try {
                return calls.answer(method, arguments == null ? new Object[0] : arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
