package io.netkingdom.userengine.store.spi;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.security.CodeSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds providers with {@link ServiceLoader}, one by one, so that one that is broken is listed and
 * hides no other. Of what a provider throws only the class is reported: its message could hold
 * anything.
 */
final class Discovery {

  /** The form of a provider's name, and how it is said. */
  static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");

  static final String NAME_RULE = "1 to 64 characters of a-z, 0-9 and -";

  private static final String SERVICE = ConnectionProvider.class.getName();
  private static final String SERVICES_FILE = "META-INF/services/" + SERVICE;
  private static final String UNKNOWN_ORIGIN = "unknown origin";

  /** How the JDK names a named module's {@code provider()} method that failed or gave null. */
  private static final Pattern PROVIDER_METHOD = Pattern.compile("([\\w.$]+)\\.provider\\(\\)");

  /** A class loader that fails in the same way for ever must not hold us for ever. */
  private static final int MOST_STEPS = 1_000;

  private final Map<Object, Found> found = new LinkedHashMap<>();

  private Discovery() {}

  /** A provider that answered for itself, or one that could not. */
  sealed interface Found {

    /** The jar, directory or module that it came from. */
    String origin();
  }

  record Loaded(ConnectionProvider provider, String name, int priority, String origin)
      implements Found {}

  /**
   * @param label its class; or where not even that is known, the file that names it
   */
  record Broken(String label, String origin, String reason) implements Found {}

  /** What the loaders see, in their order, each provider once. */
  static List<Found> through(@Nullable ClassLoader... loaders) {
    Discovery discovery = new Discovery();
    new LinkedHashSet<>(Arrays.asList(loaders))
        .stream().filter(Objects::nonNull).forEach(discovery::look);
    return List.copyOf(discovery.found.values());
  }

  private void look(ClassLoader loader) {
    Iterator<ServiceLoader.Provider<ConnectionProvider>> providers =
        ServiceLoader.load(ConnectionProvider.class, loader).stream().iterator();
    for (int step = 0; step < MOST_STEPS; step++) {
      ServiceLoader.Provider<ConnectionProvider> provider;
      try {
        if (!providers.hasNext()) {
          return;
        }
        provider = providers.next();
      } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
        Broken broken = unloadable(loader, e);
        found.putIfAbsent(broken, broken);
        continue;
      }
      Found loaded = load(provider, loader);
      found.putIfAbsent(identity(loaded), loaded);
    }
  }

  /** Two loaders may each have defined a class, and from the same jar it is the same provider. */
  private static Object identity(Found found) {
    if (found instanceof Loaded loaded && !loaded.origin().equals(UNKNOWN_ORIGIN)) {
      return List.of(loaded.provider().getClass().getName(), loaded.origin(), loaded.name());
    }
    return found instanceof Loaded loaded ? loaded.provider().getClass() : found;
  }

  private static Found load(
      ServiceLoader.Provider<ConnectionProvider> provider, ClassLoader loader) {
    // A provider() method of a named module may tell no more than the interface.
    Class<?> type = provider.type();
    String asked = "its constructor";
    try {
      ConnectionProvider instance = provider.get();
      type = instance.getClass();
      asked = "its name()";
      String name = instance.name();
      if (!isName(name)) {
        return new Broken(
            type.getName(),
            origin(type),
            name == null ? "its name is null" : "its name is not " + NAME_RULE);
      }
      asked = "its priority()";
      return new Loaded(instance, name, instance.priority(), origin(type));
    } catch (Throwable e) {
      Matcher method = PROVIDER_METHOD.matcher(String.valueOf(e.getMessage()));
      if (e instanceof ServiceConfigurationError && method.find()) {
        String named = method.group(1);
        return new Broken(
            named,
            origin(named, loader),
            "its provider() " + (e.getCause() == null ? "gave null" : "threw " + thrownBy(e)));
      }
      return new Broken(type.getName(), origin(type), asked + " threw " + thrownBy(e));
    }
  }

  /** The class of what a provider threw; the JDK wraps it where it calls the provider itself. */
  private static String thrownBy(Throwable e) {
    return classOf(
        e instanceof ServiceConfigurationError && e.getCause() != null ? e.getCause() : e);
  }

  /** Null is no name either, whatever the interface promises. */
  private static boolean isName(@Nullable String name) {
    return name != null && NAME.matcher(name).matches();
  }

  /** The class of what a provider threw, unless the virtual machine itself is at its end. */
  static String classOf(Throwable thrown) {
    if (thrown instanceof VirtualMachineError fatal) {
      throw fatal;
    }
    return thrown.getClass().getName();
  }

  /** Says of a provider that could not even be found as a class, which one and where from. */
  private static Broken unloadable(ClassLoader loader, Throwable failure) {
    String reason = failure.toString();
    if (failure instanceof ServiceConfigurationError) {
      // The JDK writes "SERVICE: what is wrong".
      reason = String.valueOf(failure.getMessage()).replace(SERVICE + ": ", "");
    }
    try {
      for (URL file : Collections.list(loader.getResources(SERVICES_FILE))) {
        String place = file.toString();
        if (reason.startsWith(place + ":")) {
          String line = reason.substring(place.length() + 1).replaceFirst(":.*", "");
          return new Broken(
              "META-INF/services", container(place), "line " + line + " does not name a class");
        }
        for (String name : classesNamedIn(file)) {
          if (Arrays.asList(reason.split(" ")).contains(name)
              || (failure instanceof LinkageError && !canBeLinked(name, loader))) {
            return new Broken(name, container(place), plain(reason));
          }
        }
      }
    } catch (IOException e) {
      return new Broken("META-INF/services", UNKNOWN_ORIGIN, reason + "; and cannot be read");
    }
    return new Broken("META-INF/services", UNKNOWN_ORIGIN, reason);
  }

  /** The JDK's three complaints of a class, which it words differently from release to release. */
  private static String plain(String reason) {
    if (reason.endsWith(" not found")) {
      return "is named as a provider, but there is no such class";
    }
    if (reason.endsWith(" not a subtype")) {
      return "is not a " + SERVICE + " of this class loader";
    }
    if (reason.endsWith(" Unable to get public no-arg constructor")) {
      return "has no public constructor without parameters";
    }
    return reason;
  }

  /** As {@link ServiceLoader} reads the file: one class a line, a comment after #. */
  private static List<String> classesNamedIn(URL file) throws IOException {
    URLConnection connection = file.openConnection();
    connection.setUseCaches(false);
    try (InputStream in = connection.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(line -> !line.isEmpty())
          .toList();
    }
  }

  private static boolean canBeLinked(String name, ClassLoader loader) {
    try {
      Class.forName(name, false, loader);
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  private static String container(String servicesFile) {
    String place = servicesFile.substring(0, servicesFile.length() - SERVICES_FILE.length());
    return place.startsWith("jar:") && place.endsWith("!/")
        ? place.substring("jar:".length(), place.length() - "!/".length())
        : place;
  }

  private static String origin(String type, ClassLoader loader) {
    try {
      return origin(Class.forName(type, false, loader));
    } catch (ClassNotFoundException | LinkageError e) {
      return UNKNOWN_ORIGIN;
    }
  }

  private static String origin(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source != null && source.getLocation() != null) {
      return source.getLocation().toString();
    }
    return type.getModule().isNamed() ? "module " + type.getModule().getName() : UNKNOWN_ORIGIN;
  }
}
