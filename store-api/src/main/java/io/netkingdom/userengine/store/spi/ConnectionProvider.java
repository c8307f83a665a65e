package io.netkingdom.userengine.store.spi;

import io.netkingdom.userengine.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;

/**
 * Knows one JDBC driver: whether it is usable here, how a {@link Dsn} is said in its own words, and
 * how it opens connections.
 *
 * <p>To write one: implement the four methods without a body, in a public class with a public
 * constructor that takes nothing and does nothing; name the class in {@code
 * META-INF/services/io.netkingdom.userengine.store.spi.ConnectionProvider} (or let {@code
 * AutoService} do that) and, if the jar is a named module, in a {@code provides} directive of its
 * {@code module-info}. On the class path it is then found; nothing else changes.
 *
 * <pre>{@code
 * @AutoService(ConnectionProvider.class)
 * public final class AcmeProvider implements ConnectionProvider {
 *   public String name() {
 *     return "acme";
 *   }
 *
 *   public int priority() {
 *     return 50;
 *   }
 *
 *   public Usability usability(Dsn dsn) {
 *     if (!(dsn instanceof Dsn.Jdbc jdbc) || !jdbc.subprotocol().equals("acme")) {
 *       return new Usability.Unusable("only jdbc:acme: URLs are understood");
 *     }
 *     return AcmeDriver.isPresent()
 *         ? new Usability.Usable("Acme JDBC " + AcmeDriver.version())
 *         : new Usability.Unusable("com.acme.Driver is not on the class path");
 *   }
 *
 *   public DataSource dataSource(Dsn dsn) {
 *     return new AcmeDataSource(((Dsn.Jdbc) dsn).url());
 *   }
 * }
 * }</pre>
 *
 * <p>An implementation is safe for use by many threads, opens no connection outside of its {@code
 * DataSource}, and lets no part of a DSN into a message, a {@code toString}, a log or the cause of
 * an exception: drivers do, so what they throw while connecting is to be cleaned first. It links no
 * class of its driver that may be missing; it looks for the driver when it is asked, and a missing
 * one is {@link Usability.Unusable}.
 */
public interface ConnectionProvider {

  /**
   * The name by which this provider is asked for: 1 to 64 characters of {@code a-z}, {@code 0-9}
   * and {@code -}; the same at every call, and no other provider's.
   */
  String name();

  /**
   * Among the providers that are usable for a DSN the one with the highest priority is chosen; two
   * that share the highest are an error. Those that come with this project use 100 for its own
   * driver of PostgreSQL and less for others; a provider that is there to be preferred takes more.
   */
  int priority();

  /**
   * Whether this provider can serve that DSN here: the driver is present and recent enough, and the
   * DSN says nothing that the driver cannot honour or that would be unsafe. Does no network I/O.
   */
  Usability usability(Dsn dsn);

  /**
   * A source of new, unpooled connections to what the DSN names; closing one closes it. Opens none
   * by itself. Called only with a DSN that this provider answered to be usable.
   *
   * <p>The {@link SQLException}s of its {@code getConnection} keep the driver's SQLSTATE and hold
   * no part of the DSN, in their causes neither.
   *
   * @throws StoreException.InvalidInput if the DSN cannot be served after all
   */
  DataSource dataSource(Dsn dsn);

  /**
   * The name of the database that connections of {@link #dataSource} will be in, as far as that is
   * certain before there is any. Whoever guards a database compares this name, so an answer must be
   * what the driver will in fact ask the server for; where it cannot be known, it is empty.
   *
   * <p>As it stands this answers for {@link Dsn.Postgres} only. A provider of {@code jdbc:} URLs
   * overrides it, if it knows its driver's grammar.
   */
  default Optional<String> database(Dsn dsn) {
    Objects.requireNonNull(dsn, "dsn");
    return dsn instanceof Dsn.Postgres postgres
        ? Optional.of(postgres.database())
        : Optional.empty();
  }

  /**
   * Runs {@code COPY … FROM STDIN} where the driver has a way to, since java.sql has none.
   *
   * @param connection a connection of {@link #dataSource}, or a pool's wrapper around one
   * @param sql the COPY statement
   * @param data what to copy, read to its end and not closed
   * @return the number of rows copied; or empty if the driver offers no COPY, and then nothing was
   *     sent and nothing was read
   * @throws SQLException if the server or the connection refuses
   * @throws IOException if {@code data} cannot be read; the statement is then cancelled
   */
  default OptionalLong copyIn(Connection connection, String sql, InputStream data)
      throws SQLException, IOException {
    Objects.requireNonNull(connection, "connection");
    Objects.requireNonNull(sql, "sql");
    Objects.requireNonNull(data, "data");
    return OptionalLong.empty();
  }
}
