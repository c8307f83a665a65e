package io.netkingdom.userengine.store.postgres.records;

import io.netkingdom.userengine.store.OutboxCursor;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in an outbox: what an {@link OutboxCursor} of this adapter says.
 *
 * @param fingerprint the database that gave it out; null for the beginning, which every one knows
 * @param epoch the epoch of the last record that was read
 * @param began when that epoch began, by which it is told from one that another standby began after
 *     this one was lost
 * @param transactionId its transaction
 * @param position its position
 */
record OutboxPlace(
    @Nullable String fingerprint, int epoch, Instant began, String transactionId, long position) {

  private static final OutboxPlace BEGINNING = new OutboxPlace(null, 0, Instant.EPOCH, "0", 0);

  private static final Pattern FORM =
      Pattern.compile(
          "([0-9]{1,20}\\.[0-9]{1,10}\\.[0-9]{1,10})/([0-9a-f-]{36})"
              + "/([0-9]{1,9})@([0-9]{1,18})\\.([0-9]{1,19})\\.([0-9]{1,18})");

  /**
   * Reads a cursor.
   *
   * @throws StoreException.InvalidInput if it is none, or of another tenant
   */
  static OutboxPlace read(OutboxCursor cursor, TenantId tenant) {
    if (cursor.equals(OutboxCursor.BEGINNING)) {
      return BEGINNING;
    }
    Matcher form = FORM.matcher(cursor.value());
    if (!form.matches() || !form.group(2).equals(mark(tenant))) {
      throw unknown();
    }
    return new OutboxPlace(
        form.group(1),
        Integer.parseInt(form.group(3)),
        Instant.EPOCH.plus(Long.parseLong(form.group(4)), ChronoUnit.MICROS),
        form.group(5),
        Long.parseLong(form.group(6)));
  }

  OutboxCursor cursor(TenantId tenant) {
    return new OutboxCursor(
        "%s/%s/%d@%d.%s.%d"
            .formatted(
                fingerprint,
                mark(tenant),
                epoch,
                ChronoUnit.MICROS.between(Instant.EPOCH, began),
                transactionId,
                position));
  }

  /** Something short that differs between tenants, however long their ids are. */
  private static String mark(TenantId tenant) {
    return UUID.nameUUIDFromBytes(tenant.value().getBytes(StandardCharsets.UTF_8)).toString();
  }

  static StoreException.InvalidInput unknown() {
    return new StoreException.InvalidInput("cursor", "was not given out by this outbox");
  }
}
