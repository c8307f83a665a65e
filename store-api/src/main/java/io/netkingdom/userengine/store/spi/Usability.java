package io.netkingdom.userengine.store.spi;

import io.netkingdom.userengine.store.StoreException;
import java.util.Objects;

/** What a provider answers when asked whether it can serve a DSN here. */
public sealed interface Usability {

  /**
   * The driver is there, and the provider can turn the DSN into what that driver understands.
   *
   * @param driver the driver's name and version, for people: {@code PostgreSQL JDBC Driver 42.7.14}
   */
  record Usable(String driver) implements Usability {

    /**
     * @throws StoreException.InvalidInput if {@code driver} is blank; a control character becomes a
     *     space
     */
    public Usable {
      Objects.requireNonNull(driver, "driver");
      driver = line("driver", driver);
    }
  }

  /**
   * The provider cannot serve the DSN here.
   *
   * @param reason why, for people, as a part of a sentence, in one line: {@code
   *     org.postgresql.Driver is not on the class path}. It never repeats a value of the DSN.
   */
  record Unusable(String reason) implements Usability {

    /**
     * @throws StoreException.InvalidInput if {@code reason} is blank; a control character becomes a
     *     space
     */
    public Unusable {
      Objects.requireNonNull(reason, "reason");
      reason = line("reason", reason);
    }
  }

  private static String line(String field, String text) {
    if (text.isBlank()) {
      throw new StoreException.InvalidInput(field, "is blank");
    }
    return text.strip().replaceAll("\\p{Cntrl}", " ");
  }
}
