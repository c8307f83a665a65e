package io.netkingdom.userengine.store.postgres.schema;

import io.netkingdom.userengine.store.Readiness;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What was found when a schema was looked at. Holds no secrets.
 *
 * @param schema the schema that was asked for, unquoted
 * @param readiness the answer; as the store's own {@code readiness()} gives it
 * @param server which server it is; empty if it is unreachable, or a product on which the store
 *     does not work
 * @param history the steps that are recorded, in the order of their versions; empty if there is no
 *     history, or no right to read it
 */
public record SchemaStatus(
    String schema, Readiness readiness, Optional<Server> server, List<Step> history) {

  /** Copies the list. */
  public SchemaStatus {
    Objects.requireNonNull(schema, "schema");
    Objects.requireNonNull(readiness, "readiness");
    Objects.requireNonNull(server, "server");
    Objects.requireNonNull(history, "history");
    history.forEach(step -> Objects.requireNonNull(step, "history contains null"));
    history = List.copyOf(history);
  }

  /**
   * The server, the database, and what can be done there.
   *
   * @param product the product's name, such as {@code PostgreSQL}
   * @param version all that {@code version()} says
   * @param database the database's name
   * @param role the role that asked
   * @param inRecovery whether it is a standby, or a server that replays its log
   * @param readOnly whether a transaction begins read-only; always so in recovery
   */
  public record Server(
      String product,
      String version,
      String database,
      String role,
      boolean inRecovery,
      boolean readOnly) {
    /** Refuses null. */
    public Server {
      Objects.requireNonNull(product, "product");
      Objects.requireNonNull(version, "version");
      Objects.requireNonNull(database, "database");
      Objects.requireNonNull(role, "role");
    }
  }

  /**
   * A step that is recorded in the history.
   *
   * @param version its number
   * @param name its name
   * @param checksum the checksum that was recorded: SHA-256 in hexadecimal, unless it was edited
   * @param applied when it was done
   * @param duration how long its transaction had taken until then
   */
  public record Step(
      int version, String name, String checksum, Instant applied, Duration duration) {
    /** Refuses null. */
    public Step {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(checksum, "checksum");
      Objects.requireNonNull(applied, "applied");
      Objects.requireNonNull(duration, "duration");
    }
  }
}
