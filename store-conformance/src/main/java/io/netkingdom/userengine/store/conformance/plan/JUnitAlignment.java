package io.netkingdom.userengine.store.conformance.plan;

import io.netkingdom.userengine.store.conformance.ConformanceRefusal;
import java.lang.module.ModuleDescriptor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.launcher.Launcher;

/**
 * JUnit's jars are made to be used in one version. A build that mixes them ends in a
 * NoSuchMethodError somewhere in JUnit; this says in a sentence what is wrong.
 */
final class JUnitAlignment {

  private JUnitAlignment() {}

  /**
   * Looks at the jars that the kit runs on.
   *
   * @throws ConformanceRefusal naming each jar and its version, if these do not go together
   */
  static void check() {
    Map<String, String> versions = new LinkedHashMap<>();
    put(versions, "junit-platform-commons", AnnotationSupport.class);
    put(versions, "junit-platform-engine", TestEngine.class);
    put(versions, "junit-platform-launcher", Launcher.class);
    put(versions, "junit-jupiter-api", Test.class);
    put(versions, "junit-jupiter-engine", jupiterEngine());
    check(versions);
  }

  static void check(Map<String, String> versions) {
    if (versions.values().stream().map(JUnitAlignment::release).distinct().count() > 1) {
      throw new ConformanceRefusal(
          "the versions of JUnit on the class path do not go together: "
              + versions.entrySet().stream()
                  .map(jar -> jar.getKey() + " " + jar.getValue())
                  .collect(Collectors.joining(", "))
              + "; import org.junit:junit-bom in one version");
    }
  }

  /** JUnit 5 counts the Platform from 1: Platform 1.14.4 is of the release 5.14.4. */
  private static String release(String version) {
    return version.startsWith("1.") ? "5." + version.substring(2) : version;
  }

  private static void put(Map<String, String> versions, String jar, @Nullable Class<?> type) {
    version(type).ifPresent(version -> versions.put(jar, version));
  }

  /**
   * From the module where there is one, else from the jar's manifest; a repackaged jar has none.
   */
  private static Optional<String> version(@Nullable Class<?> type) {
    return Optional.ofNullable(type)
        .flatMap(
            present -> {
              ModuleDescriptor module = present.getModule().getDescriptor();
              return module == null
                  ? Optional.ofNullable(present.getPackage().getImplementationVersion())
                  : module.rawVersion();
            });
  }

  /** Its absence is told by whoever needs it. */
  private static @Nullable Class<?> jupiterEngine() {
    try {
      return Class.forName(PlanRun.JUPITER, false, TestEngine.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      return null;
    }
  }
}
