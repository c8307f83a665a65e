package io.netkingdom.userengine.store.postgres.provider;

import io.netkingdom.userengine.store.spi.Dsn;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

/** A provider of one of pgjdbc's family: a name, a priority, and the facts of its driver. */
abstract class PgjdbcFamilyProvider extends DriverProvider {

  private final String name;
  private final int priority;
  private final PgjdbcFamily family;

  PgjdbcFamilyProvider(String name, int priority, PgjdbcFamily family) {
    this.name = name;
    this.priority = priority;
    this.family = family;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final int priority() {
    return priority;
  }

  @Override
  final DriverSettings settings(Dsn dsn) {
    return PgjdbcSettings.of(family, dsn);
  }

  @Override
  final FoundDriver driver(Dsn dsn, DriverSettings settings) throws DriverMissing {
    FoundDriver driver = FoundDriver.find(family.facts());
    FoundDriver connections = driver;
    Set<String> known = new HashSet<>(driver.knownProperties(family.facts().askedWith()));
    if (family.isWrapper()) {
      connections = FoundDriver.find(family.connections());
      known.addAll(connections.knownProperties(family.connections().askedWith()));
      // It does not tell of all that it takes.
      known.addAll(family.ownProperties());
      known.addAll(family.defaults().keySet());
      driver =
          new FoundDriver(
              driver.driver(), driver.product(), driver.name() + " on " + connections.name());
    }
    PgjdbcSettings.requireKnown(settings, driver.product(), known);
    UnixSocket.requireFactory(settings, connections);
    return driver;
  }

  @Override
  public final OptionalLong copyIn(Connection connection, String sql, InputStream data)
      throws SQLException, IOException {
    try {
      return PgjdbcCopy.copyIn(
          FoundDriver.find(family.connections()), family.connectionClass(), connection, sql, data);
    } catch (DriverMissing e) {
      return OptionalLong.empty();
    }
  }
}
