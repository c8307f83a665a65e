package io.netkingdom.userengine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What Jackson 2 and 3, as applications configure them, make of what a store gives. */
class JacksonTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String ID = "00000000-0000-0001-0000-000000000002";
  private static final UserId USER_ID = UserId.of(new UUID(1, 2));
  private static final User USER =
      User.created(
          USER_ID, UserDraft.named("Ada").withExternalId("e1").withEmail("ada@example.org"), NOW);

  private final com.fasterxml.jackson.databind.json.JsonMapper two =
      com.fasterxml.jackson.databind.json.JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();
  private final tools.jackson.databind.json.JsonMapper three =
      tools.jackson.databind.json.JsonMapper.builder().build();

  @Test
  void aUserIsWrittenAndReadBack() throws Exception {
    isWritten(
        "{'id':'"
            + ID
            + "','userName':'Ada','externalId':'e1','displayName':null,'active':true,"
            + "'emails':[{'address':'ada@example.org','verified':false,'primary':false}],"
            + "'created':'2026-01-01T00:00:00Z','lastModified':'2026-01-01T00:00:00Z',"
            + "'version':1}",
        USER);
    isReadBack(USER);
  }

  @Test
  void aGroupItsMembershipsAndLinksAreReadBack() throws Exception {
    GroupId groupId = GroupId.of(new UUID(1, 3));
    isReadBack(Group.created(groupId, GroupDraft.named("Staff"), NOW));
    isReadBack(new Membership(groupId, USER_ID, NOW));
    isReadBack(
        new FederatedIdentity(USER_ID, IdentityKey.of("https://idp.example", "1"), null, NOW, NOW));
  }

  @Test
  void whatHasOneValueIsThatValue() throws Exception {
    for (Object value :
        List.of(
            USER_ID,
            GroupId.of(new UUID(1, 2)),
            AuditId.of(new UUID(1, 2)),
            OutboxId.of(new UUID(1, 2)))) {
      isWritten("'" + ID + "'", value);
      isReadBack(value);
    }
    for (Object value :
        List.of(
            UserName.of("a@b"),
            GroupName.of("a@b"),
            TenantId.of("a@b"),
            ExternalId.of("a@b"),
            EmailAddress.of("a@b"),
            PageToken.of("a@b"),
            OutboxCursor.of("a@b"))) {
      isWritten("'a@b'", value);
      isReadBack(value);
    }
  }

  @Test
  void aDocumentIsWrittenAsTheJsonThatItIs() throws Exception {
    Json.JsonObject document =
        Json.object("a", 1, "b", Json.array("x", true, null), "c", Json.parse("1.10"));
    String text = "{'a':1,'b':['x',true,null],'c':1.10}";
    isWritten(text, document);
    isWritten("null", Json.JsonNull.NULL);
    isWritten(
        "{'key':{'userId':'"
            + ID
            + "','namespace':'app'},'document':"
            + text
            + ",'lastModified':'2026-01-01T00:00:00Z','version':1}",
        new ProfileDocument(ProfileKey.of(USER_ID, "app"), document, NOW, 1));
  }

  /** A mapper would give numbers other digits and take keys twice: {@link Json#parse} does not. */
  @Test
  void readingADocumentFails() {
    assertThrows(InvalidDefinitionException.class, () -> two.readValue("{}", Json.class));
    assertThrows(
        tools.jackson.databind.exc.InvalidDefinitionException.class,
        () -> three.readValue("{}", Json.class));
  }

  private void isWritten(String expected, Object value) throws Exception {
    assertEquals(expected.replace('\'', '"'), two.writeValueAsString(value));
    assertEquals(expected.replace('\'', '"'), three.writeValueAsString(value));
  }

  private void isReadBack(Object value) throws Exception {
    assertEquals(value, two.readValue(two.writeValueAsString(value), value.getClass()));
    assertEquals(value, three.readValue(three.writeValueAsString(value), value.getClass()));
  }
}
