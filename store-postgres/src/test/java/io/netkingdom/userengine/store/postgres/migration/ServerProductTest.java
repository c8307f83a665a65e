package io.netkingdom.userengine.store.postgres.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What products say of themselves, as their documentation has it; none of them runs here. */
class ServerProductTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PostgreSQL 18.6 on x86_64-pc-linux-gnu, compiled by gcc (GCC) 7.3.1, 64-bit",
        "PostgreSQL 15.18 (Debian 15.18-0+deb12u1) on x86_64-pc-linux-gnu, compiled by gcc, 64-bit",
        "PostgreSQL 14.0 on x86_64-pc-linux-gnu, compiled by gcc, 64-bit",
        "PostgreSQL 19devel on x86_64-pc-linux-gnu, compiled by gcc, 64-bit",
        "PostgreSQL 19beta1 on x86_64-pc-linux-gnu, compiled by gcc, 64-bit"
      })
  void postgresqlFromFourteenOnIsTaken(String version) {
    ServerProduct product = ServerProduct.of(version);

    assertEquals("PostgreSQL", product.name());
    assertEquals(Optional.empty(), product.refusal());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PostgreSQL 13.23 on x86_64-pc-linux-gnu, compiled by gcc, 64-bit"
            + "| PostgreSQL, which is PostgreSQL 13",
        "PostgreSQL 9.6.24 on x86_64-pc-linux-gnu, compiled by gcc, 64-bit"
            + "| PostgreSQL, which is PostgreSQL 9",
        "CockroachDB CCL v24.1.0 (x86_64-pc-linux-gnu, built 2024/05/15 21:28:29, go1.22.2)"
            + "| CockroachDB, which is no PostgreSQL",
        "PostgreSQL 8.0.2 on i686-pc-linux-gnu, compiled by GCC gcc (GCC) 3.4.2, Redshift 1.0.12103"
            + "| Amazon Redshift, which is PostgreSQL 8",
        "PostgreSQL 11.2-YB-2.18.0.0-b0 on x86_64-pc-linux-gnu, compiled by clang, 64-bit"
            + "| YugabyteDB, which is PostgreSQL 11",
        "PostgreSQL 12.12 (Greenplum Database 7.0.0) on x86_64-pc-linux-gnu, 64-bit"
            + "| Greenplum, which is PostgreSQL 12",
        "CrateDB 5.7.2 (built 1234567/2024-05-01T00:00:00Z, Linux 5.15 amd64, OpenJDK 64-Bit)"
            + "| CrateDB, which is no PostgreSQL"
      })
  void whatIsTooOldOrNoPostgresqlIsRefusedByName(String version, String named) {
    String refusal = ServerProduct.of(version).refusal().orElseThrow();

    assertTrue(refusal.startsWith("the server is " + named + ": "), refusal);
    assertTrue(refusal.endsWith("it calls itself \"" + version + '"'), refusal);
  }

  @Test
  void aProductOnANewerPostgresqlIsNamedAndTaken() {
    ServerProduct product =
        ServerProduct.of("PostgreSQL 15.2-YB-2025.1.0.0-b0 on x86_64-pc-linux-gnu, 64-bit");

    assertEquals("YugabyteDB", product.name());
    assertEquals(Optional.empty(), product.refusal());
  }

  @Test
  void whatAServerSaysIsOneLine() {
    String refusal = ServerProduct.of("Somebody's\r\nserver\u001b[31m").refusal().orElseThrow();

    assertTrue(refusal.endsWith("it calls itself \"Somebody's server [31m\""), refusal);
  }
}
