package io.netkingdom.userengine.store.memory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netkingdom.userengine.store.PageRequest;
import io.netkingdom.userengine.store.PageToken;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.UserRepository;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A token that a caller made up can name a place outside of its listing. */
class ForgedPageTokenTest {

  private final UserEngineStore store = MemoryUserEngineStore.create();
  private final UserRepository users = store.tenant(TenantId.of("acme")).users();

  @BeforeEach
  void createUsers() {
    for (String name : List.of("aa", "ba", "bb", "ca")) {
      users.create(UserDraft.named(name));
    }
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aPlaceBeforeAllNamesOfThePrefixIsTheBeginning() {
    assertEquals(List.of("ba", "bb"), page(PageRequest.of(9).after(placeOf("a"))));
    assertEquals(List.of(), page(PageRequest.of(9).descending().after(placeOf("a"))));
  }

  @Test
  void aPlaceAfterAllNamesOfThePrefixIsTheEnd() {
    assertEquals(List.of(), page(PageRequest.of(9).after(placeOf("c"))));
    assertEquals(List.of("bb", "ba"), page(PageRequest.of(9).descending().after(placeOf("c"))));
  }

  private List<String> page(PageRequest request) {
    return users.listByPrefix("b", request).items().stream()
        .map(User::userName)
        .map(Object::toString)
        .toList();
  }

  private static PageToken placeOf(String key) {
    String json = "[[\"acme\",\"users\",\"b\"],[\"" + key + "\"]]";
    return PageToken.of(Base64.getUrlEncoder().encodeToString(json.getBytes(UTF_8)));
  }
}
