package io.netkingdom.userengine.store.postgres.records;

import io.netkingdom.userengine.store.Email;
import io.netkingdom.userengine.store.EmailAddress;
import io.netkingdom.userengine.store.Json;
import io.netkingdom.userengine.store.StoreException;
import java.util.List;

/**
 * E-mail addresses as the column {@code emails} holds them: an array of objects, each with its
 * lookup key beside it, so that one index of the whole column answers who has an address.
 */
final class EmailsJson {

  private EmailsJson() {}

  static Json write(List<Email> emails) {
    return Json.array(
        emails.stream()
            .map(
                email ->
                    Json.object(
                        "address", email.address().value(),
                        "key", email.address().key(),
                        "verified", email.verified(),
                        "primary", email.primary()))
            .toArray());
  }

  static List<Email> read(String text) {
    if (Json.parse("emails", text) instanceof Json.JsonArray array) {
      return array.elements().stream().map(EmailsJson::readOne).toList();
    }
    throw notEmails();
  }

  private static Email readOne(Json json) {
    if (json instanceof Json.JsonObject object
        && object.members().get("address") instanceof Json.JsonString address) {
      return new Email(
          EmailAddress.of(address.value()), isTrue(object, "verified"), isTrue(object, "primary"));
    }
    throw notEmails();
  }

  private static StoreException.EngineFailure notEmails() {
    return new StoreException.EngineFailure("the column emails holds something else", null);
  }

  private static boolean isTrue(Json.JsonObject object, String member) {
    return Json.of(true).equals(object.members().get(member));
  }

  /** What an array with that address contains, in the sense of jsonb's operator {@code @>}. */
  static String containing(EmailAddress address) {
    return Json.array(Json.object("key", address.key())).toString();
  }
}
