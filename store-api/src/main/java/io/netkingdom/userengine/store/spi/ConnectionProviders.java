package io.netkingdom.userengine.store.spi;

import io.netkingdom.userengine.store.StoreException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The connection providers that were found, and the choice among them.
 *
 * <pre>{@code
 * Dsn dsn = Dsn.parse("postgresql://app@db.example/accounts");
 * DataSource connections = ConnectionProviders.discover().choose(dsn).dataSource();
 * }</pre>
 *
 * <p>The choice depends on the providers and the DSN alone, never on the order in which they were
 * found: an explicit name wins; else the highest priority among those usable; a tie is an error. So
 * is a name that two providers bear, wherever one of them would be chosen. Every refusal lists each
 * candidate, where it came from and why it was passed over. A provider that cannot be loaded, or
 * that fails when it is asked, is such a candidate and never hides another.
 *
 * <p>Immutable, and safe for use by many threads.
 */
public final class ConnectionProviders {

  /** Shorter secrets would be found in any text. */
  private static final int SHORTEST_SECRET = 4;

  private final List<Discovery.Found> found;

  private ConnectionProviders(List<Discovery.Found> found) {
    this.found = found;
  }

  /**
   * Finds the providers that {@link java.util.ServiceLoader} sees through the thread's context
   * class loader, and then those that only this library's own class loader sees. A class that both
   * load from the same jar is one provider.
   */
  public static ConnectionProviders discover() {
    return new ConnectionProviders(
        Discovery.through(
            Thread.currentThread().getContextClassLoader(),
            ConnectionProviders.class.getClassLoader()));
  }

  /** Finds the providers that {@link java.util.ServiceLoader} sees through that class loader. */
  public static ConnectionProviders discover(ClassLoader loader) {
    return new ConnectionProviders(Discovery.through(Objects.requireNonNull(loader, "loader")));
  }

  /**
   * Chooses the usable provider with the highest priority.
   *
   * @throws StoreException.NoProvider if none is usable, or several with that priority
   */
  public Choice choose(Dsn dsn) {
    List<Asked> asked = ask(dsn);
    List<Asked> usable = asked.stream().filter(Asked::isUsable).toList();
    if (usable.isEmpty()) {
      throw refusal(
          asked.isEmpty()
              ? "no connection provider was found"
              : "no connection provider can serve the DSN",
          asked);
    }
    int highest = usable.stream().mapToInt(Asked::priority).max().orElseThrow();
    List<Asked> best = usable.stream().filter(a -> a.priority() == highest).toList();
    Asked first = best.get(0);
    refuseSharedName(first.candidate.name(), asked);
    if (best.size() > 1) {
      throw refusal(
          best.size()
              + " usable connection providers share the highest priority; choose one by name",
          asked);
    }
    return first.chosenFor(dsn);
  }

  /**
   * Chooses the provider of that name.
   *
   * @throws StoreException.InvalidInput naming {@code provider}, if that cannot be a name
   * @throws StoreException.NoProvider if no provider bears the name, several do, or the one that
   *     does is not usable
   */
  public Choice choose(Dsn dsn, String name) {
    Objects.requireNonNull(name, "name");
    if (!Discovery.NAME.matcher(name).matches()) {
      throw new StoreException.InvalidInput("provider", "is not " + Discovery.NAME_RULE);
    }
    List<Asked> asked = ask(dsn);
    refuseSharedName(name, asked);
    Asked named =
        asked.stream()
            .filter(a -> a.isNamed(name))
            .findFirst()
            .orElseThrow(() -> refusal("no connection provider is named " + name, asked));
    if (!named.isUsable()) {
      throw refusal("the connection provider " + name + " cannot serve the DSN", asked);
    }
    return named.chosenFor(dsn);
  }

  /** Every provider that was found, with its answer to that DSN, in the order of discovery. */
  public List<Candidate> candidates(Dsn dsn) {
    return ask(dsn).stream().map(Asked::candidate).toList();
  }

  private static void refuseSharedName(String name, List<Asked> asked) {
    long bearers = asked.stream().filter(a -> a.isNamed(name)).count();
    if (bearers > 1) {
      throw refusal(bearers + " connection providers are named " + name, asked);
    }
  }

  private static StoreException.NoProvider refusal(String reason, List<Asked> asked) {
    return new StoreException.NoProvider(
        reason, asked.stream().map(a -> a.candidate.describe()).toList());
  }

  private List<Asked> ask(Dsn dsn) {
    Objects.requireNonNull(dsn, "dsn");
    return found.stream().map(f -> ask(f, dsn)).toList();
  }

  private static Asked ask(Discovery.Found found, Dsn dsn) {
    if (found instanceof Discovery.Loaded loaded) {
      return new Asked(
          new Candidate(
              loaded.name(),
              loaded.origin(),
              OptionalInt.of(loaded.priority()),
              usability(loaded.provider(), dsn)),
          loaded.provider());
    }
    Discovery.Broken broken = (Discovery.Broken) found;
    return new Asked(
        new Candidate(
            broken.label(),
            broken.origin(),
            OptionalInt.empty(),
            new Usability.Unusable(broken.reason())),
        null);
  }

  private static Usability usability(ConnectionProvider provider, Dsn dsn) {
    Usability answer;
    try {
      answer = provider.usability(dsn);
    } catch (Throwable e) {
      return new Usability.Unusable("its usability() threw " + Discovery.classOf(e));
    }
    if (answer == null) {
      return new Usability.Unusable("its usability() gave null");
    }
    return repeats(answer.toString(), dsn)
        ? new Usability.Unusable("its usability() repeated a part of the DSN that may be secret")
        : answer;
  }

  /** Providers are told not to repeat secrets; this catches the plain cases of one that does. */
  private static boolean repeats(String text, Dsn dsn) {
    if (dsn instanceof Dsn.Jdbc jdbc) {
      return text.contains(jdbc.url());
    }
    Stream<String> secrets =
        dsn instanceof Dsn.DataSourceClass named
            ? DataSourceDsn.secrets(named.properties())
            : ((Dsn.Postgres) dsn).secrets();
    return secrets.anyMatch(s -> s.length() >= SHORTEST_SECRET && text.contains(s));
  }

  /**
   * A provider that was found.
   *
   * @param name its name; or if it could not be asked for one, its class, or {@code
   *     META-INF/services} where not even that is known
   * @param origin the jar, directory or module that it came from, as a URL where it has one
   * @param priority its priority; empty if it could not be asked
   * @param usability its answer; {@link Usability.Unusable} if it could not be asked
   */
  public record Candidate(String name, String origin, OptionalInt priority, Usability usability) {
    /** Refuses null. */
    public Candidate {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(origin, "origin");
      Objects.requireNonNull(priority, "priority");
      Objects.requireNonNull(usability, "usability");
    }

    /** The candidate in one line: its name, its origin and what it answered. */
    public String describe() {
      String answer =
          usability instanceof Usability.Usable usable
              ? "usable, " + usable.driver() + ", priority " + priority.orElseThrow()
              : ((Usability.Unusable) usability).reason();
      return name + " (" + origin + "): " + answer;
    }
  }

  /**
   * The provider that was chosen for a DSN. What the provider throws, other than a {@link
   * StoreException}, is replaced by its class name: its message could repeat the DSN.
   *
   * @param provider the provider
   * @param driver its driver's name and version, for people
   * @param dsn the DSN
   */
  public record Choice(ConnectionProvider provider, String driver, Dsn dsn) {
    /** Refuses null. */
    public Choice {
      Objects.requireNonNull(provider, "provider");
      Objects.requireNonNull(driver, "driver");
      Objects.requireNonNull(dsn, "dsn");
    }

    /**
     * A source of new, unpooled connections; none is opened yet.
     *
     * @throws StoreException.InvalidInput if the DSN cannot be served after all
     * @throws StoreException.NoProvider if the provider fails
     */
    public DataSource dataSource() {
      return guarded("dataSource()", () -> provider.dataSource(dsn));
    }

    /**
     * The database that connections will be in, if that is certain before there is any.
     *
     * @throws StoreException.InvalidInput if the DSN cannot be served after all
     * @throws StoreException.NoProvider if the provider fails
     */
    public Optional<String> database() {
      return guarded("database()", () -> provider.database(dsn));
    }

    private <T> T guarded(String what, Supplier<@Nullable T> question) {
      String failure;
      try {
        T answer = question.get();
        if (answer != null) {
          return answer;
        }
        failure = " gave null";
      } catch (StoreException e) {
        throw e;
      } catch (Throwable e) {
        failure = " threw " + Discovery.classOf(e);
      }
      throw new StoreException.NoProvider(
          "the connection provider of " + driver + " failed: its " + what + failure, List.of());
    }
  }

  /** A candidate, with the provider behind it unless it is broken. */
  private record Asked(Candidate candidate, @Nullable ConnectionProvider provider) {

    boolean isUsable() {
      return candidate.usability() instanceof Usability.Usable;
    }

    boolean isNamed(String name) {
      return provider != null && candidate.name().equals(name);
    }

    int priority() {
      return candidate.priority().orElseThrow();
    }

    Choice chosenFor(Dsn dsn) {
      String driver = ((Usability.Usable) candidate.usability()).driver();
      return new Choice(Objects.requireNonNull(provider), driver, dsn);
    }
  }
}
