package io.netkingdom.userengine.store.spi;

import io.netkingdom.userengine.store.StoreException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A command that tells which connection providers are on the class path, what each answers to a
 * DSN, and which one would be chosen. It connects to nothing, and shows no user, password or
 * parameter.
 *
 * <pre>{@code
 * java -cp 'lib/*' io.netkingdom.userengine.store.spi.Drivers postgresql://app@db.example/accounts
 * }</pre>
 *
 * <p>Without an argument it takes the DSN from the environment variable {@value #DSN}, which is the
 * better place for one with a password: arguments can be seen by other users of a machine. A name
 * in {@value #PROVIDER} wins over priorities, as it does for a store.
 *
 * <p>Exit codes: 0, a provider would be chosen; 1, none would, for the reason that is printed; 2,
 * there is no DSN, or it cannot be read.
 */
public final class Drivers {

  /** The environment variable for a DSN. */
  public static final String DSN = "USER_ENGINE_POSTGRES_DSN";

  /** The environment variable for a provider's name. */
  public static final String PROVIDER = "USER_ENGINE_POSTGRES_PROVIDER";

  private static final int CHOSEN = 0;
  private static final int NOT_CHOSEN = 1;
  private static final int NO_DSN = 2;

  private Drivers() {}

  /**
   * Runs the command, and ends the virtual machine with its exit code.
   *
   * @param arguments a DSN, or nothing
   */
  public static void main(String... arguments) {
    Objects.requireNonNull(arguments, "arguments");
    System.exit(
        run(
            List.of(arguments),
            System.getenv(),
            ConnectionProviders.discover(),
            System.out,
            System.err));
  }

  static int run(
      List<String> arguments,
      Map<String, String> environment,
      ConnectionProviders providers,
      PrintStream out,
      PrintStream err) {
    String text = arguments.isEmpty() ? environment.get(DSN) : arguments.get(0);
    if (text == null || arguments.size() > 1) {
      err.println("give a DSN as the only argument, or in " + DSN);
      return NO_DSN;
    }
    Dsn dsn;
    try {
      dsn = Dsn.parse(text);
    } catch (StoreException.InvalidInput e) {
      err.println(e.getMessage());
      return NO_DSN;
    }
    out.println("DSN: " + dsn);
    providers.candidates(dsn).forEach(candidate -> out.println("  " + candidate.describe()));
    return choose(providers, dsn, environment.get(PROVIDER), out);
  }

  private static int choose(
      ConnectionProviders providers, Dsn dsn, @Nullable String name, PrintStream out) {
    try {
      ConnectionProviders.Choice choice =
          name == null ? providers.choose(dsn) : providers.choose(dsn, name);
      out.println(
          "chosen: "
              + choice.provider().name()
              + ", "
              + choice.driver()
              + (name == null
                  ? "; it has the highest priority of those that are usable"
                  : "; " + PROVIDER + " asks for it"));
      out.println(
          "database: " + choice.database().orElse("not certain before there is a connection"));
      return CHOSEN;
    } catch (StoreException.NoProvider e) {
      // The candidates that follow the first line are printed already.
      out.println("chosen: none; " + String.valueOf(e.getMessage()).replaceFirst("(?s)\n.*", ""));
    } catch (StoreException.InvalidInput e) {
      out.println("chosen: none; " + e.getMessage());
    }
    return NOT_CHOSEN;
  }
}
