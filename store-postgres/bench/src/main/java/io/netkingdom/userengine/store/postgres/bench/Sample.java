package io.netkingdom.userengine.store.postgres.bench;

import io.netkingdom.userengine.store.Json;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserId;
import java.util.UUID;

/** The users that are there from the beginning, and what those are like who come. */
final class Sample {

  static final TenantId TENANT = TenantId.of("acme");
  static final String ISSUER = "https://idp.example";
  static final Json PAYLOAD = Json.object("source", "bench");

  static final int USERS = 20_000;
  static final int MESSAGES = 1_000;
  static final int PAGE = 100;
  static final int IMPORT = 1_000;

  private Sample() {}

  static UserId id(int number) {
    return UserId.of(new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0000L | number));
  }

  static String name(int number) {
    return String.format("user%05d", number);
  }

  /** A user of that name, the same whenever it is asked for. */
  static UserDraft user(String name) {
    return UserDraft.named(name).withDisplayName(displayName(name)).withEmail(address(name));
  }

  static String displayName(String name) {
    return "The user " + name;
  }

  static String address(String name) {
    return name + "@example.org";
  }
}
