package io.netkingdom.userengine.store.postgres.bench;

import java.sql.SQLException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One method for each of {@link Operations}, run by JMH in a process and a database of its own. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class OperationsBenchmark {

  static final String PORT = "userengine.bench.port";
  private static final String DATABASE = "copy";

  /** The name of an {@link Operations.Way}; JMH fills it in. */
  @Param({"STORE", "JDBC"})
  public String way = "";

  // The same choices in each way.
  private final SplittableRandom random = new SplittableRandom(1);
  private int port;
  private int created;

  // JMH calls open() before anything else.
  @SuppressWarnings("NullAway.Init")
  private Operations operations;

  /** Makes the copy of the sample. */
  @Setup(Level.Trial)
  public void open() throws SQLException {
    port = Integer.getInteger(PORT);
    Server.copy(port, DATABASE);
    operations = Operations.Way.valueOf(way).open(port, DATABASE);
  }

  /** Removes it. */
  @TearDown(Level.Trial)
  public void close() throws SQLException {
    operations.close();
    Server.drop(port, DATABASE);
  }

  private int any() {
    return random.nextInt(Sample.USERS);
  }

  private String fresh() {
    return "fresh" + created++;
  }

  @Benchmark
  public Object findUser() throws SQLException {
    return operations.findUser(any());
  }

  @Benchmark
  public Object findByUserName() throws SQLException {
    return operations.findByUserName(any());
  }

  @Benchmark
  public Object nextPage() throws SQLException {
    return operations.nextPage();
  }

  @Benchmark
  public Object readOutbox() throws SQLException {
    return operations.readOutbox();
  }

  @Benchmark
  public Object createUser() throws SQLException {
    return operations.createUser(fresh());
  }

  @Benchmark
  public Object updateUser() throws SQLException {
    return operations.updateUser(fresh());
  }

  @Benchmark
  public Object register() throws SQLException {
    return operations.register(fresh());
  }

  @Benchmark
  public Object signInFirst() throws SQLException {
    return operations.signInFirst(fresh());
  }

  @Benchmark
  public Object signInAgain() throws SQLException {
    return operations.signInAgain(any());
  }

  @Benchmark
  public Object importUsers() throws SQLException {
    List<String> names = IntStream.range(0, Sample.IMPORT).mapToObj(i -> fresh()).toList();
    return operations.importUsers(names);
  }
}
