package io.netkingdom.userengine.store.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonFactory;
import com.ibm.icu.text.Normalizer2;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Discovery where the API and the providers are named modules. They are compiled here, and live in
 * a layer of their own, of which this class sees only what it asks for by reflection.
 */
final class ModulePathDiscoveryTest {

  private static final String API = "io.netkingdom.userengine.store";

  @TempDir private Path directory;

  private Path module(String name, String body, String... classes) throws IOException {
    Path sources = Files.createDirectories(directory.resolve("sources").resolve(name));
    Files.writeString(
        sources.resolve("module-info.java"),
        "module " + name + " { requires " + API + "; " + body + " }");
    Path packages = Files.createDirectories(sources.resolve(name.replace('.', '/')));
    for (String each : classes) {
      String type = each.replaceFirst("(?s).* class (\\w+) .*", "$1");
      Files.writeString(
          packages.resolve(type + ".java"),
          "package " + name + "; import " + API + ".spi.*; " + each);
    }
    Path target = Files.createDirectories(directory.resolve(name));
    List<File> files;
    try (Stream<Path> found = Files.walk(sources)) {
      files = found.filter(file -> file.toString().endsWith(".java")).map(Path::toFile).toList();
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  said,
                  manager,
                  null,
                  List.of(
                      "-proc:none",
                      "-d",
                      target.toString(),
                      "--module-path",
                      modulesOfTheApi().stream()
                          .map(Path::toString)
                          .collect(Collectors.joining(File.pathSeparator))),
                  null,
                  manager.getJavaFileObjectsFromFiles(files))
              .call();
      assertTrue(compiled, said::toString);
    }
    return target;
  }

  /** A provider whose constructor and name are as told. */
  private static String provider(String type, String constructor, String name) {
    return "public class "
        + type
        + " implements ConnectionProvider { public "
        + type
        + "() { "
        + constructor
        + " } public String name() { return "
        + name
        + "; } public int priority() { return 10; }"
        + " public Usability usability(Dsn dsn) { return new Usability.Usable(\"driver of "
        + type
        + "\"); }"
        + " public javax.sql.DataSource dataSource(Dsn dsn) { throw new AssertionError(); } }";
  }

  private static List<Path> modulesOfTheApi() {
    return Stream.of(
            ConnectionProvider.class,
            JsonFactory.class,
            JsonValue.class,
            Normalizer2.class,
            NullMarked.class)
        .map(
            type -> {
              try {
                return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
              } catch (URISyntaxException e) {
                throw new IllegalStateException(e);
              }
            })
        .toList();
  }

  /** What a layer with the API and these modules finds, a line each. */
  private static List<String> candidates(Path... modules) throws ReflectiveOperationException {
    List<Path> path = new ArrayList<>(modulesOfTheApi());
    path.addAll(List.of(modules));
    ModuleFinder finder = ModuleFinder.of(path.toArray(Path[]::new));
    Configuration configuration =
        ModuleLayer.boot().configuration().resolveAndBind(ModuleFinder.of(), finder, Set.of(API));
    ClassLoader loader =
        ModuleLayer.boot().defineModulesWithOneLoader(configuration, null).findLoader(API);
    Class<?> providers = loader.loadClass(API + ".spi.ConnectionProviders");
    assertTrue(providers.getModule().isNamed());
    Class<?> dsn = loader.loadClass(API + ".spi.Dsn");
    Object found = providers.getMethod("discover", ClassLoader.class).invoke(null, loader);
    List<String> described = new ArrayList<>();
    for (Object candidate :
        (List<?>)
            providers
                .getMethod("candidates", dsn)
                .invoke(found, dsn.getMethod("parse", String.class).invoke(null, "jdbc:acme:x"))) {
      described.add((String) candidate.getClass().getMethod("describe").invoke(candidate));
    }
    return described.stream().sorted().toList();
  }

  private static String at(String type, Path module) {
    return type + " (" + module.toFile().toURI() + "): ";
  }

  @Test
  void aModuleThatProvidesIsFoundByConstructorAndByMethod() throws Exception {
    Path module =
        module(
            "com.acme",
            "provides " + API + ".spi.ConnectionProvider with com.acme.One, com.acme.Two;",
            provider("One", "", "\"one\""),
            "public class Two { public static ConnectionProvider provider() { return new One() {"
                + " public String name() { return \"two\"; } }; } }");

    assertEquals(
        List.of(
            at("one", module) + "usable, driver of One, priority 10",
            at("two", module) + "usable, driver of One, priority 10"),
        candidates(module));
  }

  @Test
  void aBrokenProviderIsListedAndHidesNoOther() throws Exception {
    Path bad =
        module(
            "com.bad",
            "provides "
                + API
                + ".spi.ConnectionProvider with com.bad.Explosive, com.bad.Nameless,"
                + " com.bad.Thrower, com.bad.Nothing, com.bad.Orphan;",
            provider("Explosive", "if (true) throw new IllegalStateException();", "\"x\""),
            provider("Nameless", "", "null"),
            "public class Thrower { public static ConnectionProvider provider() {"
                + " throw new UnsupportedOperationException(); } }",
            "public class Nothing { public static ConnectionProvider provider() { return null; } }",
            "public class Gone { static int port() { return 1; } }",
            provider("Orphan", "Gone.port();", "\"orphan\""));
    Files.delete(bad.resolve("com/bad/Gone.class"));
    Path good =
        module(
            "com.good",
            "provides " + API + ".spi.ConnectionProvider with com.good.Good;",
            provider("Good", "", "\"good\""));

    assertEquals(
        List.of(
            at("com.bad.Explosive", bad) + "its constructor threw java.lang.IllegalStateException",
            at("com.bad.Nameless", bad) + "its name is null",
            at("com.bad.Nothing", bad) + "its provider() gave null",
            at("com.bad.Orphan", bad) + "its constructor threw java.lang.NoClassDefFoundError",
            at("com.bad.Thrower", bad)
                + "its provider() threw java.lang.UnsupportedOperationException",
            at("good", good) + "usable, driver of Good, priority 10"),
        candidates(bad, good));
  }

  @Test
  void twoOfOneNameAreBothListed() throws Exception {
    Path one =
        module(
            "com.one",
            "provides " + API + ".spi.ConnectionProvider with com.one.Same;",
            provider("Same", "", "\"same\""));
    Path two =
        module(
            "com.two",
            "provides " + API + ".spi.ConnectionProvider with com.two.Same;",
            provider("Same", "", "\"same\""));

    assertEquals(
        List.of(
            at("same", one) + "usable, driver of Same, priority 10",
            at("same", two) + "usable, driver of Same, priority 10"),
        candidates(one, two));
  }

  /** A named module's services file counts for nothing, right or wrong. */
  @Test
  void aModuleWithAServicesFileAloneIsNotThere() throws Exception {
    Path module = module("com.acme", "", provider("One", "", "\"one\""));
    Path services = Files.createDirectories(module.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(ConnectionProvider.class.getName()), "com.acme.One\ncom.acme.Missing\n");

    assertEquals(List.of(), candidates(module));
  }
}
