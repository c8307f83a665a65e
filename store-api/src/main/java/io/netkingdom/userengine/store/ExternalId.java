package io.netkingdom.userengine.store;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;

/**
 * The id that another system gave to a record: SCIM's externalId (RFC 7643, section 3.1). Opaque
 * and compared exactly, case and all.
 *
 * @param value 1 to {@value Limits#EXTERNAL_ID} code points
 */
public record ExternalId(@JsonValue String value) {

  /**
   * @throws StoreException.InvalidInput if the value is empty, too long, or not valid text
   */
  public ExternalId {
    Objects.requireNonNull(value, "value");
    Text.nonEmpty("externalId", value, Limits.EXTERNAL_ID);
  }

  /**
   * The external id of that value.
   *
   * @throws StoreException.InvalidInput if the value is empty, too long, or not valid text
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static ExternalId of(String value) {
    Objects.requireNonNull(value, "value");
    return new ExternalId(value);
  }

  /** The value. */
  @Override
  public String toString() {
    return value;
  }
}
