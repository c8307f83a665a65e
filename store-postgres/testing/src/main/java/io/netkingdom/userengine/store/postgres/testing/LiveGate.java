package io.netkingdom.userengine.store.postgres.testing;

import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.postgres.PostgresOptions;
import io.netkingdom.userengine.store.postgres.PostgresSchema;
import io.netkingdom.userengine.store.spi.ConnectionProviders;
import io.netkingdom.userengine.store.spi.Dsn;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether live tests may run, and where. They drop and make tables, and so they want to be
 * told twice: by the DSN of a database, and by the name of that database as an acknowledgement that
 * it may be reset. Nothing is decided by a host's name, a flag or a default, and no connection is
 * made to decide.
 *
 * <table>
 *   <caption>Environment variables</caption>
 *   <tr><td>{@value #DSN}</td><td>where the live tests may run</td></tr>
 *   <tr><td>{@value #RESET_ACK}</td><td>exactly the name of the database that may be reset</td></tr>
 *   <tr><td>{@value #PROVIDER}</td><td>optional: the connection provider to use, by name</td></tr>
 *   <tr><td>{@value #SCHEMA}</td><td>optional: the schema that holds the tables; {@code public}</td></tr>
 * </table>
 *
 * <p>The system property {@value #EMBEDDED}, set to {@code true}, asks for a throwaway server
 * instead. The acknowledgement is taken from nowhere but the environment.
 */
public final class LiveGate {

  /** Where the live tests may run: a DSN. */
  public static final String DSN = "USER_ENGINE_POSTGRES_DSN";

  /** Exactly the name of the database that may be reset. */
  public static final String RESET_ACK = "USER_ENGINE_POSTGRES_RESET_ACK";

  /** Optional: the connection provider to use, by name. */
  public static final String PROVIDER = "USER_ENGINE_POSTGRES_PROVIDER";

  /** Optional: the schema that holds the tables. */
  public static final String SCHEMA = "USER_ENGINE_POSTGRES_SCHEMA";

  /** The system property that asks for a throwaway server. */
  public static final String EMBEDDED = "userengine.postgres.embedded";

  /** What a name, a flag or a pattern looks like, and no DSN or part of one does. */
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_$*%.\" -]{1,63}");

  private LiveGate() {}

  /** What the gate says. */
  public sealed interface Decision {

    /**
     * Go ahead, on a database that was named twice.
     *
     * @param database the database
     */
    record Open(LiveDatabase database) implements Decision {
      /** Refuses null. */
      public Open {
        Objects.requireNonNull(database, "database");
      }
    }

    /**
     * Go ahead, on a throwaway server that is yet to be started.
     *
     * @param provider the connection provider to use, or null for the best one
     * @param schema the schema to make the tables in
     */
    record OpenEmbedded(@Nullable String provider, String schema) implements Decision {
      /** Refuses null. */
      public OpenEmbedded {
        Objects.requireNonNull(schema, "schema");
      }
    }

    /**
     * Nobody asked for live tests here.
     *
     * @param reason what to set in order to ask
     */
    record Skipped(String reason) implements Decision {
      /** Refuses null. */
      public Skipped {
        Objects.requireNonNull(reason, "reason");
      }
    }

    /**
     * What was asked for is incomplete or contradictory: the build is to fail.
     *
     * @param reason what is wrong, what would have been touched, and what to do
     */
    record Refused(String reason) implements Decision {
      /** Refuses null. */
      public Refused {
        Objects.requireNonNull(reason, "reason");
      }
    }
  }

  /** Decides from the environment and the system properties of this process. */
  public static Decision decide() {
    return decide(System.getenv(), Boolean.getBoolean(EMBEDDED));
  }

  static Decision decide(Map<String, String> environment, boolean embedded) {
    for (String name : List.of(DSN, RESET_ACK, PROVIDER, SCHEMA)) {
      if (environment.containsKey(name) && environment.getOrDefault(name, "").isBlank()) {
        return new Decision.Refused(name + " is set but blank; set it to a value, or unset it");
      }
    }
    String dsn = environment.get(DSN);
    String acknowledgement = environment.get(RESET_ACK);
    String provider = environment.get(PROVIDER);
    String schema = environment.getOrDefault(SCHEMA, PostgresOptions.defaults().schema());
    if (embedded) {
      return dsn != null || acknowledgement != null
          ? new Decision.Refused(
              "two targets: the embedded server, and "
                  + (dsn != null ? DSN : RESET_ACK)
                  + "; unset the variable, or leave the profile 'embedded' out")
          : new Decision.OpenEmbedded(provider, schema);
    }
    if (dsn != null) {
      return decide(dsn, acknowledgement, provider, schema);
    }
    for (String name : List.of(RESET_ACK, PROVIDER)) {
      if (environment.containsKey(name)) {
        return new Decision.Refused(
            name + " is set, but " + DSN + " is not: there is nothing that it could apply to");
      }
    }
    return new Decision.Skipped(
        "live tests need a PostgreSQL database that may be emptied: set "
            + DSN
            + " to its DSN and "
            + RESET_ACK
            + " to exactly its name; or add the profile 'embedded' for a throwaway server");
  }

  private static Decision decide(
      String text, @Nullable String acknowledgement, @Nullable String provider, String schema) {
    Dsn dsn;
    Optional<String> database;
    ConnectionProviders.Choice choice;
    try {
      PostgresOptions.defaults().withSchema(schema);
      dsn = Dsn.parse(text);
      ConnectionProviders providers = ConnectionProviders.discover();
      choice = provider == null ? providers.choose(dsn) : providers.choose(dsn, provider);
      database = choice.database();
    } catch (StoreException.InvalidInput e) {
      return new Decision.Refused(variableOf(e.field()) + " cannot be used: " + e.getMessage());
    } catch (StoreException.NoProvider e) {
      return new Decision.Refused(DSN + " cannot be used: " + e.getMessage());
    }
    if (database.isEmpty()) {
      return new Decision.Refused(
          DSN
              + " does not tell which database it leads to, so that nothing can be compared with "
              + RESET_ACK
              + "; name the database in it, or use a postgresql:// URI");
    }
    String name = database.get();
    if (acknowledgement == null) {
      return new Decision.Refused(RESET_ACK + " is not set; " + wouldTouch(dsn, name, schema));
    }
    if (!acknowledgement.equals(name)) {
      return new Decision.Refused(
          RESET_ACK
              + " is "
              + saw(acknowledgement, name, text)
              + ", which is not exactly the name of the DSN's database; "
              + wouldTouch(dsn, name, schema));
    }
    return new Decision.Open(new LiveDatabase(dsn, choice, provider, name, schema));
  }

  /**
   * What was set, in as far as it can be shown: a password may have got into the wrong variable.
   */
  private static String saw(String acknowledgement, String name, String dsn) {
    if (acknowledgement.equalsIgnoreCase(name)) {
      return "\"" + acknowledgement + "\" (in another case)";
    }
    if (acknowledgement.strip().equals(name)) {
      return "that name with blanks around it";
    }
    boolean shown = PLAIN.matcher(acknowledgement).matches() && !dsn.contains(acknowledgement);
    return shown
        ? "\"" + acknowledgement + "\""
        : "a text of " + acknowledgement.length() + " characters";
  }

  private static String variableOf(String field) {
    return switch (field) {
      case "schema" -> SCHEMA;
      case "provider" -> PROVIDER;
      default -> DSN;
    };
  }

  private static String wouldTouch(Dsn dsn, String database, String schema) {
    return "the live tests would drop and make anew "
        + String.join(", ", PostgresSchema.TABLES)
        + " in the schema \""
        + schema
        + "\" of the database \""
        + database
        + "\" at "
        + dsn.redacted()
        + "; to allow that, set "
        + RESET_ACK
        + " to exactly the name of that database";
  }
}
