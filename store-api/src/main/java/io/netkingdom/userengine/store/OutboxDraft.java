package io.netkingdom.userengine.store;

import io.netkingdom.userengine.store.internal.Arguments;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A message to announce a change with. Immutable and valid.
 *
 * @param aggregateType the kind of thing that changed, 1 to {@value Limits#SUBJECT_TYPE} code
 *     points
 * @param aggregateId its id, 1 to {@value Limits#SUBJECT_ID} code points
 * @param aggregateVersion the version that the change left it at, 1 or more; or null. Records of
 *     one thing can be read in another order than that of its versions: see {@link
 *     OutboxRepository#readAfter}
 * @param eventType what happened to it, such as {@code user.created}; 1 to {@value
 *     Limits#EVENT_TYPE} code points
 * @param payload what to tell
 * @param headers for whoever forwards it: at most {@value Limits#HEADERS}, names of 1 to {@value
 *     Limits#HEADER_NAME} and values of up to {@value Limits#HEADER_VALUE} code points
 * @param dedupKey by which a second message with the same key is recognised within the tenant, 1 to
 *     {@value Limits#DEDUP_KEY} code points, compared exactly; or null
 */
public record OutboxDraft(
    String aggregateType,
    String aggregateId,
    @Nullable Long aggregateVersion,
    String eventType,
    Json payload,
    Map<String, String> headers,
    @Nullable String dedupKey) {

  /**
   * @throws StoreException.InvalidInput if a value is not acceptable
   */
  public OutboxDraft {
    Text.nonEmpty("aggregateType", aggregateType, Limits.SUBJECT_TYPE);
    Text.nonEmpty("aggregateId", aggregateId, Limits.SUBJECT_ID);
    if (aggregateVersion != null && aggregateVersion < 1) {
      throw new StoreException.InvalidInput("aggregateVersion", "is less than 1");
    }
    Text.nonEmpty("eventType", eventType, Limits.EVENT_TYPE);
    Objects.requireNonNull(payload, "payload");
    Arguments.requireNoNull("headers", headers);
    if (headers.size() > Limits.HEADERS) {
      throw new StoreException.InvalidInput("headers", "are more than " + Limits.HEADERS);
    }
    headers.forEach(
        (name, value) -> {
          Text.nonEmpty("headers", name, Limits.HEADER_NAME);
          Text.of("headers", value, Limits.HEADER_VALUE);
        });
    headers = Collections.unmodifiableMap(new TreeMap<>(headers));
    if (dedupKey != null) {
      Text.nonEmpty("dedupKey", dedupKey, Limits.DEDUP_KEY);
    }
  }

  /**
   * A message about a thing of some type, without version, headers and dedupKey.
   *
   * @throws StoreException.InvalidInput if a value is not acceptable
   */
  public static OutboxDraft of(
      String aggregateType, String aggregateId, String eventType, Json payload) {
    return new OutboxDraft(aggregateType, aggregateId, null, eventType, payload, Map.of(), null);
  }

  /**
   * A message about a user of the tenant as it is now, with its version.
   *
   * @throws StoreException.InvalidInput if the event type is not acceptable
   */
  public static OutboxDraft of(User user, String eventType, Json payload) {
    Objects.requireNonNull(user, "user");
    return of(user.id(), eventType, payload).withAggregateVersion(user.version());
  }

  /**
   * A message about a group of the tenant as it is now, with its version.
   *
   * @throws StoreException.InvalidInput if the event type is not acceptable
   */
  public static OutboxDraft of(Group group, String eventType, Json payload) {
    Objects.requireNonNull(group, "group");
    return of(group.id(), eventType, payload).withAggregateVersion(group.version());
  }

  /**
   * A message about a user of the tenant, without a version.
   *
   * @throws StoreException.InvalidInput if the event type is not acceptable
   */
  public static OutboxDraft of(UserId userId, String eventType, Json payload) {
    Objects.requireNonNull(userId, "userId");
    return of(AuditSubject.USER, userId.toString(), eventType, payload);
  }

  /**
   * A message about a group of the tenant, without a version.
   *
   * @throws StoreException.InvalidInput if the event type is not acceptable
   */
  public static OutboxDraft of(GroupId groupId, String eventType, Json payload) {
    Objects.requireNonNull(groupId, "groupId");
    return of(AuditSubject.GROUP, groupId.toString(), eventType, payload);
  }

  /**
   * The same with the version that the change left the thing at.
   *
   * @throws StoreException.InvalidInput if it is less than 1
   */
  public OutboxDraft withAggregateVersion(long aggregateVersion) {
    return new OutboxDraft(
        aggregateType, aggregateId, aggregateVersion, eventType, payload, headers, dedupKey);
  }

  /**
   * The same with other headers.
   *
   * @throws StoreException.InvalidInput if they are not acceptable
   */
  public OutboxDraft withHeaders(Map<String, String> headers) {
    return new OutboxDraft(
        aggregateType, aggregateId, aggregateVersion, eventType, payload, headers, dedupKey);
  }

  /**
   * The same with a key by which a repetition is recognised.
   *
   * @throws StoreException.InvalidInput if it is not acceptable
   */
  public OutboxDraft withDedupKey(String dedupKey) {
    Objects.requireNonNull(dedupKey, "dedupKey");
    return new OutboxDraft(
        aggregateType, aggregateId, aggregateVersion, eventType, payload, headers, dedupKey);
  }
}
