package io.netkingdom.userengine.store;

import io.netkingdom.userengine.store.internal.Arguments;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The checks that a draft of a user and a stored user have in common. */
final class UserAttributes {

  private UserAttributes() {}

  static @Nullable String displayName(@Nullable String value) {
    return Text.optional("displayName", value, Limits.DISPLAY_NAME);
  }

  static List<Email> emails(List<Email> values) {
    List<Email> emails = Arguments.copy("emails", values);
    if (emails.size() > Limits.EMAILS) {
      throw new StoreException.InvalidInput("emails", "has more than " + Limits.EMAILS + " values");
    }
    if (emails.stream().filter(Email::primary).count() > 1) {
      throw new StoreException.InvalidInput("emails", "has more than one primary value");
    }
    Set<String> keys = new HashSet<>();
    for (Email email : emails) {
      if (!keys.add(email.address().key())) {
        throw new StoreException.InvalidInput("emails", "has one address twice");
      }
    }
    return emails;
  }
}
