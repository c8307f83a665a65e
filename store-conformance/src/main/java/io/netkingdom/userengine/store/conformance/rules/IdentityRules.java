package io.netkingdom.userengine.store.conformance.rules;

import io.netkingdom.userengine.store.FederatedIdentity;
import io.netkingdom.userengine.store.FederatedIdentityDraft;
import io.netkingdom.userengine.store.FederatedIdentityRepository;
import io.netkingdom.userengine.store.IdentityKey;
import io.netkingdom.userengine.store.SignIn;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.UpsertResult.Created;
import io.netkingdom.userengine.store.UpsertResult.Unchanged;
import io.netkingdom.userengine.store.UpsertResult.Updated;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.conformance.check.Concurrent;
import io.netkingdom.userengine.store.conformance.check.Counts;
import io.netkingdom.userengine.store.conformance.check.Rule;
import io.netkingdom.userengine.store.conformance.check.RuleContext;
import io.netkingdom.userengine.store.conformance.check.SettableClock;
import io.netkingdom.userengine.store.conformance.check.SteppedTransaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Section IDN: federated identities. */
final class IdentityRules {

  private static final String ISSUER = "https://idp.example";
  private static final IdentityKey KEY = IdentityKey.of(ISSUER, "248289761001");

  @Rule(
      id = "IDN-01",
      sentence =
          "Linking an identity again to the same user MUST NOT make a second link, and MUST "
              + "be Unchanged when nothing differs.",
      since = "0.1.0")
  void linkingAgainIsNoSecondLink(RuleContext t) {
    User ada = t.users().create(UserDraft.named("ada"));
    FederatedIdentityDraft draft =
        FederatedIdentityDraft.of(ada.id(), KEY).withProviderAlias("corporate");
    UpsertResult<FederatedIdentity> first = t.identities().link(draft);
    t.isA("linking", Created.class, first);
    t.equal("the user of the link", ada.id(), first.record().userId());
    t.equal("the key of the link", KEY, first.record().key());
    t.equal("the alias of the link", "corporate", first.record().providerAlias());
    t.equal("lastSeen of a link that was never used", null, first.record().lastSeen());
    UpsertResult<FederatedIdentity> again = t.identities().link(draft);
    t.isA("linking again", Unchanged.class, again);
    t.equal("the link after linking again", first.record(), again.record());
    t.equal("the stored link", Optional.of(first.record()), t.identities().find(KEY));
    t.equal("the user's links", List.of(first.record()), t.identities().findByUser(ada.id()));
    t.equal("links", 1L, Counts.identities(t, t.records()));
    t.equal("the user found by the identity", Optional.of(ada), t.identities().findUser(KEY));
  }

  @Rule(
      id = "IDN-02",
      sentence =
          "Linking an identity of one user to another MUST be a Conflict, never a silent "
              + "move.",
      since = "0.1.0")
  void aLinkIsNeverMoved(RuleContext t) {
    User ada = t.users().create(UserDraft.named("ada"));
    User grace = t.users().create(UserDraft.named("grace"));
    FederatedIdentity link = t.identities().link(ada.id(), ISSUER, KEY.subject()).record();
    t.conflicts(
        "linking another user's identity",
        "identity",
        () -> t.identities().link(grace.id(), ISSUER, KEY.subject()));
    t.conflicts(
        "linking another user's identity under another alias",
        "identity",
        () ->
            t.identities()
                .link(FederatedIdentityDraft.of(grace.id(), KEY).withProviderAlias("mine")));
    t.equal("the link", Optional.of(link), t.identities().find(KEY));
    t.equal("the links of the other user", List.of(), t.identities().findByUser(grace.id()));
  }

  @Rule(
      id = "IDN-03",
      sentence = "The same subject at another issuer MUST be another identity.",
      since = "0.1.0")
  void aSubjectBelongsToItsIssuer(RuleContext t) {
    User ada = t.users().create(UserDraft.named("ada"));
    User grace = t.users().create(UserDraft.named("grace"));
    t.identities().link(ada.id(), ISSUER, "1");
    t.isA(
        "linking the same subject at another issuer",
        Created.class,
        t.identities().link(grace.id(), ISSUER + "/", "1"));
    t.equal(
        "the user at the first issuer",
        Optional.of(ada),
        t.identities().findUser(IdentityKey.of(ISSUER, "1")));
    t.equal(
        "the user at the other issuer",
        Optional.of(grace),
        t.identities().findUser(IdentityKey.of(ISSUER + "/", "1")));
    t.identities().link(ada.id(), "a", "bc");
    t.isA(
        "linking issuer and subject that are the same text when joined",
        Created.class,
        t.identities().link(grace.id(), "ab", "c"));
    t.equal(
        "find at an issuer that is unknown",
        Optional.empty(),
        t.identities().find(IdentityKey.of("https://other.example", "1")));
  }

  @Rule(
      id = "IDN-04",
      sentence =
          "Linking to a user who does not exist in the tenant MUST be UnknownReference and "
              + "leave no link.",
      since = "0.1.0")
  void refusesAnUnknownUser(RuleContext t) {
    UserId unknown = UserId.of(UUID.nameUUIDFromBytes(new byte[] {3}));
    User deleted = t.users().create(UserDraft.named("deleted"));
    t.users().delete(deleted.id());
    for (UserId nobody : List.of(unknown, deleted.id())) {
      StoreException.UnknownReference refusal =
          t.fails(
              "linking to a user who does not exist",
              StoreException.UnknownReference.class,
              () -> t.identities().link(nobody, ISSUER, "1"));
      t.equal("the field that refers", "userId", refusal.field());
      t.equal("the links of that user", List.of(), t.identities().findByUser(nobody));
    }
    t.equal("the link", Optional.empty(), t.identities().find(IdentityKey.of(ISSUER, "1")));
    t.equal("links", 0L, Counts.identities(t, t.records()));
    User elsewhere = t.store().tenant(t.newTenant()).users().create(UserDraft.named("elsewhere"));
    t.fails(
        "linking to another tenant's user",
        StoreException.UnknownReference.class,
        () -> t.identities().link(elsewhere.id(), ISSUER, "1"));
  }

  @Rule(
      id = "IDN-05",
      sentence =
          "Unlinking an identity MUST leave the user's others; unlinking what is not linked "
              + "MUST say so without failing.",
      since = "0.1.0")
  void unlinkingTakesOne(RuleContext t) {
    User ada = t.users().create(UserDraft.named("ada"));
    t.identities().link(ada.id(), ISSUER, "1");
    FederatedIdentity other = t.identities().link(ada.id(), ISSUER, "2").record();
    FederatedIdentity third = t.identities().link(ada.id(), "https://x.example", "1").record();
    IdentityKey key = IdentityKey.of(ISSUER, "1");
    t.equal("unlinking", true, t.identities().unlink(key));
    t.equal("the link", Optional.empty(), t.identities().find(key));
    t.equal("the user found by it", Optional.empty(), t.identities().findUser(key));
    t.equal("the other links", List.of(other, third), t.identities().findByUser(ada.id()));
    t.equal("unlinking again", false, t.identities().unlink(key));
    t.equal(
        "unlinking what was never linked",
        false,
        t.identities().unlink(IdentityKey.of(ISSUER, "3")));
    t.equal("the other links after that", 2L, Counts.identities(t, t.records()));
  }

  @Rule(
      id = "IDN-06",
      sentence =
          "An identity that is unlinked and linked again MUST hold nothing of its first " + "link.",
      since = "0.1.0")
  void relinkingLeavesNoTraceOfTheFirstOwner(RuleContext t) {
    SettableClock clock = new SettableClock("2030-01-01T00:00:00Z");
    UserEngineStore store = t.open(StoreOptions.defaults().withClock(clock));
    FederatedIdentityRepository identities = store.tenant(t.tenant()).identities();
    User ada = store.tenant(t.tenant()).users().create(UserDraft.named("ada"));
    User grace = store.tenant(t.tenant()).users().create(UserDraft.named("grace"));
    identities.link(FederatedIdentityDraft.of(ada.id(), KEY).withProviderAlias("hers"));
    identities.unlink(KEY);
    clock.set("2030-01-02T00:00:00Z");
    UpsertResult<FederatedIdentity> link = identities.link(grace.id(), ISSUER, KEY.subject());
    FederatedIdentity expected =
        new FederatedIdentity(grace.id(), KEY, null, Instant.parse("2030-01-02T00:00:00Z"), null);
    t.isA("linking what was unlinked", Created.class, link);
    t.equal("the new link", expected, link.record());
    t.equal("the stored link", Optional.of(expected), identities.find(KEY));
    t.equal("the first owner's links", List.of(), identities.findByUser(ada.id()));
    t.equal("the user found by it", Optional.of(grace), identities.findUser(KEY));
  }

  @Rule(
      id = "IDN-07",
      sentence = "An equal e-mail address MUST NOT link anything.",
      since = "0.1.0")
  void anEmailNeverLinks(RuleContext t) {
    User ada = t.users().create(UserDraft.named("ada").withEmail("shared@example.org"));
    User grace = t.users().create(UserDraft.named("grace").withEmail("shared@example.org"));
    t.identities().link(ada.id(), ISSUER, "shared@example.org");
    t.equal(
        "the links of another user with that address",
        List.of(),
        t.identities().findByUser(grace.id()));
    t.equal(
        "the user found by the same subject at another issuer",
        Optional.empty(),
        t.identities().findUser(IdentityKey.of("https://x.example", "shared@example.org")));
    t.equal("users", 2L, Counts.users(t, t.records()));
  }

  @Rule(
      id = "IDN-08",
      sentence = "Linking again under another alias, or none, MUST be Updated and keep created.",
      since = "0.1.0")
  void linkingAgainUpdatesTheAlias(RuleContext t) {
    SettableClock clock = new SettableClock("2030-01-01T00:00:00Z");
    UserEngineStore store = t.open(StoreOptions.defaults().withClock(clock));
    User ada = store.tenant(t.tenant()).users().create(UserDraft.named("ada"));
    FederatedIdentityRepository identities = store.tenant(t.tenant()).identities();
    FederatedIdentityDraft draft = FederatedIdentityDraft.of(ada.id(), KEY);
    FederatedIdentity first = identities.link(draft.withProviderAlias("a")).record();
    clock.set("2030-01-02T00:00:00Z");
    UpsertResult<FederatedIdentity> second = identities.link(draft.withProviderAlias("b"));
    t.isA("linking under another alias", Updated.class, second);
    t.equal("the alias", "b", second.record().providerAlias());
    t.equal("created after an update", first.created(), second.record().created());
    t.equal("the stored link", Optional.of(second.record()), identities.find(KEY));
    t.isA("linking without an alias", Updated.class, identities.link(draft));
    t.equal(
        "the alias that was taken away",
        new FederatedIdentity(ada.id(), KEY, null, first.created(), null),
        identities.find(KEY).orElse(null));
  }

  @Rule(
      id = "IDN-09",
      sentence =
          "Concurrent links of one identity to one user MUST make one link, and one caller "
              + "is told Created.",
      since = "0.1.0")
  void concurrentLinksOfOneIdentityMakeOne(RuleContext t) throws Exception {
    User ada = t.users().create(UserDraft.named("ada"));
    for (int round = 0; round < 5; round++) {
      String subject = "subject" + round;
      List<UpsertResult<FederatedIdentity>> results =
          Concurrent.run(8, i -> () -> t.identities().link(ada.id(), ISSUER, subject));
      t.equal(
          "how many of the concurrent calls linked",
          1L,
          results.stream().filter(Created.class::isInstance).count());
      t.equal(
          "how many links the callers were told of",
          1L,
          results.stream().map(UpsertResult::record).distinct().count());
      t.equal("links", round + 1L, Counts.identities(t, t.records()));
    }
    SteppedTransaction.Step<UpsertResult<FederatedIdentity>> link =
        tx -> tx.identities().link(ada.id(), ISSUER, "both");
    t.equal(
        "how many of the concurrent calls linked, of which one began before the other's commit",
        1L,
        1L + t.overlapping(link, link).filter(Created.class::isInstance).stream().count());
    t.equal("links after that", 6L, Counts.identities(t, t.records()));
  }

  @Rule(
      id = "IDN-10",
      sentence = "A user's links MUST be listed in code point order of issuer and subject.",
      since = "0.1.0")
  void listsLinksInCodePointOrder(RuleContext t) {
    User ada = t.users().create(UserDraft.named("ada"));
    // Neither a language's order nor UTF-16's, in which U+1F600 comes before U+FF21.
    List<IdentityKey> ascending =
        List.of(
            IdentityKey.of("A", "b"),
            IdentityKey.of("Z", "1"),
            IdentityKey.of("Z", "10"),
            IdentityKey.of("Z", "2"),
            IdentityKey.of("Z-", "1"),
            IdentityKey.of("a", "Z"),
            IdentityKey.of("a", "a"),
            IdentityKey.of("\u00E4", "a"),
            IdentityKey.of("\uFF21", "a"),
            IdentityKey.of("\uD83D\uDE00", "a"));
    for (int i : new int[] {6, 9, 0, 8, 4, 2, 7, 1, 5, 3}) {
      t.identities().link(FederatedIdentityDraft.of(ada.id(), ascending.get(i)));
    }
    List<IdentityKey> listed = new ArrayList<>();
    t.identities().findByUser(ada.id()).forEach(link -> listed.add(link.key()));
    t.equal("the user's links", ascending, listed);
  }

  @Rule(
      id = "IDN-11",
      sentence =
          "Of several users to whom one identity is linked concurrently, exactly one MUST "
              + "get it, and the others a Conflict.",
      since = "0.1.0")
  void twoUsersCannotBothGetAnIdentity(RuleContext t) throws Exception {
    List<User> users = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      users.add(t.users().create(UserDraft.named("user" + i)));
    }
    List<Optional<Throwable>> outcomes =
        Concurrent.run(
            8,
            i ->
                () ->
                    Optional.ofNullable(
                        RuleContext.thrownBy(
                            () -> t.identities().link(users.get(i).id(), ISSUER, "1"))));
    t.equal(
        "how many of the users got the identity",
        1L,
        outcomes.stream().filter(Optional::isEmpty).count());
    for (Optional<Throwable> outcome : outcomes) {
      if (outcome.isPresent()) {
        t.isA("what the others were told", StoreException.Conflict.class, outcome.get());
      }
    }
    t.equal("links", 1L, Counts.identities(t, t.records()));
  }

  @Rule(
      id = "IDN-12",
      sentence = "The user found by an identity MUST be the user as it is now.",
      since = "0.1.0")
  void findsTheUserAsItIsNow(RuleContext t) {
    User ada = t.users().create(UserDraft.named("ada"));
    t.identities().link(ada.id(), ISSUER, KEY.subject());
    User changed = t.users().update(ada.withUserName("Countess").withDisplayName("Ada"));
    t.equal(
        "the user found by the identity after a change",
        Optional.of(changed),
        t.identities().findUser(KEY));
  }

  @Rule(
      id = "IDN-13",
      sentence = "A sign-in at a time before lastSeen MUST leave lastSeen as it is.",
      since = "0.1.0")
  void lastSeenDoesNotGoBack(RuleContext t) {
    SettableClock clock = new SettableClock("2031-01-02T00:00:00Z");
    UserEngineStore store = t.open(StoreOptions.defaults().withClock(clock));
    FederatedIdentityRepository links = store.tenant(t.tenant()).identities();
    SignIn signIn = SignIn.of(KEY, UserDraft.named("ada"));
    links.signIn(signIn);
    clock.set("2031-01-01T00:00:00Z");
    FederatedIdentity told = links.signIn(signIn).signedIn().record().identity();
    t.equal(
        "lastSeen as the sign-in told it by a clock that went back",
        Instant.parse("2031-01-02T00:00:00Z"),
        told.lastSeen());
    t.equal(
        "lastSeen after a sign-in by a clock that went back",
        Optional.of(Instant.parse("2031-01-02T00:00:00Z")),
        links.find(KEY).map(FederatedIdentity::lastSeen));
    clock.set("2031-01-03T00:00:00Z");
    links.signIn(signIn);
    t.equal(
        "lastSeen after a sign-in when the clock is right again",
        Optional.of(Instant.parse("2031-01-03T00:00:00Z")),
        links.find(KEY).map(FederatedIdentity::lastSeen));
  }
}
