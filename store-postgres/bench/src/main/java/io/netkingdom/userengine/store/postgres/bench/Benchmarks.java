package io.netkingdom.userengine.store.postgres.bench;

import io.netkingdom.userengine.store.postgres.bench.Operations.Way;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures what the store costs over JDBC written by hand, and leaves a page. A machine that others
 * use is fast now and slow then: so the two ways are measured in turns, and only their ratio within
 * a turn counts.
 */
final class Benchmarks {

  /** In the order of the page. */
  static final List<String> OPERATIONS =
      List.of(
          "findUser",
          "findByUserName",
          "nextPage",
          "readOutbox",
          "createUser",
          "updateUser",
          "register",
          "signInFirst",
          "signInAgain",
          "importUsers");

  /** What a server in the same data centre, but not in the same rack, is apart. */
  private static final Duration ROUND_TRIP = Duration.ofMillis(1);

  private final String place;
  private final int port;
  private final int rounds;
  private final TimeValue time;

  private Benchmarks(String place, int port, int rounds, TimeValue time) {
    this.place = place;
    this.port = port;
    this.rounds = rounds;
    this.time = time;
  }

  /**
   * Runs all of them.
   *
   * @param arguments where to leave the page; how many rounds; how many seconds to measure, after
   *     three times as many to warm up
   */
  public static void main(String... arguments) throws Exception {
    Path page = Path.of(arguments[0]);
    int rounds = Integer.parseInt(arguments[1]);
    TimeValue time = TimeValue.seconds(Long.parseLong(arguments[2]));
    try (Server server = Server.start();
        Distance distance = Distance.to(server.port(), ROUND_TRIP)) {
      List<RatioPage.Section> sections =
          List.of(
              new Benchmarks("On the server's machine", server.port(), rounds, time).measure(),
              new Benchmarks("A round trip of 1 ms away", distance.port(), rounds, time).measure());
      Files.createDirectories(page.toAbsolutePath().getParent());
      Files.writeString(page, RatioPage.of(sections, server.version()));
      for (RatioPage.Section section : sections) {
        System.out.println("[bench] " + section.title());
        section.ratios().forEach(ratio -> System.out.println("[bench] " + line(ratio)));
      }
      System.out.println("[bench] " + page.toUri());
    }
  }

  private static String line(Ratio ratio) {
    return String.format(
        Locale.ROOT,
        "%-15s %5.2f  (%.2f to %.2f)",
        ratio.operation(),
        ratio.median(),
        ratio.lowest(),
        ratio.highest());
  }

  private RatioPage.Section measure() throws RunnerException {
    Map<String, List<Double>> found = new LinkedHashMap<>();
    for (int round = 1; round <= rounds; round++) {
      for (String operation : OPERATIONS) {
        double ratio = ratio(operation, round);
        found.computeIfAbsent(operation, name -> new ArrayList<>()).add(ratio);
        System.out.printf(
            Locale.ROOT,
            "[bench] %s, round %d of %d: %s %.2f%n",
            place,
            round,
            rounds,
            operation,
            ratio);
      }
    }
    return new RatioPage.Section(
        place,
        found.entrySet().stream()
            .map(entry -> new Ratio(entry.getKey(), entry.getValue()))
            .toList());
  }

  /** Each way goes first in every other round. */
  private double ratio(String operation, int round) throws RunnerException {
    if (round % 2 == 1) {
      double jdbc = microseconds(operation, Way.JDBC);
      return microseconds(operation, Way.STORE) / jdbc;
    }
    double store = microseconds(operation, Way.STORE);
    return store / microseconds(operation, Way.JDBC);
  }

  private double microseconds(String operation, Way way) throws RunnerException {
    Options options =
        new OptionsBuilder()
            .include("\\." + OperationsBenchmark.class.getSimpleName() + "\\." + operation + "$")
            .param("way", way.name())
            .forks(1)
            .warmupIterations(3)
            .warmupTime(time)
            .measurementIterations(1)
            .measurementTime(time)
            .jvmArgsAppend(
                "-D" + OperationsBenchmark.PORT + "=" + port,
                // That nothing is logged need not be said by every process.
                "-Dslf4j.internal.verbosity=ERROR")
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();
    RunResult result = new Runner(options).runSingle();
    return result.getPrimaryResult().getScore();
  }
}
