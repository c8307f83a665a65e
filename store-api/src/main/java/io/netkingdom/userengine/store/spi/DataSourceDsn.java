package io.netkingdom.userengine.store.spi;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the form {@code datasource:CLASS[?property=value[&…]]}; no message repeats a value. */
final class DataSourceDsn {

  static final String SCHEME = "datasource:";

  /** A binary name, as {@link Class#forName(String)} takes it. */
  private static final Pattern CLASS =
      Pattern.compile("(?=.{1,256}$)[A-Za-z_$][\\w$]*(\\.[A-Za-z_$][\\w$]*)*");

  private static final Pattern PROPERTY = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");

  private DataSourceDsn() {}

  static Dsn.DataSourceClass parse(String text) {
    DsnParser.noControls(text);
    String rest = text.substring(SCHEME.length());
    int query = rest.indexOf('?');
    Map<String, String> properties = new TreeMap<>();
    if (query >= 0) {
      for (String pair : rest.substring(query + 1).split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals < 0 || pair.indexOf('=', equals + 1) >= 0) {
          throw DsnParser.invalid(
              "has a property without exactly one =; write = in a value as %3D, and & as %26");
        }
        String value = DsnParser.decode(pair.substring(equals + 1));
        if (properties.put(pair.substring(0, equals), value) != null) {
          throw DsnParser.invalid("has a property that is given more than once");
        }
      }
    }
    return new Dsn.DataSourceClass(query < 0 ? rest : rest.substring(0, query), properties);
  }

  static void checkClass(String name) {
    if (!CLASS.matcher(name).matches()) {
      throw DsnParser.invalid("has no name of a class after datasource:");
    }
  }

  static void checkProperty(String name, String value) {
    if (!PROPERTY.matcher(name).matches()) {
      throw DsnParser.invalid("has a property whose name is not that of a bean's property");
    }
    DsnParser.wellFormed(value, "a property");
  }

  /** The values that may appear nowhere, as far as a name tells. */
  static Stream<String> secrets(Map<String, String> properties) {
    return properties.entrySet().stream()
        .filter(e -> e.getKey().toLowerCase(Locale.ROOT).contains("password"))
        .map(Map.Entry::getValue);
  }
}
