package io.netkingdom.userengine.store.conformance.rules;

import io.netkingdom.userengine.store.Email;
import io.netkingdom.userengine.store.FederatedIdentity;
import io.netkingdom.userengine.store.FederatedIdentityDraft;
import io.netkingdom.userengine.store.IdentityKey;
import io.netkingdom.userengine.store.Limits;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.UpsertResult.Updated;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.conformance.check.Counts;
import io.netkingdom.userengine.store.conformance.check.Rule;
import io.netkingdom.userengine.store.conformance.check.RuleContext;
import io.netkingdom.userengine.store.conformance.check.SettableClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Section TXT: text and time. */
final class TextAndTimeRules {

  private static final String ISSUER = "https://idp.example";

  @Rule(
      id = "TXT-01",
      sentence =
          "Instants MUST be cut to whole microseconds before they are returned; outside the "
              + "years 1 to 9999 they are InvalidInput.",
      since = "0.1.0")
  void instantsAreWholeMicroseconds(RuleContext t) {
    SettableClock clock = new SettableClock("2030-12-31T23:59:59.999999999Z");
    UserEngineStore store = t.open(StoreOptions.defaults().withClock(clock));
    User user = store.tenant(t.tenant()).users().create(UserDraft.named("ada"));
    t.equal(
        "created, cut to microseconds",
        Instant.parse("2030-12-31T23:59:59.999999Z"),
        user.created());
    t.equal("the stored user", Optional.of(user), store.tenant(t.tenant()).users().find(user.id()));

    for (String outside : List.of("+10000-01-01T00:00:00Z", "0000-12-31T23:59:59.999999999Z")) {
      clock.set(outside);
      t.invalid(
          "creating a user in a year that no store holds",
          "clock",
          () -> store.tenant(t.tenant()).users().create(UserDraft.named("outside")));
    }
    clock.set("2031-01-01T00:00:00Z");
    t.equal("users after that", 1L, Counts.users(t, store.tenant(t.tenant())));
  }

  @Rule(
      id = "TXT-02",
      sentence =
          "The longest text that a field allows MUST fit, also when it cannot be "
              + "compressed, and MUST be found again.",
      since = "0.1.0")
  void theLongestTextFits(RuleContext t) {
    String userName = incompressible(t.random(), Limits.USER_NAME);
    String displayName = incompressible(t.random(), Limits.DISPLAY_NAME);
    String externalId = incompressible(t.random(), Limits.EXTERNAL_ID);
    UserDraft draft =
        UserDraft.named(userName).withDisplayName(displayName).withExternalId(externalId);
    for (int i = 0; i < Limits.EMAILS; i++) {
      draft = draft.withEmail(incompressible(t.random(), Limits.EMAIL - 2) + "@x");
    }
    TenantId tenant = TenantId.of(incompressible(t.random(), Limits.TENANT_ID));
    UserEngineStore store = t.store();
    User user = store.tenant(tenant).users().create(draft);
    t.equal("the stored user", Optional.of(user), store.tenant(tenant).users().find(user.id()));
    t.equal("its e-mail addresses", draft.emails(), user.emails());
    t.equal(
        "the user found by name",
        Optional.of(user),
        store.tenant(tenant).users().findByUserName(userName));
    t.equal(
        "the user found by external id",
        Optional.of(user),
        store.tenant(tenant).users().findByExternalId(externalId));
    t.equal(
        "the user found by e-mail",
        List.of(user),
        store.tenant(tenant).users().findByEmail(draft.emails().get(0).address()));

    IdentityKey key =
        IdentityKey.of(
            incompressible(t.random(), Limits.ISSUER), incompressible(t.random(), Limits.SUBJECT));
    FederatedIdentity link =
        store
            .tenant(tenant)
            .identities()
            .link(
                FederatedIdentityDraft.of(user.id(), key)
                    .withProviderAlias(incompressible(t.random(), Limits.PROVIDER_ALIAS)))
            .record();
    t.equal("the stored link", Optional.of(link), store.tenant(tenant).identities().find(key));
  }

  /** One more than the longest is refused before it reaches the adapter: nothing is cut off. */
  @Rule(
      id = "TXT-05",
      sentence =
          "Text of one code point more than a field allows MUST be InvalidInput that names "
              + "the field; nothing is stored or cut off.",
      since = "0.1.0")
  void longerTextIsRefused(RuleContext t) {
    User user = t.users().create(UserDraft.named("ada"));
    t.invalid(
        "a longer user name",
        "userName",
        () -> t.users().create(UserDraft.named("a".repeat(Limits.USER_NAME + 1))));
    t.invalid(
        "a longer display name",
        "displayName",
        () -> t.users().update(user.withDisplayName("a".repeat(Limits.DISPLAY_NAME + 1))));
    t.invalid(
        "a longer external id",
        "externalId",
        () -> t.users().update(user.withExternalId("a".repeat(Limits.EXTERNAL_ID + 1))));
    t.invalid(
        "a longer address",
        "emails",
        () -> t.users().findByEmail("a".repeat(Limits.EMAIL - 1) + "@x"));
    List<Email> emails = new ArrayList<>();
    for (int i = 0; i <= Limits.EMAILS; i++) {
      emails.add(Email.of("a" + i + "@example.org"));
    }
    t.invalid("more addresses", "emails", () -> t.users().update(user.withEmails(emails)));
    t.invalid(
        "a longer issuer",
        "issuer",
        () -> t.identities().link(user.id(), "a".repeat(Limits.ISSUER + 1), "1"));
    t.invalid(
        "a longer subject",
        "subject",
        () -> t.identities().link(user.id(), ISSUER, "a".repeat(Limits.SUBJECT + 1)));
    t.invalid(
        "a longer alias",
        "providerAlias",
        () ->
            t.identities()
                .link(
                    FederatedIdentityDraft.of(user.id(), IdentityKey.of(ISSUER, "1"))
                        .withProviderAlias("a".repeat(Limits.PROVIDER_ALIAS + 1))));
    t.invalid(
        "a longer tenant",
        "tenant",
        () -> t.store().tenant(TenantId.of("a".repeat(Limits.TENANT_ID + 1))));
    t.equal("the user after all of this", Optional.of(user), t.users().find(user.id()));
    t.equal("users", 1L, Counts.users(t, t.records()));
    t.equal("links", 0L, Counts.identities(t, t.records()));
  }

  @Rule(
      id = "TXT-03",
      sentence = "Valid text MUST come back unchanged, code point by code point.",
      since = "0.1.0")
  void textComesBackUnchanged(RuleContext t) {
    List<String> texts =
        List.of(
            " leading and trailing ",
            "e\u0301 is not \u00E9",
            "\u212B is not \u00C5",
            "line\r\nbreak\ttab",
            "' \" \\ % _ $1 ? :x #{y} ${z}",
            "'; DROP TABLE users; --",
            "\u0001\u007F\u0085\u009F",
            "\uFEFFbyte order mark",
            "\uFFFE\uFFFF\uDBFF\uDFFF",
            "\u202Eright to left\u202C",
            "\uD83D\uDE00\u200D\uD83D\uDE00",
            "{\"json\":[1,null]}",
            "{1,2}",
            "NULL",
            "\\N");
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i);
      User user =
          t.users().create(UserDraft.named("user" + i).withDisplayName(text).withExternalId(text));
      t.equal("the display name that create returned", text, user.displayName());
      t.equal("the stored user", Optional.of(user), t.users().find(user.id()));
      t.equal(
          "the user found by its external id", Optional.of(user), t.users().findByExternalId(text));
      IdentityKey key = IdentityKey.of(text, text);
      FederatedIdentity link =
          t.identities()
              .link(FederatedIdentityDraft.of(user.id(), key).withProviderAlias(text))
              .record();
      t.equal("the stored link", Optional.of(link), t.identities().find(key));
      t.equal("its key", key, link.key());
      t.equal("its alias", text, link.providerAlias());
    }
  }

  @Rule(
      id = "TXT-04",
      sentence = "Empty text and absent text MUST NOT be the same.",
      since = "0.1.0")
  void emptyIsNotAbsent(RuleContext t) {
    User empty = t.users().create(UserDraft.named("empty").withDisplayName(""));
    User absent = t.users().create(UserDraft.named("absent"));
    t.equal("an empty display name", "", t.users().get(empty.id()).displayName());
    t.equal("an absent display name", null, t.users().get(absent.id()).displayName());
    User emptied = t.users().update(absent.withDisplayName(""));
    t.equal("the version after absent became empty", absent.version() + 1, emptied.version());
    t.equal("the display name that became empty", "", t.users().get(absent.id()).displayName());

    IdentityKey key = IdentityKey.of(ISSUER, "1");
    FederatedIdentityDraft draft = FederatedIdentityDraft.of(empty.id(), key);
    t.identities().link(draft.withProviderAlias(""));
    t.equal(
        "an empty alias",
        Optional.of(""),
        t.identities().find(key).map(FederatedIdentity::providerAlias));
    t.isA("linking without the empty alias", Updated.class, t.identities().link(draft));
    t.equal(
        "an absent alias",
        Optional.empty(),
        t.identities().find(key).map(FederatedIdentity::providerAlias));
  }

  /** The ends of the range, and what a driver that goes through local time or floats would lose. */
  @Rule(
      id = "TXT-06",
      sentence =
          "An instant of whole microseconds MUST come back exactly, from the first of year "
              + "1 to the last of year 9999.",
      since = "0.1.0")
  void instantsComeBackExactly(RuleContext t) {
    SettableClock clock = new SettableClock("2030-01-01T00:00:00Z");
    UserEngineStore store = t.open(StoreOptions.defaults().withClock(clock));
    List<String> instants =
        List.of(
            "0001-01-01T00:00:00Z",
            "0001-01-01T00:00:00.000001Z",
            "1582-10-10T12:00:00Z",
            "1899-12-31T23:59:59.999999Z",
            "1969-12-31T23:59:59.999999Z",
            "1970-01-01T00:00:00Z",
            "2021-03-28T01:30:00.123457Z",
            "2021-10-31T00:30:00.654321Z",
            "2021-10-31T01:30:00.654321Z",
            "9999-12-31T23:59:59.999999Z");
    for (int i = 0; i < instants.size(); i++) {
      clock.set(instants.get(i));
      User user = store.tenant(t.tenant()).users().create(UserDraft.named("user" + i));
      t.equal("created", Instant.parse(instants.get(i)), user.created());
      t.equal(
          "created as it is read back",
          Optional.of(user.created()),
          store.tenant(t.tenant()).users().find(user.id()).map(User::created));
    }
  }

  /** Letters of four bytes in UTF-8 that every profile allows and no compression shortens. */
  private static String incompressible(Random random, int codePoints) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < codePoints; i++) {
      text.appendCodePoint(0x20000 + random.nextInt(0xA6D0));
    }
    return text.toString();
  }
}
