package io.netkingdom.userengine.store;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who did something, or what it was done to. It is a name and not a reference: the record outlives
 * what it names.
 *
 * @param type the kind of thing, such as {@code user} or {@code service}; 1 to {@value
 *     Limits#SUBJECT_TYPE} code points
 * @param id its id, 1 to {@value Limits#SUBJECT_ID} code points
 * @param label what people call it, up to {@value Limits#LABEL} code points; or null
 */
public record AuditSubject(String type, String id, @Nullable String label) {

  /** The type of a subject that is a user of the tenant. */
  public static final String USER = "user";

  /** The type of a subject that is a group of the tenant. */
  public static final String GROUP = "group";

  /**
   * @throws StoreException.InvalidInput naming {@code subjectType}, {@code subjectId} or {@code
   *     label}, if it is not acceptable
   */
  public AuditSubject {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(id, "id");
    Text.nonEmpty("subjectType", type, Limits.SUBJECT_TYPE);
    Text.nonEmpty("subjectId", id, Limits.SUBJECT_ID);
    Text.optional("label", label, Limits.LABEL);
  }

  /**
   * A thing of some type.
   *
   * @throws StoreException.InvalidInput if type or id are not acceptable
   */
  public static AuditSubject of(String type, String id) {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(id, "id");
    return new AuditSubject(type, id, null);
  }

  /** A user of the tenant. */
  public static AuditSubject user(UserId id) {
    Objects.requireNonNull(id, "id");
    return of(USER, id.toString());
  }

  /** A group of the tenant. */
  public static AuditSubject group(GroupId id) {
    Objects.requireNonNull(id, "id");
    return of(GROUP, id.toString());
  }

  /**
   * The same with what people call it.
   *
   * @throws StoreException.InvalidInput if the label is not acceptable
   */
  public AuditSubject withLabel(@Nullable String label) {
    return new AuditSubject(type, id, label);
  }

  /** Whether this is the same thing; labels do not count. */
  public boolean isSameAs(AuditSubject other) {
    Objects.requireNonNull(other, "other");
    return type.equals(other.type) && id.equals(other.id);
  }
}
