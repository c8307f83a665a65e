package io.netkingdom.userengine.store;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;

/**
 * Names a tenant: a customer, realm or organisation whose records are apart from all others'.
 * Compared exactly. A tenant needs no creation; it has records or it has none.
 *
 * @param value 1 to {@value Limits#TENANT_ID} code points without control characters
 */
public record TenantId(@JsonValue String value) {

  /**
   * @throws StoreException.InvalidInput if the value is empty, too long or holds a control
   *     character
   */
  public TenantId {
    Objects.requireNonNull(value, "value");
    Text.nonEmpty("tenant", value, Limits.TENANT_ID);
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new StoreException.InvalidInput("tenant", "contains a control character");
    }
  }

  /**
   * The tenant of that name.
   *
   * @throws StoreException.InvalidInput if the value is empty, too long or holds a control
   *     character
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static TenantId of(String value) {
    Objects.requireNonNull(value, "value");
    return new TenantId(value);
  }

  /** The value. */
  @Override
  public String toString() {
    return value;
  }
}
