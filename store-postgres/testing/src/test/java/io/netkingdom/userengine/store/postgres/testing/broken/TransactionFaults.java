package io.netkingdom.userengine.store.postgres.testing.broken;

import java.util.List;

/** What goes wrong between SQL and transactions. */
final class TransactionFaults {

  private TransactionFaults() {}

  static List<SqlFault> all() {
    return List.of(
        new SerializableIsReadCommitted(),
        new SerializableIsRepeatableRead(),
        new UsersCommitByThemselves(),
        new SavepointsAreNotRolledBack(),
        new JoinedWorkIsNotUndone(),
        new JoinedWorkMayEndTheTransaction(),
        new StatementsAreSentTwice(),
        new SerializationFailuresAreUnknown(),
        new LockTimeoutsAreUnknown(),
        new LockTimeoutIsSetForTheCaller(),
        new SearchPathIsSet());
  }

  /** The level is not asked for. */
  private static final class SerializableIsReadCommitted extends SqlFault {
    SerializableIsReadCommitted() {
      rewrites("ISOLATION LEVEL SERIALIZABLE", "ISOLATION LEVEL READ COMMITTED");
      believesAnyLevel();
      mustFail("ISO-10", "the user later on");
      mustFail("ISO-13", "not both increments from 1 to 2 are committed");
    }
  }

  /** One snapshot for all statements, taken for serializability. */
  private static final class SerializableIsRepeatableRead extends SqlFault {
    SerializableIsRepeatableRead() {
      rewrites("ISOLATION LEVEL SERIALIZABLE", "ISOLATION LEVEL REPEATABLE READ");
      believesAnyLevel();
      mustFail("ISO-04", "at least one of the two users is still active");
      mustFail("ISO-11", "the address was given at most once");
      mustFail("GRP-16", "at least one of the two is still a member");
      mustFail("ISO-05", "what happened at SERIALIZABLE and is not declared");
    }
  }

  /** A statement of a transaction goes out where autocommit is on. */
  private static final class UsersCommitByThemselves extends SqlFault {
    UsersCommitByThemselves() {
      sendsElsewhere("INSERT INTO {schema}.user_engine_users");
      mustFail("TXN-02", "find of the new user");
      mustFail("TXN-11", "what another transaction sees before the caller commits");
    }
  }

  /** A statement that failed is not undone, and the server takes no other. */
  private static final class SavepointsAreNotRolledBack extends SqlFault {
    SavepointsAreNotRolledBack() {
      omits("rollback", 1);
      mustFail("TXN-06", "what the loser of a race is told");
    }
  }

  /** What work wrote before it failed is there. */
  private static final class JoinedWorkIsNotUndone extends SqlFault {
    JoinedWorkIsNotUndone() {
      rewrites("ROLLBACK TO SAVEPOINT user_engine_joined", "SELECT 1");
      mustFail("TXN-26", "what joined work sees of work that failed before");
    }
  }

  /** Nobody asks whether the transaction still is the one that was joined. */
  private static final class JoinedWorkMayEndTheTransaction extends SqlFault {
    JoinedWorkMayEndTheTransaction() {
      rewrites("RELEASE SAVEPOINT user_engine_joined", "SELECT 1");
      mustFail("TXN-27", "joined work that committed: expected IllegalUse");
    }
  }

  /** Sent again, as something that retries by itself does. */
  private static final class StatementsAreSentTwice extends SqlFault {
    StatementsAreSentTwice() {
      sendsTwice("'RACED'");
      mustFail("UPS-01", "upserting a name that is free");
    }
  }

  /** A serialization failure does not come with its SQLSTATE. */
  private static final class SerializationFailuresAreUnknown extends SqlFault {
    SerializationFailuresAreUnknown() {
      restates("40001", "XX000");
      mustFail("TXN-09", "EngineFailure");
      mustFail("TXN-14", "what reaches the caller in the end");
    }
  }

  /** Neither does the end of a wait for a lock. */
  private static final class LockTimeoutsAreUnknown extends SqlFault {
    LockTimeoutsAreUnknown() {
      restates("55P03", "XX000");
      mustFail("ISO-06", "ends with Timeout unless it need not wait");
    }
  }

  /** A setting is made in whosever transaction it is. */
  private static final class LockTimeoutIsSetForTheCaller extends SqlFault {
    LockTimeoutIsSetForTheCaller() {
      rewrites(
          "CASE WHEN ?::text IS NOT NULL THEN set_config('lock_timeout', ?::text, true)",
          "CASE WHEN ?::text IS NOT NULL OR true"
              + " THEN set_config('lock_timeout', coalesce(?::text, '30s'), true)");
      mustFail("TXN-22", "the caller's settings after a join");
    }
  }

  /** Tables are found by the search path, which is set for that. */
  private static final class SearchPathIsSet extends SqlFault {
    SearchPathIsSet() {
      rewrites(
          "settings AS MATERIALIZED ( SELECT CASE",
          "settings AS MATERIALIZED ("
              + " SELECT set_config('search_path', '{schema}, pg_catalog', true), CASE");
      mustFail("TXN-22", "the caller's settings after a join");
    }
  }
}
