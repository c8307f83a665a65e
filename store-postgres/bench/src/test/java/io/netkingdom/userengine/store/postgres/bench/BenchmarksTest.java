package io.netkingdom.userengine.store.postgres.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Method;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;

class BenchmarksTest {

  /** One that is not in the list would be measured by nobody. */
  @Test
  void everyBenchmarkIsRun() {
    assertEquals(
        Stream.of(OperationsBenchmark.class.getMethods())
            .filter(method -> method.isAnnotationPresent(Benchmark.class))
            .map(Method::getName)
            .sorted()
            .toList(),
        Benchmarks.OPERATIONS.stream().sorted().toList());
  }
}
