package io.netkingdom.userengine.store.postgres.provider;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names of properties that are known to load classes, to write to files or to run what a URL brings
 * along, in one driver or another. A driver that nobody knows has no list of what is safe; this one
 * keeps out what forks of pgjdbc inherit, and what other drivers became known for. It is no promise
 * that nothing else is dangerous.
 */
final class DangerousNames {

  private static final List<String> NAMES =
      List.of(
          // pgjdbc and its forks
          "authenticationPluginClassName",
          "classLoaderStrategy",
          "connectExecutor",
          "connectExecutorArg",
          "loggerFile",
          "loggerLevel",
          "socketFactory",
          "socketFactoryArg",
          "sslfactory",
          "sslfactoryarg",
          "sslhostnameverifier",
          "sslpasswordcallback",
          "xmlFactoryFactory",
          // pgjdbc-ng, and wrappers that trace
          "api.trace.file",
          "protocol.trace.file",
          "sql.trace.file",
          "ssl.key.password.callback",
          // MySQL's, H2's and Db2's
          "allowLoadLocalInfile",
          "allowUrlInLocalInfile",
          "autoDeserialize",
          "clientRerouteServerListJNDIName",
          "init",
          "queryInterceptors",
          "statementInterceptors",
          "traceFile");

  /** As a whole word with a = after it, wherever a driver's grammar may put it. */
  private static final Pattern PROPERTY =
      Pattern.compile(
          NAMES.stream()
              .map(Pattern::quote)
              .collect(Collectors.joining("|", "(?<![A-Za-z0-9_.])(?i:(", "))\\s*=")));

  private DangerousNames() {}

  /** The first of the names that a URL sets a property by, if it does. */
  static Optional<String> in(String url) {
    return Optional.of(url)
        .flatMap(DangerousNames::find)
        .or(() -> find(decode(url)))
        .or(() -> find(decode(decode(url))));
  }

  /** Whether a property has one of the names. */
  static boolean contains(String name) {
    return NAMES.stream().anyMatch(n -> n.equalsIgnoreCase(name));
  }

  private static Optional<String> find(String url) {
    return PROPERTY
        .matcher(url)
        .results()
        .map(found -> found.group(1).toLowerCase(Locale.ROOT))
        .flatMap(found -> NAMES.stream().filter(n -> n.equalsIgnoreCase(found)))
        .findFirst();
  }

  /** What a driver may make of it; a text that is not encoded stays what it is. */
  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
