package io.netkingdom.userengine.store;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an audit record is to tell. Immutable and valid.
 *
 * @param actor who did it
 * @param action what was done, such as {@code user.signed-in}; 1 to {@value Limits#ACTION} code
 *     points
 * @param target what it was done to
 * @param outcome how it ended
 * @param requestId what ties it to other records of the same request, up to {@value
 *     Limits#REQUEST_ID} code points; or null
 * @param details whatever else is worth telling
 */
public record AuditDraft(
    AuditSubject actor,
    String action,
    AuditSubject target,
    AuditOutcome outcome,
    @Nullable String requestId,
    Json.JsonObject details) {

  /**
   * @throws StoreException.InvalidInput naming {@code action} or {@code requestId}, if it is not
   *     acceptable
   */
  public AuditDraft {
    Objects.requireNonNull(actor, "actor");
    Text.nonEmpty("action", action, Limits.ACTION);
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(outcome, "outcome");
    Text.optional("requestId", requestId, Limits.REQUEST_ID);
    Objects.requireNonNull(details, "details");
  }

  /**
   * A success, without details.
   *
   * @throws StoreException.InvalidInput if the action is not acceptable
   */
  public static AuditDraft of(AuditSubject actor, String action, AuditSubject target) {
    return new AuditDraft(actor, action, target, AuditOutcome.SUCCESS, null, Json.object());
  }

  /** The same with another outcome. */
  public AuditDraft withOutcome(AuditOutcome outcome) {
    return new AuditDraft(actor, action, target, outcome, requestId, details);
  }

  /**
   * The same with the id of the request.
   *
   * @throws StoreException.InvalidInput if it is not acceptable
   */
  public AuditDraft withRequestId(@Nullable String requestId) {
    return new AuditDraft(actor, action, target, outcome, requestId, details);
  }

  /** The same with other details. */
  public AuditDraft withDetails(Json.JsonObject details) {
    return new AuditDraft(actor, action, target, outcome, requestId, details);
  }
}
