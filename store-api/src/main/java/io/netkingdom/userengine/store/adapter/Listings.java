package io.netkingdom.userengine.store.adapter;

import io.netkingdom.userengine.store.AuditFilter;
import io.netkingdom.userengine.store.GroupId;
import io.netkingdom.userengine.store.GroupName;
import io.netkingdom.userengine.store.PageRequest;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.Timestamps;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.UserName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;

/** The listings that there are, and what their keys are made of. */
public final class Listings {

  private Listings() {}

  /**
   * Users whose name's key begins with a text.
   *
   * @param prefixKey {@link UserName#prefixKey}, or empty for all users
   * @return pages by the name's key
   */
  public static Keyset users(TenantId tenant, String prefixKey, PageRequest request) {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(prefixKey, "prefixKey");
    Objects.requireNonNull(request, "request");
    return Keyset.of(tenant, List.of("users", prefixKey), 1, request);
  }

  /**
   * Groups whose name's key begins with a text.
   *
   * @param prefixKey {@link GroupName#prefixKey}, or empty for all groups
   * @return pages by the name's key
   */
  public static Keyset groups(TenantId tenant, String prefixKey, PageRequest request) {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(prefixKey, "prefixKey");
    Objects.requireNonNull(request, "request");
    return Keyset.of(tenant, List.of("groups", prefixKey), 1, request);
  }

  /** The members of a group; pages by the user's id in its canonical text, which sorts likewise. */
  public static Keyset members(TenantId tenant, GroupId groupId, PageRequest request) {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(groupId, "groupId");
    Objects.requireNonNull(request, "request");
    return checked(Keyset.of(tenant, List.of("members", groupId.toString()), 1, request));
  }

  /** The memberships of a user; pages by the group's id in its canonical text. */
  public static Keyset memberships(TenantId tenant, UserId userId, PageRequest request) {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(userId, "userId");
    Objects.requireNonNull(request, "request");
    return checked(Keyset.of(tenant, List.of("memberships", userId.toString()), 1, request));
  }

  private static Keyset checked(Keyset keyset) {
    keyset.after().ifPresent(key -> requireUuid(key.get(0)));
    return keyset;
  }

  private static void requireUuid(String text) {
    try {
      UserId.of(text);
    } catch (StoreException.InvalidInput e) {
      throw new StoreException.InvalidInput("pageToken", "is not a token of this listing");
    }
  }

  /**
   * Audit records.
   *
   * @return pages by the time in microseconds since 1970, then by the order of appending: two
   *     decimal numbers
   */
  public static Keyset audit(TenantId tenant, AuditFilter filter, PageRequest request) {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(filter, "filter");
    Objects.requireNonNull(request, "request");
    Keyset keyset = Keyset.of(tenant, name(filter), 2, request);
    keyset.after().ifPresent(key -> requireTime(requireNumber(key.get(0))));
    keyset.after().ifPresent(key -> requireNumber(key.get(1)));
    return keyset;
  }

  private static long requireNumber(String text) {
    if (!text.matches("-?[0-9]{1,18}")) {
      throw new StoreException.InvalidInput("pageToken", "is not a token of this listing");
    }
    return Long.parseLong(text);
  }

  // No record has another time, and engines disagree about which they can express.
  private static void requireTime(long microseconds) {
    Timestamps.of("pageToken", Instant.EPOCH.plus(microseconds, ChronoUnit.MICROS));
  }

  private static List<String> name(AuditFilter filter) {
    if (filter instanceof AuditFilter.ByTarget by) {
      return List.of("audit-target", by.target().type(), by.target().id());
    }
    if (filter instanceof AuditFilter.ByActor by) {
      return List.of("audit-actor", by.actor().type(), by.actor().id());
    }
    AuditFilter.ByTime by = (AuditFilter.ByTime) filter;
    return List.of("audit-time", by.from().toString(), by.until().toString());
  }
}
