package io.netkingdom.userengine.store.postgres.bench;

import java.sql.SQLException;
import java.util.List;

/**
 * What an application does with its users, in one of two ways: {@link StoreOperations} and {@link
 * JdbcOperations}. Both write the same rows. Results are returned so that reading them is measured,
 * too. Of one thread.
 */
interface Operations extends AutoCloseable {

  /** One of the users of {@link Sample}, by id. */
  Object findUser(int number) throws SQLException;

  /** One of the users of {@link Sample}, by name. */
  Object findByUserName(int number) throws SQLException;

  /** The next page of users in the order of their names; the first one after the last one. */
  Object nextPage() throws SQLException;

  /** The first messages of the outbox. */
  Object readOutbox() throws SQLException;

  /** Creates a user of that name. */
  Object createUser(String userName) throws SQLException;

  /** Gives a user another display name, if nobody else changed the user since the last time. */
  Object updateUser(String displayName) throws SQLException;

  /** Creates a user, links an identity and announces it, in one transaction. */
  Object register(String userName) throws SQLException;

  /** Signs in somebody who was never there, with an audit record and a message. */
  Object signInFirst(String userName) throws SQLException;

  /** Signs in one of the users of {@link Sample}, who did not change; with an audit record. */
  Object signInAgain(int number) throws SQLException;

  /** Stores users of those names, whether they are there or not. */
  Object importUsers(List<String> userNames) throws SQLException;

  @Override
  void close();

  /** One of the two ways. */
  enum Way {
    /** Through the store. */
    STORE,
    /** Through JDBC, written by hand. */
    JDBC;

    Operations open(int port, String database) throws SQLException {
      return switch (this) {
        case STORE -> new StoreOperations(port, database);
        case JDBC -> new JdbcOperations(port, database);
      };
    }
  }
}
