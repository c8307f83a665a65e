package io.netkingdom.userengine.store.conformance.selftest;

import io.netkingdom.userengine.store.AuditFilter;
import io.netkingdom.userengine.store.EmailAddress;
import io.netkingdom.userengine.store.Group;
import io.netkingdom.userengine.store.GroupDraft;
import io.netkingdom.userengine.store.GroupId;
import io.netkingdom.userengine.store.GroupName;
import io.netkingdom.userengine.store.ImportOptions;
import io.netkingdom.userengine.store.Json;
import io.netkingdom.userengine.store.Page;
import io.netkingdom.userengine.store.PageRequest;
import io.netkingdom.userengine.store.PageTokenKey;
import io.netkingdom.userengine.store.Readiness;
import io.netkingdom.userengine.store.RecordCounts;
import io.netkingdom.userengine.store.RecordKind;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.RetryPolicy;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionOptions;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.UserName;
import io.netkingdom.userengine.store.adapter.EngineTransaction;
import io.netkingdom.userengine.store.adapter.Listings;
import io.netkingdom.userengine.store.adapter.StorageEngine;
import io.netkingdom.userengine.store.adapter.TransactionalStore;
import io.netkingdom.userengine.store.conformance.Exemption;
import io.netkingdom.userengine.store.conformance.Manifest;
import io.netkingdom.userengine.store.postgres.CallerTransactions;
import io.netkingdom.userengine.store.postgres.PostgresOptions;
import io.netkingdom.userengine.store.postgres.PostgresSchema;
import io.netkingdom.userengine.store.postgres.schema.SchemaFile;
import io.netkingdom.userengine.store.postgres.testing.LiveDatabase;
import io.netkingdom.userengine.store.postgres.testing.PostgresStoreFixture;
import io.netkingdom.userengine.store.spi.ConnectionProvider;
import io.netkingdom.userengine.store.spi.ConnectionProviders;
import io.netkingdom.userengine.store.spi.Dsn;
import io.netkingdom.userengine.store.spi.Usability;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;

/** A valid value of every type that a public entry takes. Engines and connections refuse all. */
final class NullArgumentsSamples {

  private static final UUID ID = new UUID(1, 2);
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final Map<Class<?>, Object> values = new HashMap<>();

  NullArgumentsSamples() throws ReflectiveOperationException {
    addJava();
    UserId userId = UserId.of(ID);
    values.put(UserName.class, UserName.of("ada"));
    values.put(GroupName.class, GroupName.of("staff"));
    values.put(User.class, User.created(userId, UserDraft.named("ada"), NOW));
    values.put(Group.class, Group.created(GroupId.of(ID), GroupDraft.named("staff"), NOW));
    values.put(EmailAddress.class, EmailAddress.of("ada@example.org"));
    values.put(Json.class, Json.object());
    values.put(Json.JsonObject.class, Json.object());
    values.put(Json.JsonArray.class, Json.array());
    values.put(UpsertResult.class, new UpsertResult.Created<>(of(User.class)));
    values.put(Readiness.class, new Readiness.Ready(1));
    Map<RecordKind, Long> counts =
        Arrays.stream(RecordKind.values()).collect(Collectors.toMap(kind -> kind, kind -> 1L));
    values.put(RecordCounts.Exact.class, new RecordCounts.Exact(counts));
    values.put(RecordCounts.Estimated.class, new RecordCounts.Estimated(counts));
    values.put(Page.class, new Page<>(List.of(), null, null));
    values.put(PageRequest.class, PageRequest.of(1));
    values.put(AuditFilter.class, new AuditFilter.ByTime(NOW, NOW.plusSeconds(1)));
    values.put(RetryPolicy.class, RetryPolicy.none());
    values.put(ImportOptions.class, ImportOptions.defaults());
    values.put(TransactionOptions.class, TransactionOptions.defaults());
    values.put(StoreOptions.class, StoreOptions.defaults());
    values.put(StoreException.Conflict.class, new StoreException.Conflict("userName"));
    values.put(
        StoreException.InvalidInput.class, new StoreException.InvalidInput("userName", "is empty"));
    values.put(
        io.netkingdom.userengine.store.adapter.Keyset.class,
        Listings.users(TenantId.of("t"), "", PageRequest.of(1)));
    TransactionalStore store =
        new TransactionalStore(refusing(StorageEngine.class), StoreOptions.defaults());
    addStore(store);
    addPostgres();
    values.put(
        Exemption.class,
        new Exemption("TXN-04", "x", URI.create("https://example.org"), LocalDate.EPOCH));
    values.put(Manifest.class, Manifest.current());
  }

  private void addJava() {
    values.put(boolean.class, true);
    values.put(int.class, 1);
    values.put(long.class, 1L);
    values.put(Long.class, 1L);
    SecretKey key = new SecretKeySpec(new byte[16], "AES");
    values.put(SecretKey.class, key);
    values.put(PageTokenKey.class, PageTokenKey.of(key));
    values.put(Object.class, "x");
    values.put(String.class, "x");
    values.put(UUID.class, ID);
    values.put(Instant.class, NOW);
    values.put(Duration.class, Duration.ofSeconds(1));
    values.put(LocalDate.class, LocalDate.EPOCH);
    values.put(BigDecimal.class, BigDecimal.ONE);
    values.put(URI.class, URI.create("https://example.org"));
    values.put(Path.class, Path.of("x"));
    values.put(Throwable.class, new IllegalStateException("x"));
    values.put(Object[].class, new Object[] {"x", "x"});
    values.put(String[].class, new String[0]);
    values.put(List.class, List.of());
    values.put(Set.class, Set.of());
    values.put(Map.class, Map.of());
    values.put(Iterable.class, List.of());
    values.put(Optional.class, Optional.empty());
    values.put(OptionalInt.class, OptionalInt.empty());
    values.put(OptionalLong.class, OptionalLong.empty());
    values.put(ClassLoader.class, getClass().getClassLoader());
    values.put(InputStream.class, InputStream.nullInputStream());
    values.put(PrintStream.class, new PrintStream(OutputStream.nullOutputStream()));
  }

  private void addStore(UserEngineStore store) {
    values.put(TransactionalStore.class, store);
    values.put(UserEngineStore.class, store);
    Repositories repositories = store.tenant(TenantId.of("t"));
    for (Object repository :
        List.of(
            repositories.users(),
            repositories.identities(),
            repositories.groups(),
            repositories.profiles(),
            repositories.audit(),
            repositories.outbox())) {
      values.put(repository.getClass().getInterfaces()[0], repository);
    }
  }

  private void addPostgres() throws ReflectiveOperationException {
    Dsn dsn = new Dsn.Postgres(List.of(new Dsn.Host("127.0.0.1", 1)), "x", "x", null, Map.of());
    values.put(Dsn.class, dsn);
    values.put(Usability.class, new Usability.Usable("x"));
    values.put(ConnectionProviders.class, ConnectionProviders.discover());
    values.put(PostgresOptions.class, PostgresOptions.defaults());
    values.put(
        PostgresSchema.class,
        PostgresSchema.open(refusing(DataSource.class), PostgresOptions.defaults()));
    values.put(CallerTransactions.class, CallerTransactions.on(PostgresOptions.defaults()));
    values.put(SchemaFile.class, new SchemaFile("V1__x.sql", "SELECT 1"));
    // Others are given one by a server.
    Constructor<LiveDatabase> constructor =
        LiveDatabase.class.getDeclaredConstructor(
            Dsn.class, ConnectionProviders.Choice.class, String.class, String.class, String.class);
    constructor.setAccessible(true);
    LiveDatabase database =
        constructor.newInstance(
            dsn,
            new ConnectionProviders.Choice(refusing(ConnectionProvider.class), "x", dsn),
            null,
            "x",
            "public");
    values.put(LiveDatabase.class, database);
    values.put(PostgresStoreFixture.class, new PostgresStoreFixture(database));
  }

  /**
   * A value of that type.
   *
   * @throws IllegalStateException if one has to be added here
   */
  Object of(Class<?> type) {
    Object value = values.get(type);
    if (value == null) {
      value = make(type);
      values.put(type, value);
    }
    return value;
  }

  private Object make(Class<?> type) {
    if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    if (type.isInterface()) {
      return refusing(type);
    }
    try {
      Constructor<?> constructor = type.getConstructors()[0];
      return constructor.newInstance(
          Arrays.stream(constructor.getParameterTypes()).map(this::of).toArray());
    } catch (ReflectiveOperationException | ArrayIndexOutOfBoundsException e) {
      throw new IllegalStateException("there is no sample of " + type.getName(), e);
    }
  }

  /** Refuses every call but those of methods with a body. */
  private static <T> T refusing(Class<T> type) {
    return proxy(
        type,
        (proxy, method, arguments) -> {
          if (method.isDefault()) {
            return InvocationHandler.invokeDefault(proxy, method, arguments);
          }
          throw new AssertionError("reached " + method);
        });
  }

  /** Begins transactions that refuse all but to end. */
  static StorageEngine ready() {
    EngineTransaction transaction =
        proxy(
            EngineTransaction.class,
            (proxy, method, arguments) -> {
              if (method.getReturnType() == void.class) {
                return null;
              }
              throw new AssertionError("reached " + method);
            });
    return proxy(
        StorageEngine.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "readiness" -> new Readiness.Ready(1);
              case "begin" -> transaction;
              case "close" -> null;
              default -> throw new AssertionError("reached " + method);
            });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            NullArgumentsSamples.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
