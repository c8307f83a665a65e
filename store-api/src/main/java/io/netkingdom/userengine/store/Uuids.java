package io.netkingdom.userengine.store;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;

/** UUIDs: parsing that accepts the canonical form alone, and version 7. */
final class Uuids {

  /** By unsigned bytes, as databases order them; {@link UUID#compareTo} is signed. */
  static final Comparator<UUID> UNSIGNED =
      Comparator.comparing(UUID::getMostSignificantBits, Long::compareUnsigned)
          .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

  private static final SecureRandom RANDOM = new SecureRandom();

  private Uuids() {}

  static UUID parse(String field, String text) {
    try {
      UUID uuid = UUID.fromString(text);
      // The JDK also takes shortened groups; two spellings of one id would compare unequal as text.
      if (uuid.toString().equalsIgnoreCase(text)) {
        return uuid;
      }
    } catch (IllegalArgumentException e) {
      // The same answer as for a shortened form: the JDK's message would repeat the caller's text.
    }
    throw new StoreException.InvalidInput(field, "is not a UUID");
  }

  /** RFC 9562, section 5.7: 48 bits of milliseconds, the version, 12 + 62 random bits. */
  static UUID version7(Instant now) {
    long high = (now.toEpochMilli() & 0xFFFF_FFFF_FFFFL) << 16;
    high |= 0x7000L | (RANDOM.nextInt() & 0x0FFFL);
    long low = (RANDOM.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }
}
