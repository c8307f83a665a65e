package io.netkingdom.userengine.store.spi;

import java.util.Map;

/**
 * libpq's connection service file (PostgreSQL manual, "The Connection Service File"): sections of
 * {@code keyword=value} lines, each under the name of a service in brackets.
 */
final class ServiceFile {

  private final LibpqFile file;

  ServiceFile(LibpqFile file) {
    this.file = file;
  }

  /**
   * Adds what the first section of this name says of keywords that have no value yet, the first of
   * its lines on each; what is in other sections is not looked at. Returns false if there is no
   * such section.
   *
   * @throws io.netkingdom.userengine.store.StoreException.InvalidInput naming the line, if it is
   *     none that a service may have
   */
  boolean addTo(Map<String, String> values, String service) {
    String header = "[" + LibpqFile.bytes(service) + "]";
    boolean here = false;
    boolean secretSeen = false;
    for (int i = 0; i < file.lines().size(); i++) {
      String line = file.lines().get(i).trim();
      if (line.startsWith("[")) {
        if (here) {
          return true;
        }
        here = line.startsWith(header);
      } else if (here && !line.isEmpty() && !line.startsWith("#")) {
        String keyword = keyword(line, i, secretSeen);
        secretSeen |= LibpqKeywords.isSecret(keyword);
        values.putIfAbsent(keyword, file.text(line.substring(keyword.length() + 1), i));
      }
    }
    return here;
  }

  private String keyword(String line, int index, boolean secretSeen) {
    if (line.startsWith("ldap")) {
      throw DsnParser.invalid(file.at(index) + " asks LDAP, which is not supported");
    }
    int equals = line.indexOf('=');
    if (equals < 0) {
      throw DsnParser.invalid(file.at(index) + " is not keyword=value");
    }
    String keyword = line.substring(0, equals);
    if (keyword.equals("service") || keyword.equals("servicefile")) {
      throw DsnParser.invalid(file.at(index) + " names a service within a service");
    }
    if (!LibpqKeywords.isKnown(keyword)) {
      // After a password it may be the rest of that, gone on to a second line.
      throw DsnParser.invalid(
          file.at(index)
              + ": "
              + (!secretSeen && LibpqKeywords.looksLikeOne(keyword)
                  ? keyword
                  : "what stands before the =, spaces included,")
              + " is not one of libpq's keywords");
    }
    return keyword;
  }
}
