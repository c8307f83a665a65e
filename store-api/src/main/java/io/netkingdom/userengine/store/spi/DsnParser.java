package io.netkingdom.userengine.store.spi;

import io.netkingdom.userengine.store.StoreException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Reads libpq's two forms of a connection string (PostgreSQL manual, "Connection Strings") into
 * keywords and values. No message of it repeats a value; a keyword is named only where it cannot be
 * the tail of a password that was not quoted or encoded.
 */
final class DsnParser {

  private static final int LONGEST = 8_192;
  private static final String WHITE_SPACE = " \t\n\r\f\u000B";

  private final Map<String, String> keywords = new HashMap<>();
  private boolean bareSecretSeen;

  private DsnParser() {}

  static Dsn parse(String text, LibpqEnvironment environment) {
    if (text.isBlank()) {
      throw invalid("is blank");
    }
    if (text.length() > LONGEST) {
      throw invalid("is longer than " + LONGEST + " characters");
    }
    if (text.startsWith("jdbc:")) {
      return new Dsn.Jdbc(text);
    }
    if (text.startsWith(DataSourceDsn.SCHEME)) {
      return DataSourceDsn.parse(text);
    }
    DsnParser parser = new DsnParser();
    if (text.startsWith("postgresql://")) {
      parser.uri(text.substring("postgresql://".length()));
    } else if (text.startsWith("postgres://")) {
      parser.uri(text.substring("postgres://".length()));
    } else {
      parser.keywordsAndValues(text);
    }
    return new LibpqDefaults(parser.keywords, environment).complete();
  }

  // postgresql://[user[:password]@][host][:port][,…][/dbname][?keyword=value[&…]]

  private void uri(String text) {
    noControls(text);
    if (text.indexOf(' ') >= 0) {
      throw invalid("holds a space; write it as %20");
    }
    String rest = text;
    int at = text.indexOf('@');
    int slash = text.indexOf('/');
    if (at >= 0 && (slash < 0 || at < slash)) {
      userInfo(text.substring(0, at));
      rest = text.substring(at + 1);
    }
    if (rest.indexOf('@') >= 0) {
      // Most likely the end of a password whose own @, / or ? cut it short.
      throw invalid(
          "holds an @ other than the one before the host; write @ as %40, and in a user or password"
              + " also / as %2F and ? as %3F");
    }
    int query = rest.indexOf('?');
    if (query >= 0) {
      parameters(rest.substring(query + 1));
      rest = rest.substring(0, query);
    }
    int path = rest.indexOf('/');
    if (path >= 0) {
      component("dbname", decode(rest.substring(path + 1)));
      rest = rest.substring(0, path);
    }
    hosts(rest);
  }

  private void userInfo(String text) {
    if (text.indexOf('?') >= 0) {
      throw invalid("holds a ? before its @; write ? as %3F in a user or password, or @ as %40");
    }
    int colon = text.indexOf(':');
    component("user", decode(colon < 0 ? text : text.substring(0, colon)));
    if (colon >= 0) {
      component("password", decode(text.substring(colon + 1)));
    }
  }

  private void hosts(String text) {
    StringBuilder names = new StringBuilder();
    StringBuilder ports = new StringBuilder();
    String separator = "";
    for (String element : text.split(",", -1)) {
      int end;
      String name;
      if (element.startsWith("[")) {
        int bracket = element.indexOf(']');
        if (bracket < 2) {
          throw invalid("has a [ without an IPv6 address and a ] after it");
        }
        name = element.substring(1, bracket);
        end = bracket + 1;
      } else {
        int colon = element.indexOf(':');
        end = colon < 0 ? element.length() : colon;
        name = element.substring(0, end);
      }
      if (end < element.length() && element.charAt(end) != ':') {
        throw invalid("has something other than a port after a ]");
      }
      String port = end < element.length() ? element.substring(end + 1) : "";
      names.append(separator).append(decode(name));
      ports.append(separator).append(decode(port));
      separator = ",";
    }
    component("host", names.toString());
    // Without any port there is room for one among the parameters.
    component("port", ports.chars().allMatch(c -> c == ',') ? "" : ports.toString());
  }

  private void parameters(String text) {
    boolean tlsAsked = false;
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('&', start);
      end = end < 0 ? text.length() : end;
      String parameter = text.substring(start, end);
      int equals = parameter.indexOf('=');
      if (equals < 0 || parameter.indexOf('=', equals + 1) >= 0) {
        throw invalid("has a parameter without exactly one =; write = in a value as %3D");
      }
      String keyword = decode(parameter.substring(0, equals));
      String value = decode(parameter.substring(equals + 1));
      if (keyword.equals("ssl") && value.equals("true")) {
        // For the sake of JDBC's URLs, as libpq does.
        tlsAsked = true;
      } else {
        known(keyword);
        put(keyword, value);
        bareSecretSeen |= LibpqKeywords.isSecret(keyword);
      }
      start = end + 1;
    }
    if (tlsAsked
        && !LibpqKeywords.needsTls(
            Objects.requireNonNullElse(keywords.putIfAbsent("sslmode", "require"), "require"))) {
      throw invalid("has ssl=true and an sslmode that does without TLS; leave one of them out");
    }
  }

  /** Percent-decoding as libpq does it: strictly, without a meaning for +, and without %00. */
  static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer decoded = ByteBuffer.allocate(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] != '%') {
        decoded.put(bytes[i]);
        continue;
      }
      int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        throw invalid("has a % without two hexadecimal digits after it; write % as %25");
      }
      decoded.put((byte) (high << 4 | low));
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString();
    } catch (CharacterCodingException e) {
      throw invalid("has percent-encoded bytes that are not UTF-8");
    }
  }

  // keyword = value keyword = 'value with \' and \\' …

  private void keywordsAndValues(String text) {
    int i = skipWhiteSpace(text, 0);
    while (i < text.length()) {
      int start = i;
      while (i < text.length() && text.charAt(i) != '=' && !isWhiteSpace(text.charAt(i))) {
        i++;
      }
      String keyword = text.substring(start, i);
      i = skipWhiteSpace(text, i);
      if (i == text.length() || text.charAt(i) != '=') {
        throw invalid(
            keywords.isEmpty()
                ? "is neither a postgresql:// URI, nor a jdbc: URL, nor keyword=value pairs"
                : "has a keyword without = after it; put a value with spaces in single quotes");
      }
      known(keyword);
      i = skipWhiteSpace(text, i + 1);
      boolean quoted = i < text.length() && text.charAt(i) == '\'';
      StringBuilder value = new StringBuilder();
      i = quoted ? quotedValue(text, i + 1, value) : bareValue(text, i, value);
      put(keyword, value.toString());
      bareSecretSeen |= !quoted && LibpqKeywords.isSecret(keyword);
      i = skipWhiteSpace(text, i);
    }
  }

  private static int quotedValue(String text, int start, StringBuilder value) {
    int i = start;
    while (i < text.length() && text.charAt(i) != '\'') {
      if (text.charAt(i) == '\\' && i + 1 < text.length()) {
        i++;
      }
      value.append(text.charAt(i++));
    }
    if (i == text.length()) {
      throw invalid("has a quoted value that does not end");
    }
    return i + 1;
  }

  private static int bareValue(String text, int start, StringBuilder value) {
    int i = start;
    while (i < text.length() && !isWhiteSpace(text.charAt(i))) {
      if (text.charAt(i) == '\\' && ++i == text.length()) {
        break;
      }
      value.append(text.charAt(i++));
    }
    return i;
  }

  private static int skipWhiteSpace(String text, int start) {
    int i = start;
    while (i < text.length() && isWhiteSpace(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private static boolean isWhiteSpace(char c) {
    return WHITE_SPACE.indexOf(c) >= 0;
  }

  // Both forms

  private void known(String keyword) {
    if (LibpqKeywords.isKnown(keyword)) {
      return;
    }
    if (bareSecretSeen) {
      throw invalid(
          "has an unknown keyword after a password; quote or encode the password, if it is a part"
              + " of it");
    }
    throw invalid(
        LibpqKeywords.looksLikeOne(keyword)
            ? keyword + " is not one of libpq's keywords"
            : "has something that is not one of libpq's keywords before an =");
  }

  /** An empty part of a URI leaves open what it stands for. */
  private void component(String keyword, String value) {
    if (!value.isEmpty()) {
      put(keyword, value);
    }
  }

  /** An empty value is one: nothing else is asked for another, as in libpq. */
  private void put(String keyword, String value) {
    wellFormed(value, keyword);
    if (keywords.putIfAbsent(keyword, value) != null) {
      throw invalid(keyword + " is given more than once");
    }
  }

  /** Refuses what no server could take: NUL, and surrogates that are not in pairs. */
  static void wellFormed(String value, String what) {
    if (value.indexOf('\0') >= 0) {
      throw invalid(what + " contains U+0000");
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
      throw invalid(what + " has a lone surrogate");
    }
  }

  static void nonEmpty(String value, String what) {
    if (value.isEmpty()) {
      throw invalid(what + " is empty");
    }
    wellFormed(value, what);
  }

  static void noControls(String text) {
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw invalid("holds a control character");
    }
  }

  static StoreException.InvalidInput invalid(String reason) {
    return new StoreException.InvalidInput("dsn", reason);
  }
}
