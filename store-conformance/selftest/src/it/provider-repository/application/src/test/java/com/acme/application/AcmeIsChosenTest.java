package com.acme.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.postgres.PostgresUserEngineStore;
import io.netkingdom.userengine.store.spi.ConnectionProviders;
import io.netkingdom.userengine.store.spi.Dsn;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The provider's jar and the driver's are there, and nothing else was done. */
class AcmeIsChosenTest {

  @Test
  void theProviderIsFoundAndChosen() {
    Dsn dsn = Dsn.parse("postgresql://app@127.0.0.1:1/accounts", Map.of());
    ConnectionProviders providers = ConnectionProviders.discover();
    providers.candidates(dsn).forEach(candidate -> System.out.println(candidate.describe()));
    assertEquals("Acme JDBC", providers.choose(dsn).driver());
    assertEquals("acme", providers.choose(dsn).provider().name());
  }

  @Test
  void aStoreIsOpenedThroughItWithoutAConnection() {
    try (UserEngineStore store = PostgresUserEngineStore.open("jdbc:acme://127.0.0.1:1/accounts")) {
      System.out.println("opened through the driver's own URL");
    }
  }

  @Test
  void aRefusalNamesItsJarAndItsReason() {
    Dsn dsn = Dsn.parse("postgresql://app@127.0.0.1:1/accounts?sslmode=require", Map.of());
    String refusal =
        assertThrows(
                StoreException.NoProvider.class, () -> ConnectionProviders.discover().choose(dsn))
            .getMessage();
    assertEquals(
        1,
        refusal
            .lines()
            .filter(line -> line.matches(" *acme \\(.*acme-provider.*\\): acme cannot honour \\[sslmode]"))
            .count(),
        refusal);
  }
}
