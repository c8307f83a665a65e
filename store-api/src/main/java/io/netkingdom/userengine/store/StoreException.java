package io.netkingdom.userengine.store;

import io.netkingdom.userengine.store.internal.Arguments;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a store reports as an error: one sealed family, so that a caller can name the one
 * that it handles and let the rest pass.
 *
 * <p>Messages name the field and the reason and never hold a password, a DSN with one, a stored
 * value or anything of another tenant. Causes, where there are any, were cleaned of the same.
 *
 * <p>Inside a transaction {@link Conflict}, {@link StaleVersion}, {@link NotFound}, {@link
 * UnknownReference}, {@link InvalidInput} and {@link ReadOnly} leave the transaction usable; every
 * other error dooms it.
 */
public abstract sealed class StoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private StoreException(String reason, @Nullable Throwable cause) {
    super(Objects.requireNonNull(reason, "reason"), cause);
  }

  /** Whether a transaction in which this error was caught can still commit. */
  public boolean leavesTransactionUsable() {
    return false;
  }

  /** What was required to exist does not. */
  public static final class NotFound extends StoreException {
    private static final long serialVersionUID = 1L;

    /**
     * @param what the kind of record, such as {@code user}
     */
    public NotFound(String what) {
      super(Objects.requireNonNull(what, "what") + " does not exist", null);
    }

    @Override
    public boolean leavesTransactionUsable() {
      return true;
    }
  }

  /** A unique key is held by another record. Nothing was changed. */
  public static final class Conflict extends StoreException {
    private static final long serialVersionUID = 1L;
    private final String field;

    /**
     * @param field the field whose value is taken, such as {@code userName}
     */
    public Conflict(String field) {
      super(field + " is held by another record", null);
      this.field = Objects.requireNonNull(field, "field");
    }

    /** The field whose value is taken. */
    public String field() {
      return field;
    }

    @Override
    public boolean leavesTransactionUsable() {
      return true;
    }
  }

  /** The record has moved on since the version that the update named. Nothing was changed. */
  public static final class StaleVersion extends StoreException {
    private static final long serialVersionUID = 1L;
    private final long expected;
    private final long actual;

    /**
     * @param what the kind of record
     * @param expected the version that the caller saw
     * @param actual the version that is stored
     */
    public StaleVersion(String what, long expected, long actual) {
      super(
          Objects.requireNonNull(what, "what")
              + " is at version "
              + actual
              + ", not at "
              + expected,
          null);
      this.expected = expected;
      this.actual = actual;
    }

    /** The version that the caller saw. */
    public long expected() {
      return expected;
    }

    /** The version that is stored. */
    public long actual() {
      return actual;
    }

    @Override
    public boolean leavesTransactionUsable() {
      return true;
    }
  }

  /** A record refers to one that does not exist. Nothing was written. */
  public static final class UnknownReference extends StoreException {
    private static final long serialVersionUID = 1L;
    private final String field;

    /**
     * @param field the field that refers, such as {@code userId}
     */
    public UnknownReference(String field) {
      super(field + " refers to a record that does not exist", null);
      this.field = Objects.requireNonNull(field, "field");
    }

    /** The field that refers. */
    public String field() {
      return field;
    }

    @Override
    public boolean leavesTransactionUsable() {
      return true;
    }
  }

  /** The caller's input cannot be accepted; it was refused before any I/O. */
  public static final class InvalidInput extends StoreException {
    private static final long serialVersionUID = 1L;
    private final String field;
    private final String reason;

    /**
     * @param field the field, in the caller's terms
     * @param reason why, without repeating the value
     */
    public InvalidInput(String field, String reason) {
      super(field + ": " + reason, null);
      this.field = Objects.requireNonNull(field, "field");
      this.reason = Objects.requireNonNull(reason, "reason");
    }

    /** The field, in the caller's terms. */
    public String field() {
      return field;
    }

    /** Why, without the value. */
    public String reason() {
      return reason;
    }

    @Override
    public boolean leavesTransactionUsable() {
      return true;
    }
  }

  /** A row of a strict import cannot be stored. The whole import was undone. */
  public static final class RowRejected extends StoreException {
    private static final long serialVersionUID = 1L;
    private final long index;
    private final String field;
    private final String reason;

    /**
     * @param index the row's index in the source, from 0
     * @param field the field
     * @param reason why, without the value
     */
    public RowRejected(long index, String field, String reason) {
      super("row " + index + ": " + field + ": " + reason, null);
      this.index = index;
      this.field = Objects.requireNonNull(field, "field");
      this.reason = Objects.requireNonNull(reason, "reason");
    }

    /** The row's index in the source, from 0. */
    public long index() {
      return index;
    }

    /** The field. */
    public String field() {
      return field;
    }

    /** Why, without the value. */
    public String reason() {
      return reason;
    }
  }

  /** The schema is not ready for this library; {@code migrate()} was not run, or not to the end. */
  public static final class NotMigrated extends StoreException {
    private static final long serialVersionUID = 1L;
    private final transient Readiness readiness;

    /**
     * @param readiness what was found instead of readiness
     */
    public NotMigrated(Readiness readiness) {
      super(
          "the store is not ready: " + Objects.requireNonNull(readiness, "readiness").describe(),
          null);
      this.readiness = readiness;
    }

    /** What was found instead of readiness; null only in an instance that was deserialised. */
    public Readiness readiness() {
      return readiness;
    }
  }

  /** Migrating could not be completed. Nothing of it is kept: the schema is as it was. */
  public static final class MigrationFailed extends StoreException {
    private static final long serialVersionUID = 1L;

    /**
     * @param reason what failed, and what to do
     * @param cause the failure, cleaned; or null
     */
    public MigrationFailed(String reason, @Nullable Throwable cause) {
      super(reason, cause);
    }
  }

  /**
   * A write where only reading is allowed: in a read-only transaction, of a store that is
   * read-only, or in a database that accepts none. Nothing was written.
   */
  public static final class ReadOnly extends StoreException {
    private static final long serialVersionUID = 1L;
    private final boolean saidByDatabase;

    private ReadOnly(String reason, boolean saidByDatabase) {
      super(reason, null);
      this.saidByDatabase = saidByDatabase;
    }

    /**
     * A refusal before anything was sent to a database.
     *
     * @param reason what is read-only
     */
    public ReadOnly(String reason) {
      this(reason, false);
    }

    /**
     * A refusal of the database itself, which takes no further statement in the transaction.
     *
     * @param reason what is read-only
     */
    public static ReadOnly saidByDatabase(String reason) {
      return new ReadOnly(reason, true);
    }

    @Override
    public boolean leavesTransactionUsable() {
      return !saidByDatabase;
    }
  }

  /** Waiting for a lock, a statement or a connection took longer than allowed. */
  public static final class Timeout extends StoreException {
    private static final long serialVersionUID = 1L;

    /**
     * @param reason what took too long, with the limit where it is known
     * @param cause the failure, cleaned; or null
     */
    public Timeout(String reason, @Nullable Throwable cause) {
      super(reason, cause);
    }
  }

  /**
   * The engine gave this transaction up for the sake of another (a serialization failure or a
   * deadlock); running it again may succeed. The store itself has done so already as often as its
   * {@link RetryPolicy} allows, except in a joined transaction.
   */
  public static final class Retryable extends StoreException {
    private static final long serialVersionUID = 1L;

    /**
     * @param reason what made the engine give up
     * @param cause the failure, cleaned; or null
     */
    public Retryable(String reason, @Nullable Throwable cause) {
      super(reason, cause);
    }
  }

  /** The engine cannot be reached or refuses work; nothing of the operation took place. */
  public static final class Unavailable extends StoreException {
    private static final long serialVersionUID = 1L;

    /**
     * @param reason what is unavailable
     * @param cause the failure, cleaned; or null
     */
    public Unavailable(String reason, @Nullable Throwable cause) {
      super(reason, cause);
    }
  }

  /** The connection was lost while committing: the work may have been committed, or not. */
  public static final class OutcomeUnknown extends StoreException {
    private static final long serialVersionUID = 1L;

    /**
     * @param cause the failure, cleaned; or null
     */
    public OutcomeUnknown(@Nullable Throwable cause) {
      super("the connection was lost during commit; the outcome is unknown", cause);
    }
  }

  /** The transaction was rolled back although its callback returned normally. */
  public static final class RolledBack extends StoreException {
    private static final long serialVersionUID = 1L;

    /**
     * @param reason why it could not commit
     * @param cause what doomed it; or null
     */
    public RolledBack(String reason, @Nullable Throwable cause) {
      super("the transaction was rolled back: " + Objects.requireNonNull(reason, "reason"), cause);
    }
  }

  /** The engine failed in a way that no other type describes; what it did is rolled back. */
  public static final class EngineFailure extends StoreException {
    private static final long serialVersionUID = 1L;

    /**
     * @param reason what failed, with the engine's own code where it has one
     * @param cause the failure, cleaned; or null
     */
    public EngineFailure(String reason, @Nullable Throwable cause) {
      super(reason, cause);
    }
  }

  /**
   * A handle was used where it does not apply: after its transaction ended, from another thread, or
   * after its store was closed.
   */
  public static final class IllegalUse extends StoreException {
    private static final long serialVersionUID = 1L;

    /**
     * @param reason what was used, and why it no longer can be
     */
    public IllegalUse(String reason) {
      super(reason, null);
    }
  }

  /**
   * No connection provider can serve a DSN, or more than one can with equal right.
   *
   * <p>The message lists every candidate, where it came from and why it was passed over.
   */
  public static final class NoProvider extends StoreException {
    private static final long serialVersionUID = 1L;
    private final transient List<String> candidates;

    /**
     * @param reason why nothing was chosen
     * @param candidates one line per candidate: its name, its origin and why it was passed over
     */
    public NoProvider(String reason, List<String> candidates) {
      this(Arguments.copy("candidates", candidates), reason);
    }

    private NoProvider(List<String> candidates, String reason) {
      super(
          candidates.isEmpty()
              ? reason
              : Objects.requireNonNull(reason, "reason") + "\n  " + String.join("\n  ", candidates),
          null);
      this.candidates = candidates;
    }

    /**
     * One line per candidate: its name, its origin and why it was passed over; null only in an
     * instance that was deserialised.
     */
    public List<String> candidates() {
      return candidates;
    }
  }
}
