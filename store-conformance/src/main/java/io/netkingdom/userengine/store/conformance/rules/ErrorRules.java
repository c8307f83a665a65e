package io.netkingdom.userengine.store.conformance.rules;

import io.netkingdom.userengine.store.FederatedIdentityDraft;
import io.netkingdom.userengine.store.IdentityKey;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.conformance.check.ExpectationFailedError;
import io.netkingdom.userengine.store.conformance.check.Rule;
import io.netkingdom.userengine.store.conformance.check.RuleContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Section ERR: errors. */
final class ErrorRules {

  private static final String ISSUER = "https://idp.example";
  private static final UserId UNKNOWN = UserId.of(UUID.nameUUIDFromBytes(new byte[] {7}));

  @Rule(
      id = "ERR-01",
      sentence =
          "A refusal MUST have the type that this contract names for it, alone and inside a "
              + "transaction.",
      since = "0.1.0")
  void everyRefusalHasItsType(RuleContext t) {
    Prepared prepared = prepare(t, "value");
    prepared
        .refusals(t.records())
        .forEach((type, actions) -> actions.forEach(action -> t.fails("alone", type, action)));
    t.inTransaction(
        tx -> {
          prepared
              .refusals(tx)
              .forEach(
                  (type, actions) ->
                      actions.forEach(action -> t.fails("in a transaction", type, action)));
          return true;
        });
  }

  @Rule(
      id = "ERR-03",
      sentence = "An error MUST NOT hold a value that was given or stored, or the tenant's name.",
      since = "0.1.0")
  void noMessageHoldsAValue(RuleContext t) {
    String canary = "canary-5b1f";
    for (Throwable refusal : refusals(t, canary)) {
      for (String text : texts(refusal)) {
        t.holds("no message repeats a value", !text.contains(canary));
        t.holds("no message names the tenant", !text.contains(t.tenant().value()));
      }
    }
  }

  @Rule(
      id = "ERR-04",
      sentence = "The message of an error MUST be one line without control characters.",
      since = "0.1.0")
  void everyMessageIsOneLine(RuleContext t) {
    for (Throwable refusal : refusals(t, "x\r\nforged log line\u0085\u2028\u001B[31m")) {
      for (String text : texts(refusal)) {
        t.holds(
            "no message holds a control character or a line break",
            text.codePoints()
                .noneMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029));
      }
    }
  }

  private static List<Throwable> refusals(RuleContext t, String value) {
    Prepared prepared = prepare(t, value);
    List<Throwable> seen = new ArrayList<>();
    prepared
        .refusals(t.records())
        .values()
        .forEach(
            actions ->
                actions.forEach(
                    action ->
                        seen.add(
                            Optional.ofNullable(RuleContext.thrownBy(action))
                                .orElseGet(
                                    () -> new ExpectationFailedError("a call was not refused")))));
    t.holds("there are refusals to look at", !seen.isEmpty());
    for (Throwable refusal : seen) {
      t.isA("what a store throws", StoreException.class, refusal);
    }
    return seen;
  }

  /** What a log would show of an exception: its own text, and that of all that hang on it. */
  private static List<String> texts(Throwable thrown) {
    List<String> texts = new ArrayList<>();
    for (Throwable t = thrown; t != null && texts.size() < 100; t = t.getCause()) {
      texts.add(String.valueOf(t.getMessage()));
      texts.add(t.toString());
      for (Throwable suppressed : t.getSuppressed()) {
        texts.add(suppressed.toString());
      }
    }
    return texts;
  }

  /** Records that hold a value wherever text is held, for calls to be refused by. */
  private static Prepared prepare(RuleContext t, String value) {
    User holder =
        t.users().create(UserDraft.named("holder").withExternalId(value).withDisplayName(value));
    User seen = t.users().create(UserDraft.named("seen"));
    t.users().update(seen.withDisplayName(value));
    t.identities()
        .link(
            FederatedIdentityDraft.of(holder.id(), IdentityKey.of(value, value))
                .withProviderAlias(value));
    return new Prepared(seen, value);
  }

  private record Prepared(User seen, String value) {

    Map<Class<? extends StoreException>, List<RuleContext.Action>> refusals(Repositories records) {
      Map<Class<? extends StoreException>, List<RuleContext.Action>> refusals =
          new LinkedHashMap<>();
      refusals.put(
          StoreException.Conflict.class,
          List.of(
              () -> records.users().create(UserDraft.named("HOLDER").withDisplayName(value)),
              () -> records.users().create(UserDraft.named("new").withExternalId(value)),
              () -> records.users().upsert(UserDraft.named("new").withExternalId(value)),
              () -> records.identities().link(seen.id(), value, value)));
      refusals.put(
          StoreException.StaleVersion.class,
          List.of(() -> records.users().update(seen.withExternalId(value))));
      refusals.put(
          StoreException.NotFound.class,
          List.of(
              () -> records.users().get(UNKNOWN),
              () ->
                  records
                      .users()
                      .update(
                          new User(
                              UNKNOWN,
                              seen.userName(),
                              null,
                              value,
                              true,
                              List.of(),
                              seen.created(),
                              seen.lastModified(),
                              1))));
      refusals.put(
          StoreException.UnknownReference.class,
          List.of(() -> records.identities().link(UNKNOWN, ISSUER, value)));
      refusals.put(
          StoreException.InvalidInput.class,
          List.of(
              () -> records.users().findByUserName(value + " and a space"),
              () -> records.users().findByEmail(value),
              () -> records.users().findByExternalId(value + "\u0000"),
              () -> records.identities().link(seen.id(), value + "\uD800", value)));
      return refusals;
    }
  }
}
