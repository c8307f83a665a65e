package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assertions.fail;

import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.memory.MemoryUserEngineStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same calls in memory and in PostgreSQL: where the contract says nothing, they would be free
 * to differ, and an application that is tested on the one would fail on the other. Each history is
 * drawn from its number; {@code -Duserengine.twins=NUMBER} plays that one alone.
 */
@ExtendWith(LivePostgres.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class AdaptersAgreeIT {

  private static final int HISTORIES = 20;
  private static final int CALLS = 150;

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2031-01-01T00:00:00Z"));
  private final UserEngineStore memory;
  private final UserEngineStore postgres;
  private final LiveDatabase database;
  private final Connection observer;

  AdaptersAgreeIT(LiveDatabase database) throws SQLException {
    InstantSource clock = now::get;
    StoreOptions options = StoreOptions.defaults().withClock(clock);
    this.database = database;
    this.observer = database.connect();
    this.memory = MemoryUserEngineStore.create(options);
    this.postgres = database.open(options);
  }

  @BeforeAll
  void begin() {
    database.reset();
    memory.migrate();
    postgres.migrate();
  }

  @AfterAll
  void end() throws SQLException {
    observer.close();
    memory.close();
    postgres.close();
    database.reset();
  }

  static IntStream histories() {
    Integer one = Integer.getInteger("userengine.twins");
    return one == null ? IntStream.range(0, HISTORIES) : IntStream.of(one);
  }

  @ParameterizedTest
  @MethodSource("histories")
  void bothAnswerAlike(int number) throws SQLException {
    List<TenantId> tenants =
        IntStream.range(0, TwinCalls.TENANTS)
            .mapToObj(i -> TenantId.of("twins-" + number + "-" + i))
            .toList();
    Twin one = new Twin(memory, tenants, TwinCalls.IDS);
    Twin other = new Twin(postgres, tenants, TwinCalls.IDS);
    Random random = new Random(number);
    TwinCalls calls = new TwinCalls(random);
    StringBuilder played = new StringBuilder();
    for (int i = 0; i < CALLS; i++) {
      compare(calls.next(), random.nextInt(tenants.size()), one, other, played);
    }
    for (TwinCall reading : calls.readings()) {
      for (int tenant = 0; tenant < tenants.size(); tenant++) {
        compare(reading, tenant, one, other, played);
      }
    }
  }

  private void compare(TwinCall call, int tenant, Twin one, Twin other, StringBuilder played)
      throws SQLException {
    played.append("tenant ").append(tenant).append(": ").append(call).append('\n');
    Object expected = call.outcome(place(one, tenant));
    awaitMaintenance();
    Object seen = call.outcome(place(other, tenant));
    if (!expected.equals(seen)) {
      fail(played + "in memory: " + expected + "\nPostgreSQL: " + seen);
    }
  }

  /**
   * Reading the outbox lags behind whoever began to write before; here that is autovacuum alone.
   */
  private void awaitMaintenance() throws SQLException {
    boolean running = true;
    while (running) {
      try (Statement statement = observer.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  "SELECT EXISTS (SELECT 1 FROM pg_stat_activity"
                      + " WHERE backend_type LIKE 'autovacuum%' AND backend_xid IS NOT NULL)")) {
        rows.next();
        running = rows.getBoolean(1);
      }
    }
  }

  private TwinCall.Place place(Twin twin, int tenant) {
    return new TwinCall.Place(twin, tenant, twin.store.tenant(twin.tenants.get(tenant)), now::set);
  }
}
