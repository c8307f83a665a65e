package io.netkingdom.userengine.store.postgres.provider;

import com.google.auto.service.AutoService;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.spi.ConnectionProvider;
import io.netkingdom.userengine.store.spi.Dsn;
import io.netkingdom.userengine.store.spi.Usability;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * A {@code javax.sql.DataSource} by the name of its class: {@code
 * datasource:com.acme.AcmeDataSource?serverName=db.example&databaseName=accounts}. Its bean
 * properties of simple types can be set, but none that names a class, a place in JNDI, a URL, a
 * statement or a log.
 */
@AutoService(ConnectionProvider.class)
public final class DataSourceProvider implements ConnectionProvider {

  /** Words in the names of properties that load, look up, run or write something. */
  private static final Pattern DANGEROUS =
      Pattern.compile(
          ".*(callback|class|datasourcename|executor|factory|init|interceptor|jndi|listener|logger"
              + "|plugin|sql|trace|url|verifier).*");

  /** For {@link java.util.ServiceLoader}. */
  public DataSourceProvider() {}

  @Override
  public String name() {
    return "datasource";
  }

  @Override
  public int priority() {
    return 10;
  }

  @Override
  public Usability usability(Dsn dsn) {
    try {
      Plan plan = Plan.of(dsn);
      return new Usability.Usable(plan.type().getName());
    } catch (StoreException.InvalidInput e) {
      return new Usability.Unusable(e.reason());
    }
  }

  @Override
  public DataSource dataSource(Dsn dsn) {
    return new NamedDataSource(Plan.of(dsn).make());
  }

  /** A class that is there, and the properties to set on an object of it. */
  private record Plan(Class<? extends DataSource> type, List<BeanSetter> setters) {

    static Plan of(Dsn dsn) {
      if (!(dsn instanceof Dsn.DataSourceClass named)) {
        throw refused("datasource serves datasource: DSNs alone");
      }
      Class<? extends DataSource> type = load(named.className());
      List<BeanSetter> setters = new ArrayList<>();
      for (Map.Entry<String, String> property : named.properties().entrySet()) {
        setters.add(setter(type, property.getKey(), property.getValue(), named.properties()));
      }
      return new Plan(type, setters);
    }

    private static Class<? extends DataSource> load(String name) {
      for (ClassLoader loader : FoundDriver.loaders()) {
        try {
          // Not initialised before it is known to be one.
          return Class.forName(name, false, loader).asSubclass(DataSource.class);
        } catch (ClassNotFoundException e) {
          // The next loader may see it.
        } catch (ClassCastException e) {
          throw refused(name + " is not a javax.sql.DataSource");
        } catch (LinkageError e) {
          throw refused(name + " cannot be loaded: " + e.getClass().getName());
        }
      }
      throw refused(name + " is not on the class path");
    }

    private static BeanSetter setter(
        Class<? extends DataSource> type, String name, String value, Map<String, String> all) {
      // Behind a password with an & in it, what looks like a name may be the rest of it.
      boolean canBeShown =
          all.keySet().stream().noneMatch(n -> n.toLowerCase(Locale.ROOT).contains("password"));
      String shown = canBeShown ? "the property " + name : "a property";
      if (DANGEROUS.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
        throw refused(shown + " is not accepted, as it loads, looks up, runs or writes something");
      }
      try {
        return BeanSetter.of(type, name, value)
            .orElseThrow(() -> refused(shown + " of a simple type is not in " + type.getName()));
      } catch (BeanSetter.Unconvertible e) {
        throw refused(shown + " does not take its value");
      }
    }

    DataSource make() {
      try {
        DataSource source = type.getConstructor().newInstance();
        for (BeanSetter setter : setters) {
          setter.apply(source);
        }
        return source;
      } catch (ReflectiveOperationException | LinkageError e) {
        throw refused(type.getName() + " cannot be set up: " + e.getClass().getName());
      }
    }

    private static StoreException.InvalidInput refused(String reason) {
      return DriverProvider.refused(reason);
    }
  }
}
