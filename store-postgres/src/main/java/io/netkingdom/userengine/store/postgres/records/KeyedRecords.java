package io.netkingdom.userengine.store.postgres.records;

import io.netkingdom.userengine.store.ExternalId;
import io.netkingdom.userengine.store.Page;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.adapter.Keyset;
import io.netkingdom.userengine.store.postgres.session.Columns;
import io.netkingdom.userengine.store.postgres.session.LostRaces;
import io.netkingdom.userengine.store.postgres.session.PostgresSession;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What can be done with the records of a {@link KeyedTableSql}. Each operation is one statement. A
 * statement that lost a race against another transaction says so, and is run once more: it then
 * sees what the other one committed.
 *
 * @param session where
 * @param table the table
 * @param what what an error calls a record
 * @param row reads a record from the columns of the table
 */
record KeyedRecords<R>(
    PostgresSession session, KeyedTableSql table, String what, PostgresSession.Reading<R> row) {

  /** After every text that begins with a prefix: no name holds this code point. */
  private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

  /** What a writing statement answers with, and the record as it is now, where there is one. */
  private record Answer<R>(String outcome, @Nullable String taken, @Nullable R stored) {

    R requireStored() {
      if (stored == null) {
        throw unexpected();
      }
      return stored;
    }

    StoreException.Conflict conflict() {
      if (taken == null) {
        throw unexpected();
      }
      return new StoreException.Conflict(taken);
    }

    StoreException.EngineFailure unexpected() {
      return new StoreException.EngineFailure("the statement answered " + outcome, null);
    }
  }

  /** Inserts a record; the parameters are all that it consists of. */
  R create(R fresh, Map<String, @Nullable Object> parameters) {
    return LostRaces.until(
        () -> {
          String answer = session.run(table.create, parameters, KeyedRecords::firstText);
          return switch (answer) {
            case "CREATED" -> Optional.of(fresh);
            case "RACED" -> Optional.empty();
            default -> throw new StoreException.Conflict(answer);
          };
        });
  }

  /**
   * Updates a record.
   *
   * @param seen the version that the caller saw
   * @param version the version of a record
   */
  R update(long seen, Map<String, @Nullable Object> parameters, Function<R, Long> version) {
    parameters.put("version", seen);
    Answer<R> answer =
        write(table.update, parameters).orElseThrow(() -> new StoreException.NotFound(what));
    return switch (answer.outcome()) {
      case "UPDATED", "UNCHANGED" -> answer.requireStored();
      case "STALE" ->
          throw new StoreException.StaleVersion(what, seen, version.apply(answer.requireStored()));
      case "TAKEN" -> throw answer.conflict();
      default -> throw answer.unexpected();
    };
  }

  UpsertResult<R> upsert(Map<String, @Nullable Object> parameters) {
    Answer<R> answer = write(table.upsert, parameters).orElseThrow();
    return switch (answer.outcome()) {
      case "CREATED" -> new UpsertResult.Created<>(answer.requireStored());
      case "UPDATED" -> new UpsertResult.Updated<>(answer.requireStored());
      case "UNCHANGED" -> new UpsertResult.Unchanged<>(answer.requireStored());
      case "TAKEN" -> throw answer.conflict();
      default -> throw answer.unexpected();
    };
  }

  /**
   * Runs a statement that may change the unique keys of a record.
   *
   * @return its answer; empty if it had no row
   */
  private Optional<Answer<R>> write(String template, Map<String, @Nullable Object> parameters) {
    return LostRaces.until(
        () -> {
          if (session.isTransaction()) {
            parameters.put("mayChangeKeys", false);
            Optional<Answer<R>> answer =
                session.run(template, parameters, Columns.first(this::answer));
            if (answer.isEmpty() || !answer.get().outcome().equals("NEW_KEYS")) {
              return unlessRaced(answer);
            }
          }
          parameters.put("mayChangeKeys", true);
          return session
              .runUnlessKeyIsTaken(template, parameters, Columns.first(this::answer))
              .flatMap(KeyedRecords::unlessRaced);
        });
  }

  private static <R> Optional<Optional<Answer<R>>> unlessRaced(Optional<Answer<R>> answer) {
    boolean raced = answer.isPresent() && answer.get().outcome().equals("RACED");
    return raced ? Optional.empty() : Optional.of(answer);
  }

  private Answer<R> answer(ResultSet rows) throws SQLException {
    return new Answer<>(
        rows.getString("outcome"),
        rows.getString("taken"),
        rows.getObject("id") == null ? null : row.from(rows));
  }

  private static String firstText(ResultSet rows) throws SQLException {
    rows.next();
    return rows.getString(1);
  }

  boolean delete(UUID id) {
    return session.run(table.delete, with("id", id), ResultSet::next);
  }

  Optional<R> find(UUID id) {
    return session.run(table.find, with("id", id), Columns.first(row));
  }

  Optional<R> findByName(String key) {
    return session.run(table.findByName, with("nameKey", key), Columns.first(row));
  }

  Optional<R> findByExternalId(ExternalId externalId) {
    return session.run(
        table.findByExternalId, with("externalId", externalId.value()), Columns.first(row));
  }

  /** A page of the records whose key begins with a prefix, by their keys. */
  Page<R> list(String prefix, Keyset keyset, Function<R, String> key) {
    Map<String, @Nullable Object> parameters = with("prefix", prefix);
    parameters.put("prefixEnd", prefix + LAST);
    parameters.put("limit", keyset.limit());
    keyset.after().ifPresent(after -> parameters.put("after", after.get(0)));
    List<R> records = session.run(table.list.statement(keyset), parameters, Columns.all(row));
    return keyset.page(records, stored -> List.of(key.apply(stored)));
  }

  private Map<String, @Nullable Object> with(String name, Object value) {
    Map<String, @Nullable Object> parameters = session.parameters();
    parameters.put(name, value);
    return parameters;
  }
}
