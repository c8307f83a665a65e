package io.netkingdom.userengine.store.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netkingdom.userengine.store.StoreException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConnectionProvidersTest {

  private static final String CANARY = "Canary-5e6f";
  private static final Dsn DSN = Dsn.parse("postgresql://app:" + CANARY + "@h1/accounts");
  private static final Dsn JDBC = Dsn.parse("jdbc:acme://h1/accounts?password=" + CANARY);

  @TempDir Path directory;
  private ClassLoader contextLoader = ClassLoader.getSystemClassLoader();

  @BeforeEach
  void rememberContextLoader() {
    contextLoader = Thread.currentThread().getContextClassLoader();
  }

  @AfterEach
  void restoreContextLoader() {
    Thread.currentThread().setContextClassLoader(contextLoader);
  }

  private Path jar(String name, Class<?>... providers) {
    return Plugins.jar(directory.resolve(name), providers);
  }

  private Path jar(String name, List<String> services, Class<?>... classes) {
    return Plugins.jar(directory.resolve(name), services, classes);
  }

  private static ConnectionProviders in(Path... jars) {
    return ConnectionProviders.discover(Plugins.of(jars));
  }

  private static String named(Class<?> provider) {
    return provider.getName();
  }

  private static String refusal(ConnectionProviders providers, Dsn dsn) {
    return message(assertThrows(StoreException.NoProvider.class, () -> providers.choose(dsn)));
  }

  private static String refusal(ConnectionProviders providers, Dsn dsn, String name) {
    return message(
        assertThrows(StoreException.NoProvider.class, () -> providers.choose(dsn, name)));
  }

  private static String message(StoreException.NoProvider refused) {
    assertNull(refused.getCause());
    assertFalse(refused.toString().contains(CANARY));
    return String.valueOf(refused.getMessage());
  }

  private static String lines(String first, String... candidates) {
    return candidates.length == 0 ? first : first + "\n  " + String.join("\n  ", candidates);
  }

  // Choosing

  @Test
  void theHighestPriorityAmongTheUsableIsChosen() {
    Path jar =
        jar("a.jar", Providers.Alpha.class, Providers.Driverless.class, Providers.Beta.class);
    ConnectionProviders.Choice choice = in(jar).choose(DSN);
    assertEquals("beta", choice.provider().name());
    assertEquals("driver of beta 1.0", choice.driver());
    assertSame(DSN, choice.dsn());
  }

  @Test
  void anExplicitNameWins() {
    Path jar = jar("a.jar", Providers.Alpha.class, Providers.Beta.class, Providers.Gamma.class);
    assertEquals("alpha", in(jar).choose(DSN, "alpha").provider().name());
  }

  @Test
  void theOrderOfDiscoveryDoesNotMatter() {
    Path one = jar("1.jar", Providers.Alpha.class);
    Path two = jar("2.jar", Providers.Beta.class);
    assertEquals("beta", in(one, two).choose(DSN).provider().name());
    assertEquals("beta", in(two, one).choose(DSN).provider().name());
  }

  @Test
  void noProviderAtAllIsSaidInOneLine() {
    Path jar = jar("empty.jar", List.of("# nobody"));
    assertEquals("no connection provider was found", refusal(in(jar), DSN));
    assertEquals("no connection provider is named pgjdbc", refusal(in(jar), DSN, "pgjdbc"));
  }

  @Test
  void noneUsableListsEachWithItsJarAndReason() {
    Path one = jar("one.jar", Providers.Driverless.class);
    Path two = jar("two.jar", Providers.Leaky.class, Providers.Mute.class);
    assertEquals(
        lines(
            "no connection provider can serve the DSN",
            "driverless (" + Plugins.url(one) + "): com.acme.Driver is not on the class path",
            "leaky ("
                + Plugins.url(two)
                + "): its usability() threw java.lang.IllegalArgumentException",
            "mute (" + Plugins.url(two) + "): its usability() gave null"),
        refusal(in(one, two), DSN));
  }

  @Test
  void aTieAtTheTopIsAnError() {
    Path one = jar("one.jar", Providers.Alpha.class, Providers.Beta.class);
    Path two = jar("two.jar", Providers.Gamma.class);
    assertEquals(
        lines(
            "2 usable connection providers share the highest priority; choose one by name",
            "alpha (" + Plugins.url(one) + "): usable, driver of alpha 1.0, priority 10",
            "beta (" + Plugins.url(one) + "): usable, driver of beta 1.0, priority 20",
            "gamma (" + Plugins.url(two) + "): usable, driver of gamma 1.0, priority 20"),
        refusal(in(one, two), DSN));
    assertEquals("gamma", in(one, two).choose(DSN, "gamma").provider().name());
  }

  @Test
  void twoOfOneNameAreAnErrorThatListsBothWithTheirJars() {
    Path one = jar("one.jar", Providers.Alpha.class);
    Path two = jar("two.jar", Providers.OtherAlpha.class);
    String expected =
        lines(
            "2 connection providers are named alpha",
            "alpha (" + Plugins.url(one) + "): usable, driver of alpha 1.0, priority 10",
            "alpha (" + Plugins.url(two) + "): usable, driver of alpha 1.0, priority 5");
    assertEquals(expected, refusal(in(one, two), DSN));
    assertEquals(expected, refusal(in(one, two), DSN, "alpha"));
  }

  @Test
  void aSharedNameDoesNotStandInTheWayOfAnother() {
    Path one = jar("one.jar", Providers.Alpha.class, Providers.Beta.class);
    Path two = jar("two.jar", Providers.OtherAlpha.class);
    assertEquals("beta", in(one, two).choose(DSN).provider().name());
  }

  @Test
  void oneJarThatTwoLoadersReadHoldsOneProviderAndTwoJarsHoldTwo() {
    Path one = jar("one.jar", Providers.Alpha.class);
    Path two = jar("two.jar", Providers.Alpha.class);
    assertEquals(1, Discovery.through(Plugins.of(one), Plugins.of(one)).size());
    assertEquals(2, Discovery.through(Plugins.of(one), Plugins.of(two)).size());
  }

  @Test
  void anUnknownNameListsWhatThereIs() {
    Path jar = jar("a.jar", Providers.Alpha.class);
    assertEquals(
        lines(
            "no connection provider is named pgjdbc",
            "alpha (" + Plugins.url(jar) + "): usable, driver of alpha 1.0, priority 10"),
        refusal(in(jar), DSN, "pgjdbc"));
  }

  @Test
  void aNamedProviderThatIsNotUsableIsNotReplacedByAnother() {
    Path jar = jar("a.jar", Providers.Alpha.class, Providers.Driverless.class);
    assertEquals(
        lines(
            "the connection provider driverless cannot serve the DSN",
            "alpha (" + Plugins.url(jar) + "): usable, driver of alpha 1.0, priority 10",
            "driverless (" + Plugins.url(jar) + "): com.acme.Driver is not on the class path"),
        refusal(in(jar), DSN, "driverless"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "Alpha", "al pha", "alpha\n"})
  void aNameThatNoProviderCanBearIsInvalidInput(String name) {
    Path jar = jar("a.jar", Providers.Alpha.class);
    StoreException.InvalidInput refused =
        assertThrows(StoreException.InvalidInput.class, () -> in(jar).choose(DSN, name));
    assertEquals("provider: is not 1 to 64 characters of a-z, 0-9 and -", refused.getMessage());
  }

  // Broken providers

  @Test
  void aBrokenProviderIsListedAndHidesNoOther() {
    Path bad =
        jar(
            "bad.jar",
            Providers.Explosive.class,
            Providers.Uninitialisable.class,
            Providers.Unconstructable.class,
            Providers.Nameless.class,
            Providers.Blank.class,
            Providers.IllNamed.class,
            Providers.Shy.class,
            Providers.Modest.class,
            Providers.Orphan.class);
    Path lost = jar("lost.jar", List.of("com.acme.Missing", named(Plugins.class)));
    Path odd = jar("odd.jar", List.of("# a comment", "com.acme.Two Words"));
    Path good = jar("good.jar", Providers.Alpha.class);
    ConnectionProviders providers = in(bad, lost, odd, good);

    assertEquals("alpha", providers.choose(DSN).provider().name());
    String at = " (" + Plugins.url(bad) + "): ";
    String badName = "its name is not 1 to 64 characters of a-z, 0-9 and -";
    assertEquals(
        lines(
            "no connection provider is named beta",
            named(Providers.Explosive.class)
                + at
                + "its constructor threw java.lang.IllegalStateException",
            named(Providers.Uninitialisable.class)
                + at
                + "its constructor threw java.lang.ExceptionInInitializerError",
            named(Providers.Unconstructable.class)
                + at
                + "has no public constructor without parameters",
            named(Providers.Nameless.class) + at + "its name is null",
            named(Providers.Blank.class) + at + badName,
            named(Providers.IllNamed.class) + at + badName,
            named(Providers.Shy.class) + at + "its name() threw java.lang.AssertionError",
            named(Providers.Modest.class)
                + at
                + "its priority() threw java.lang.UnsupportedOperationException",
            named(Providers.Orphan.class)
                + at
                + "java.lang.NoClassDefFoundError: "
                + named(Providers.Gone.class).replace('.', '/'),
            "com.acme.Missing ("
                + Plugins.url(lost)
                + "): is named as a provider, but there is no such class",
            named(Plugins.class)
                + " ("
                + Plugins.url(lost)
                + "): is not a "
                + named(ConnectionProvider.class)
                + " of this class loader",
            "META-INF/services (" + Plugins.url(odd) + "): line 2 does not name a class",
            "alpha (" + Plugins.url(good) + "): usable, driver of alpha 1.0, priority 10"),
        refusal(providers, DSN, "beta"));
  }

  @Test
  void aClassLoaderThatAlwaysFailsIsGivenUpOn() {
    ClassLoader failing =
        new ClassLoader(null) {
          @Override
          public Enumeration<URL> getResources(String name) throws IOException {
            throw new IOException("no disk");
          }
        };
    assertEquals(
        lines(
            "no connection provider can serve the DSN",
            "META-INF/services (unknown origin): Error locating configuration files;"
                + " and cannot be read"),
        refusal(ConnectionProviders.discover(failing), DSN));
  }

  // Class loaders

  @Test
  void providersOfTheApisOwnLoaderAreFoundWhereTheContextLoaderHidesThem() {
    Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
    assertEquals("on-class-path", ConnectionProviders.discover().choose(DSN).provider().name());
  }

  @Test
  void thereNeedNotBeAContextLoader() {
    Thread.currentThread().setContextClassLoader(null);
    assertEquals("on-class-path", ConnectionProviders.discover().choose(DSN).provider().name());
  }

  @Test
  void theContextLoadersProvidersAreFoundAsWell() {
    Thread.currentThread().setContextClassLoader(Plugins.of(jar("a.jar", Providers.Alpha.class)));
    assertEquals(
        List.of("alpha", "on-class-path"), names(ConnectionProviders.discover().candidates(DSN)));
  }

  @Test
  void oneClassThatTwoLoadersSeeIsOneProvider() {
    ClassLoader child = new ClassLoader(ConnectionProvider.class.getClassLoader()) {};
    Thread.currentThread().setContextClassLoader(child);
    assertEquals(List.of("on-class-path"), names(ConnectionProviders.discover().candidates(DSN)));
  }

  @Test
  void anExplicitLoaderIsTheOnlyOneThatIsAsked() {
    assertEquals(List.of("alpha"), names(in(jar("a.jar", Providers.Alpha.class)).candidates(DSN)));
  }

  private static List<String> names(List<ConnectionProviders.Candidate> candidates) {
    return candidates.stream().map(ConnectionProviders.Candidate::name).toList();
  }

  // What a provider says and throws

  @Test
  void candidatesTellWhatWouldBeChosenAndWhy() {
    Path jar = jar("a.jar", Providers.Alpha.class, Providers.Explosive.class);
    String origin = Plugins.url(jar).toString();
    assertEquals(
        List.of(
            new ConnectionProviders.Candidate(
                "alpha", origin, OptionalInt.of(10), new Usability.Usable("driver of alpha 1.0")),
            new ConnectionProviders.Candidate(
                named(Providers.Explosive.class),
                origin,
                OptionalInt.empty(),
                new Usability.Unusable("its constructor threw java.lang.IllegalStateException"))),
        in(jar).candidates(DSN));
  }

  @Test
  void noAnswerOfAProviderCanShowAPasswordOrAUrl() {
    Path jar = jar("a.jar", Providers.Leaky.class, Providers.Talkative.class);
    for (Dsn dsn : List.of(DSN, JDBC)) {
      assertEquals(
          lines(
              "no connection provider can serve the DSN",
              "leaky ("
                  + Plugins.url(jar)
                  + "): its usability() threw java.lang.IllegalArgumentException",
              "talkative ("
                  + Plugins.url(jar)
                  + "): its usability() repeated a part of the DSN that may be secret"),
          refusal(in(jar), dsn));
    }
  }

  @Test
  void aProviderThatFailsToGiveADataSourceIsNamedByItsDriver() {
    ConnectionProviders.Choice choice = in(jar("a.jar", Providers.Alpha.class)).choose(JDBC);
    assertFalse(choice.toString().contains(CANARY));
    assertEquals(
        "the connection provider of driver of alpha 1.0 failed: its dataSource() threw"
            + " java.lang.IllegalStateException",
        message(assertThrows(StoreException.NoProvider.class, choice::dataSource)));
  }

  @Test
  void theDatabaseIsKnownOfAPostgresDsnAndNotOfAnotherUrl() {
    ConnectionProviders providers = in(jar("a.jar", Providers.Alpha.class));
    assertEquals(Optional.of("accounts"), providers.choose(DSN).database());
    assertEquals(Optional.empty(), providers.choose(JDBC).database());
  }

  @Test
  void copyIsNotOfferedUnlessAProviderDoes() throws Exception {
    ConnectionProvider provider = in(jar("a.jar", Providers.Alpha.class)).choose(DSN).provider();
    Connection untouched =
        (Connection)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                  throw new AssertionError(method);
                });
    ByteArrayInputStream data = new ByteArrayInputStream(new byte[] {1});
    assertEquals(OptionalLong.empty(), provider.copyIn(untouched, "COPY t FROM STDIN", data));
    assertEquals(1, data.available());
  }
}
