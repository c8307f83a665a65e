package io.netkingdom.userengine.store.conformance.selftest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.adapter.TransactionalStore;
import java.io.IOException;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedTypeVariable;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Calls everything that an application, an adapter or an adapter's test can call, with null for one
 * argument at a time, and with a null inside one: the answer names the parameter, before an engine
 * or a connection is asked for anything.
 */
class NullArgumentsTest {

  private static final String PREFIX = "io.netkingdom.userengine.store.";

  /** Where the sources of what is published are, and the packages of those without a module. */
  private static final Map<Path, List<String>> SOURCES =
      Map.of(
          Path.of("../../store-api/src/main/java"), List.of(),
          Path.of("../../store-memory/src/main/java"), List.of(),
          Path.of("../../store-postgres/src/main/java"), List.of(),
          Path.of("../../store-conformance/src/main/java"), List.of(),
          Path.of("../../store-postgres/testing/src/main/java"),
              List.of(PREFIX + "postgres.testing"));

  private static final Pattern EXPORT = Pattern.compile("^  exports ([a-z.]+);", Pattern.MULTILINE);

  /** Their methods without a body are written by others, who are never handed null. */
  private static final Set<String> WRITTEN_OUTSIDE =
      Set.of(
          "ImportListener",
          "TransactionWork",
          "UserRow",
          "adapter.EngineTransaction",
          "adapter.StorageEngine",
          "conformance.CallerTransaction",
          "conformance.Capabilities",
          "conformance.StoreFixture",
          "postgres.schema.MigrationCallback",
          "spi.ConnectionProvider");

  /** Types of which JUnit calls the methods that have parameters. */
  private static final Set<String> CALLED_BY_JUNIT =
      Set.of(
          "conformance.RuleTests",
          "conformance.StoreConformanceTests",
          "postgres.testing.LivePostgres");

  /** It is told what to name. */
  private static final Set<String> NAMES_THE_FIELD =
      Set.of("Timestamps.of(String, Instant), value is null");

  private final List<String> unnamed = new ArrayList<>();
  private final Set<String> calls = new TreeSet<>();

  @Test
  void theAnswerToNullNamesTheParameter() throws Exception {
    NullArgumentsSamples samples = new NullArgumentsSamples();
    for (Class<?> type : exported()) {
      for (Executable entry : entries(type)) {
        try {
          Object receiver =
              entry instanceof Constructor || Modifier.isStatic(entry.getModifiers())
                  ? null
                  : samples.of(type);
          tryEach(entry, receiver, samples);
        } catch (IllegalStateException e) {
          unnamed.add(e.getMessage());
        }
      }
    }
    assertEquals("", String.join("\n", unnamed), () -> unnamed.size() + " of " + calls.size());
    assertTrue(calls.size() > 500, () -> "only " + calls.size() + " ways to hand over null");
  }

  /** Nothing of a transaction is asked for either, and it can still commit. */
  @Test
  void inATransactionToo() throws Exception {
    NullArgumentsSamples samples = new NullArgumentsSamples();
    try (UserEngineStore store =
        new TransactionalStore(NullArgumentsSamples.ready(), StoreOptions.defaults())) {
      store.inTransaction(
          TenantId.of("t"),
          transaction -> {
            for (Method accessor : io.netkingdom.userengine.store.Repositories.class.getMethods()) {
              if (accessor.getReturnType().getSimpleName().endsWith("Repository")) {
                Object repository = accessor.invoke(transaction);
                for (Executable entry : entries(accessor.getReturnType())) {
                  tryEach(entry, repository, samples);
                }
              }
            }
            return "done";
          });
    }
    assertEquals("", String.join("\n", unnamed), () -> unnamed.size() + " of " + calls.size());
  }

  private void tryEach(Executable entry, @Nullable Object receiver, NullArgumentsSamples samples)
      throws ReflectiveOperationException {
    Parameter[] parameters = entry.getParameters();
    for (int i = 0; i < parameters.length; i++) {
      assertTrue(parameters[i].isNamePresent(), "compiled without -parameters: " + entry);
      for (Map.Entry<String, @Nullable Object> wrong : wrongs(parameters[i]).entrySet()) {
        @Nullable Object[] arguments =
            Arrays.stream(parameters).map(p -> samples.of(p.getType())).toArray();
        arguments[i] = wrong.getValue();
        tryOne(entry, receiver, arguments, parameters[i].getName(), wrong.getKey());
      }
    }
  }

  private void tryOne(
      Executable entry,
      @Nullable Object receiver,
      @Nullable Object[] arguments,
      String name,
      String wrong)
      throws ReflectiveOperationException {
    String call = shown(entry) + ", " + name + " " + wrong;
    calls.add(call);
    try {
      if (entry instanceof Constructor<?> constructor) {
        constructor.newInstance(arguments);
      } else {
        ((Method) entry).invoke(receiver, arguments);
      }
      unnamed.add(call + ": accepted");
    } catch (InvocationTargetException e) {
      String expected = wrong.equals("is null") ? name : name + " contains null";
      if (NAMES_THE_FIELD.contains(call)) {
        expected = (String) arguments[0];
      }
      if (!(e.getCause() instanceof NullPointerException)
          || !expected.equals(e.getCause().getMessage())) {
        unnamed.add(call + ": " + e.getCause());
      }
    }
  }

  /** The ways in which an argument can be null or contain it, by what is said of them. */
  private static Map<String, @Nullable Object> wrongs(Parameter parameter) {
    AnnotatedType type = parameter.getAnnotatedType();
    Map<String, @Nullable Object> wrongs = new LinkedHashMap<>();
    if (parameter.getType().isPrimitive() || mayBeNull(type)) {
      return wrongs;
    }
    wrongs.put("is null", null);
    if (type instanceof AnnotatedParameterizedType generic) {
      AnnotatedType[] of = generic.getAnnotatedActualTypeArguments();
      Class<?> raw = parameter.getType();
      if (raw == Map.class) {
        if (!mayBeNull(of[0])) {
          wrongs.put("has a null key", Collections.singletonMap(null, "x"));
        }
        if (!mayBeNull(of[1])) {
          wrongs.put("has a null value", Collections.singletonMap("x", null));
        }
      } else if (Collection.class.isAssignableFrom(raw) && !mayBeNull(of[0])) {
        wrongs.put(
            "has a null element",
            raw == Set.class ? Collections.singleton(null) : Collections.singletonList(null));
      }
    }
    return wrongs;
  }

  private static boolean mayBeNull(AnnotatedType type) {
    if (type.isAnnotationPresent(Nullable.class)) {
      return true;
    }
    if (type instanceof AnnotatedTypeVariable variable) {
      return Arrays.stream(variable.getAnnotatedBounds()).anyMatch(NullArgumentsTest::mayBeNull);
    }
    return type instanceof AnnotatedWildcardType wildcard
        && Arrays.stream(wildcard.getAnnotatedUpperBounds()).anyMatch(NullArgumentsTest::mayBeNull);
  }

  /** The public constructors and methods of a type that take arguments and are its own. */
  private static List<Executable> entries(Class<?> type) {
    List<Executable> entries = new ArrayList<>();
    if (!Modifier.isAbstract(type.getModifiers())) {
      entries.addAll(Arrays.asList(type.getConstructors()));
    }
    for (Method method : type.getMethods()) {
      if (method.getDeclaringClass().getName().startsWith(PREFIX)
          && !method.isBridge()
          && !method.isSynthetic()
          && !isExcluded(method)) {
        entries.add(method);
      }
    }
    entries.removeIf(entry -> entry.getParameterCount() == 0);
    return entries;
  }

  private static boolean isExcluded(Method method) {
    String type = method.getDeclaringClass().getName().substring(PREFIX.length());
    return CALLED_BY_JUNIT.contains(type)
        || (WRITTEN_OUTSIDE.contains(type) && Modifier.isAbstract(method.getModifiers()))
        // Nothing equals null, says Object.
        || method.getName().equals("equals")
        // The compiler's, as is its message.
        || (method.getDeclaringClass().isEnum() && method.getName().equals("valueOf"));
  }

  /** Every public type of the packages that modules export. */
  private static List<Class<?>> exported() throws IOException, ClassNotFoundException {
    List<Class<?>> types = new ArrayList<>();
    for (Map.Entry<Path, List<String>> source : SOURCES.entrySet()) {
      for (String name : packages(source.getKey(), source.getValue())) {
        for (String type : typesOf(source.getKey().resolve(name.replace('.', '/')))) {
          addPublic(Class.forName(name + "." + type), types);
        }
      }
    }
    return types;
  }

  private static List<String> packages(Path source, List<String> withoutModule) throws IOException {
    if (!withoutModule.isEmpty()) {
      return withoutModule;
    }
    Matcher exports = EXPORT.matcher(Files.readString(source.resolve("module-info.java")));
    return exports.results().map(result -> result.group(1)).toList();
  }

  private static List<String> typesOf(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".java") && !file.equals("package-info.java"))
          .map(file -> file.substring(0, file.length() - ".java".length()))
          .sorted()
          .toList();
    }
  }

  private static void addPublic(Class<?> type, List<Class<?>> types) {
    if (Modifier.isPublic(type.getModifiers())) {
      types.add(type);
      for (Class<?> nested : type.getDeclaredClasses()) {
        addPublic(nested, types);
      }
    }
  }

  private static String shown(Executable entry) {
    return entry.getDeclaringClass().getName().substring(PREFIX.length())
        + (entry instanceof Constructor ? "" : "." + entry.getName())
        + Arrays.stream(entry.getParameterTypes())
            .map(Class::getSimpleName)
            .collect(Collectors.joining(", ", "(", ")"));
  }
}
