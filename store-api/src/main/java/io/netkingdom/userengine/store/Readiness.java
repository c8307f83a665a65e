package io.netkingdom.userengine.store;

import io.netkingdom.userengine.store.internal.Arguments;
import java.util.List;
import java.util.Objects;

/**
 * Whether a store can be used. Learned by reading the engine's catalogue, never by making a
 * statement fail.
 */
public sealed interface Readiness {

  /** One sentence for a log or an error, without secrets. */
  String describe();

  /**
   * The schema is the one that this library needs.
   *
   * @param version the schema's version; 0 where the adapter has no schema
   * @param warnings what somebody added to the schema and that may refuse or change what is
   *     written, one sentence each; usually none. Worth a line in a log
   */
  record Ready(int version, List<String> warnings) implements Readiness {
    /** Copies the list. */
    public Ready {
      warnings = Arguments.copy("warnings", warnings);
    }

    /** Without a warning. */
    public Ready(int version) {
      this(version, List.of());
    }

    @Override
    public String describe() {
      return "ready at schema version "
          + version
          + (warnings.isEmpty() ? "" : ", with warnings: " + String.join("; ", warnings));
    }
  }

  /**
   * No object of the schema exists yet.
   *
   * @param pending the migrations to run, by name and in order
   */
  record Uninitialised(List<String> pending) implements Readiness {
    /** Copies the list. */
    public Uninitialised {
      pending = Arguments.copy("pending", pending);
    }

    @Override
    public String describe() {
      return "no table exists yet; migrations pending: " + String.join(", ", pending);
    }
  }

  /**
   * An older library made the schema.
   *
   * @param version the schema's version
   * @param pending the migrations to run, by name and in order
   */
  record Pending(int version, List<String> pending) implements Readiness {
    /** Copies the list. */
    public Pending {
      pending = Arguments.copy("pending", pending);
    }

    @Override
    public String describe() {
      return "at schema version " + version + "; pending: " + String.join(", ", pending);
    }
  }

  /**
   * A newer library made the schema; this one leaves it alone.
   *
   * @param version the schema's version
   * @param known the newest version that this library knows
   */
  record Ahead(int version, int known) implements Readiness {
    @Override
    public String describe() {
      return "schema version " + version + " is newer than this library, which knows " + known;
    }
  }

  /**
   * The schema is not what its history says: a checksum differs, or objects do.
   *
   * @param problems what differs, one sentence each
   */
  record Dirty(List<String> problems) implements Readiness {
    /** Copies the list. */
    public Dirty {
      problems = Arguments.copy("problems", problems);
    }

    @Override
    public String describe() {
      return "the schema is damaged: " + String.join("; ", problems);
    }
  }

  /**
   * The schema is there, and the role that works sees or may do less of it than the store needs.
   *
   * @param problems what is kept from the role and what to do about it, one sentence each
   */
  record Restricted(List<String> problems) implements Readiness {
    /** Copies the list. */
    public Restricted {
      problems = Arguments.copy("problems", problems);
    }

    @Override
    public String describe() {
      return "the role has less than the store needs: " + String.join("; ", problems);
    }
  }

  /**
   * The engine did not answer, in the time that was allowed.
   *
   * @param reason what was tried, without secrets
   */
  record Unreachable(String reason) implements Readiness {
    /** Refuses null. */
    public Unreachable {
      Objects.requireNonNull(reason, "reason");
    }

    @Override
    public String describe() {
      return "unreachable: " + reason;
    }
  }
}
