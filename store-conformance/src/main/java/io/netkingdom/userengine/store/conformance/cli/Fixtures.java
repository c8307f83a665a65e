package io.netkingdom.userengine.store.conformance.cli;

import io.netkingdom.userengine.store.conformance.ConformanceRefusal;
import io.netkingdom.userengine.store.conformance.StoreFixture;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The fixtures that are registered on the class path. One that cannot be made hides no other. */
final class Fixtures {

  private static final String SERVICES = "META-INF/services/" + StoreFixture.class.getName();

  private record Found(String type, StoreFixture fixture) {

    boolean isCalled(String name) {
      return fixture.adapter().equals(name) || type.equals(name);
    }

    String describe() {
      return fixture.adapter() + " (" + type + ")";
    }
  }

  private final List<Found> found = new ArrayList<>();
  private final List<String> broken = new ArrayList<>();

  private Fixtures() {}

  static Fixtures discover() {
    Fixtures fixtures = new Fixtures();
    Iterator<ServiceLoader.Provider<StoreFixture>> providers =
        ServiceLoader.load(StoreFixture.class).stream().iterator();
    while (fixtures.step(providers)) {}
    return fixtures;
  }

  /** Whether there may be more. */
  private boolean step(Iterator<ServiceLoader.Provider<StoreFixture>> providers) {
    try {
      if (!providers.hasNext()) {
        return false;
      }
      ServiceLoader.Provider<StoreFixture> provider = providers.next();
      found.add(new Found(provider.type().getName(), provider.get()));
    } catch (ServiceConfigurationError e) {
      // Its message names the class or the line, and is the JDK's own; the cause may hold anything.
      broken.add(String.valueOf(e.getMessage()));
    }
    return true;
  }

  /**
   * The fixture of that adapter or class, or the only one.
   *
   * @throws ConformanceRefusal if there is none, or more than one, listing what there is
   */
  StoreFixture choose(@Nullable String name) {
    List<Found> called =
        found.stream().filter(each -> name == null || each.isCalled(name)).toList();
    if (called.size() == 1) {
      return called.get(0).fixture();
    }
    throw new ConformanceRefusal(
        (called.isEmpty() ? "no fixture" : "more than one fixture")
            + (name == null ? " is on the class path" : " is called " + name)
            + (found.isEmpty()
                ? "; name the class that implements StoreFixture in " + SERVICES
                : "; name one of: "
                    + found.stream().map(Found::describe).collect(Collectors.joining(", ")))
            + broken.stream()
                .map(reason -> "\n  not usable: " + reason)
                .collect(Collectors.joining()));
  }
}
