package io.netkingdom.userengine.store.spi;

import com.google.auto.service.AutoService;
import javax.sql.DataSource;

/** Providers that tests put into jars of their own; what is told of each is all that it does. */
public final class Providers {

  private Providers() {}

  /** Usable for any DSN. */
  public abstract static class Base implements ConnectionProvider {
    private final String name;
    private final int priority;

    /** For subclasses. */
    protected Base(String name, int priority) {
      this.name = name;
      this.priority = priority;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public int priority() {
      return priority;
    }

    @Override
    public Usability usability(Dsn dsn) {
      return new Usability.Usable("driver of " + name + " 1.0");
    }

    @Override
    public DataSource dataSource(Dsn dsn) {
      throw new IllegalStateException("cannot open " + text(dsn));
    }

    /** All that a careless provider would say of a DSN. */
    protected static String text(Dsn dsn) {
      return dsn instanceof Dsn.Postgres p ? String.valueOf(p.password()) : ((Dsn.Jdbc) dsn).url();
    }
  }

  /** The one on the class path of these tests. */
  @AutoService(ConnectionProvider.class)
  @SuppressWarnings("exports") // AutoService is no module here, and nothing is exported of tests.
  public static final class OnClassPath extends Base {
    /** For ServiceLoader. */
    public OnClassPath() {
      super("on-class-path", 1);
    }
  }

  /** Priority 10. */
  public static final class Alpha extends Base {
    /** For ServiceLoader. */
    public Alpha() {
      super("alpha", 10);
    }
  }

  /** Priority 20. */
  public static final class Beta extends Base {
    /** For ServiceLoader. */
    public Beta() {
      super("beta", 20);
    }
  }

  /** Priority 20, like Beta. */
  public static final class Gamma extends Base {
    /** For ServiceLoader. */
    public Gamma() {
      super("gamma", 20);
    }
  }

  /** Named like Alpha. */
  public static final class OtherAlpha extends Base {
    /** For ServiceLoader. */
    public OtherAlpha() {
      super("alpha", 5);
    }
  }

  /** Its driver is missing. */
  public static final class Driverless extends Base {
    /** For ServiceLoader. */
    public Driverless() {
      super("driverless", 99);
    }

    @Override
    public Usability usability(Dsn dsn) {
      return new Usability.Unusable("com.acme.Driver is not\non the class path");
    }
  }

  /** Throws from its constructor. */
  public static final class Explosive extends Base {
    /** For ServiceLoader. */
    public Explosive() {
      super("explosive", 1);
      throw new IllegalStateException("no such luck");
    }
  }

  /** Cannot be initialised. */
  public static final class Uninitialisable extends Base {
    private static final int NUMBER = Integer.parseInt("no number");

    /** For ServiceLoader. */
    public Uninitialisable() {
      super("uninitialisable", NUMBER);
    }
  }

  /** Has no constructor that ServiceLoader could call. */
  public static final class Unconstructable extends Base {
    /** Not for ServiceLoader. */
    public Unconstructable(int priority) {
      super("unconstructable", priority);
    }
  }

  /** Its name is null. */
  public static final class Nameless extends Base {
    /** For ServiceLoader. */
    public Nameless() {
      super("nameless", 1);
    }

    @Override
    @SuppressWarnings("NullAway") // That is what is tested.
    public String name() {
      return null;
    }
  }

  /** Its name is blank. */
  public static final class Blank extends Base {
    /** For ServiceLoader. */
    public Blank() {
      super(" ", 1);
    }
  }

  /** Its name is not well-formed. */
  public static final class IllNamed extends Base {
    /** For ServiceLoader. */
    public IllNamed() {
      super("Ill_Named", 1);
    }
  }

  /** Throws when asked for its name. */
  public static final class Shy extends Base {
    /** For ServiceLoader. */
    public Shy() {
      super("shy", 1);
    }

    @Override
    public String name() {
      throw new AssertionError("not telling");
    }
  }

  /** Throws when asked for its priority. */
  public static final class Modest extends Base {
    /** For ServiceLoader. */
    public Modest() {
      super("modest", 1);
    }

    @Override
    public int priority() {
      throw new UnsupportedOperationException("not telling");
    }
  }

  /** Repeats the DSN in what it throws. */
  public static final class Leaky extends Base {
    /** For ServiceLoader. */
    public Leaky() {
      super("leaky", 1);
    }

    @Override
    public Usability usability(Dsn dsn) {
      throw new IllegalArgumentException("cannot parse " + text(dsn));
    }
  }

  /** Repeats the DSN in what it answers. */
  public static final class Talkative extends Base {
    /** For ServiceLoader. */
    public Talkative() {
      super("talkative", 1);
    }

    @Override
    public Usability usability(Dsn dsn) {
      return new Usability.Unusable("cannot parse " + text(dsn));
    }
  }

  /** Answers null. */
  public static final class Mute extends Base {
    /** For ServiceLoader. */
    public Mute() {
      super("mute", 1);
    }

    @Override
    @SuppressWarnings("NullAway") // That is what is tested.
    public Usability usability(Dsn dsn) {
      return null;
    }
  }

  /** What {@link Orphan} extends. */
  public abstract static class Gone extends Base {
    /** For subclasses. */
    protected Gone(String name) {
      super(name, 1);
    }
  }

  /** Its superclass is in no jar. */
  public static final class Orphan extends Gone {
    /** For ServiceLoader. */
    public Orphan() {
      super("orphan");
    }
  }
}
