package io.netkingdom.userengine.store;

import static io.netkingdom.userengine.store.Inputs.WIDE;
import static io.netkingdom.userengine.store.Inputs.refuses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** User and UserDraft, which hold the same attributes under the same rules. */
class UserTest {

  private static final Instant NOW = Instant.parse("2026-11-24T01:02:03.456789Z");
  private static final UserId ID = UserId.of("0190a1b2-c3d4-7e5f-8a6b-0c1d2e3f4a5b");
  private static final UserDraft DRAFT =
      UserDraft.named("Ada")
          .withId(ID)
          .withExternalId("e1")
          .withDisplayName("Ada L.")
          .withActive(false)
          .withEmail("a@b")
          .withEmail(Email.of("c@d").asPrimary());
  private static final User USER = User.created(ID, DRAFT, NOW);

  @Test
  void aDraftOfANameAloneIsActiveAndHasNothingElse() {
    UserDraft draft = UserDraft.named("Ada");

    assertNull(draft.id());
    assertNull(draft.externalId());
    assertNull(draft.displayName());
    assertTrue(draft.active());
    assertEquals(List.of(), draft.emails());
  }

  @Test
  void aCreatedUserIsItsDraftAtVersion1() {
    assertEquals(
        new User(
            ID,
            UserName.of("Ada"),
            ExternalId.of("e1"),
            "Ada L.",
            false,
            List.of(Email.of("a@b"), Email.of("c@d").asPrimary()),
            NOW,
            NOW,
            1),
        USER);
  }

  @Test
  void anEffectiveChangeAddsOneToTheVersionAndMovesLastModifiedOn() {
    User later = USER.modified(NOW.plusSeconds(1));
    assertEquals(2, later.version());
    assertEquals(NOW.plusSeconds(1), later.lastModified());
    assertEquals(NOW, later.created());
    assertTrue(later.hasSameAttributesAs(USER));

    User clockWentBack = later.modified(NOW.minusSeconds(1_000));
    assertEquals(3, clockWentBack.version());
    assertEquals(NOW.plusSeconds(1).plusNanos(1_000), clockWentBack.lastModified());
  }

  @Test
  void nothingCanBeModifiedAfterTheLastInstant() {
    User last = User.created(ID, DRAFT, Timestamps.MAX);
    refuses("lastModified", "is after the year 9999", () -> last.modified(NOW));
  }

  @Test
  void everyAttributeCountsAsAChange() {
    List<User> changed =
        List.of(
            USER.withUserName("ada"),
            USER.withExternalId("E1"),
            USER.withExternalId(null),
            USER.withDisplayName(""),
            USER.withDisplayName(null),
            USER.withActive(true),
            USER.withEmails(List.of(Email.of("c@d").asPrimary(), Email.of("a@b"))),
            USER.withEmails(List.of()));
    for (User user : changed) {
      assertFalse(user.hasSameAttributesAs(USER), user.toString());
      assertEquals(1, user.version());
      assertEquals(USER, user.withAttributesOf(DRAFT));
    }
  }

  @Test
  void timesAndVersionAreNoAttributes() {
    User other = new User(ID, USER.userName(), null, null, true, List.of(), NOW, NOW, 7);
    User same = new User(ID, USER.userName(), null, null, true, List.of(), NOW, Timestamps.MAX, 8);
    assertTrue(other.hasSameAttributesAs(same));
  }

  @Test
  void emptyAndAbsentDisplayNamesDiffer() {
    assertEquals("", DRAFT.withDisplayName("").displayName());
    assertFalse(USER.withDisplayName("").hasSameAttributesAs(USER.withDisplayName(null)));
  }

  @Test
  void theLongestTextsFitAndLongerOnesDoNot() {
    String name = WIDE.repeat(Limits.DISPLAY_NAME);
    assertEquals(name, DRAFT.withDisplayName(name).displayName());
    assertEquals(name, USER.withDisplayName(name).displayName());
    String reason = "is longer than 255 code points";
    refuses("displayName", reason, () -> DRAFT.withDisplayName(name + "a"));
    refuses("displayName", reason, () -> USER.withDisplayName(name + "a"));

    String externalId = WIDE.repeat(Limits.EXTERNAL_ID);
    assertEquals(ExternalId.of(externalId), DRAFT.withExternalId(externalId).externalId());
    refuses("externalId", reason, () -> DRAFT.withExternalId(externalId + "a"));
    refuses("externalId", "is empty", () -> USER.withExternalId(""));
  }

  @Test
  void nulAndLoneSurrogatesAreRefusedEverywhere() {
    refuses("displayName", "contains U+0000 at index 1", () -> DRAFT.withDisplayName(WIDE + "\0"));
    refuses("displayName", "has a lone surrogate at index 0", () -> USER.withDisplayName("\udc00"));
    refuses("externalId", "contains U+0000 at index 0", () -> DRAFT.withExternalId("\0"));
    refuses("externalId", "has a lone surrogate at index 1", () -> USER.withExternalId("a\ud800"));
    refuses("userName", "contains U+0000 at index 0", () -> DRAFT.withUserName("\0"));
  }

  @Test
  void asManyEmailsAsTheLimitFitAndOneMoreDoesNot() {
    List<Email> emails = new ArrayList<>();
    for (int i = 0; i < Limits.EMAILS; i++) {
      emails.add(Email.of("a" + i + "@b"));
    }
    User user = USER.withEmails(emails);
    assertEquals(emails, user.emails());
    emails.add(Email.of("a@b"));
    assertEquals(Limits.EMAILS, user.emails().size(), "the user holds a copy");

    refuses("emails", "has more than 50 values", () -> USER.withEmails(emails));
    UserDraft full = new UserDraft(null, user.userName(), null, null, true, user.emails());
    refuses("emails", "has more than 50 values", () -> full.withEmail("z@z"));
  }

  @Test
  void anAddressOccursOnceAndOneAtMostIsPrimary() {
    refuses("emails", "has one address twice", () -> DRAFT.withEmail("A@B"));
    refuses(
        "emails",
        "has more than one primary value",
        () -> DRAFT.withEmail(Email.of("x@y").asPrimary()));
    List<Email> two = List.of(Email.of("a@b").asPrimary(), Email.of("c@d").asPrimary());
    refuses("emails", "has more than one primary value", () -> USER.withEmails(two));
  }

  @Test
  void timesAreCutAndBounded() {
    User user = User.created(ID, DRAFT, NOW.plusNanos(999));
    assertEquals(NOW, user.created());
    assertEquals(NOW, user.lastModified());
    refuses("created", "is after the year 9999", () -> User.created(ID, DRAFT, Instant.MAX));
    refuses("created", "is before the year 1", () -> User.created(ID, DRAFT, Instant.MIN));
  }

  @Test
  void versionsBeginAt1() {
    assertThrows(
        StoreException.InvalidInput.class,
        () -> new User(ID, USER.userName(), null, null, true, List.of(), NOW, NOW, 0));
  }
}
