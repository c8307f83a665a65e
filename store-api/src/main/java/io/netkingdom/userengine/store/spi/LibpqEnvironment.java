package io.netkingdom.userengine.store.spi;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is around a connection string: the process's environment variables, and where its user is at
 * home.
 *
 * @param variables all environment variables; values may be secret
 * @param user the operating system's name of the user
 * @param home the user's home, where {@code HOME} does not name one
 * @param windows whether files have the places and names that libpq gives them on Windows
 */
record LibpqEnvironment(Map<String, String> variables, String user, String home, boolean windows) {

  /** That of this process, with these variables in the place of its own. */
  static LibpqEnvironment with(Map<String, String> variables) {
    return new LibpqEnvironment(
        Map.copyOf(variables),
        System.getProperty("user.name", ""),
        System.getProperty("user.home", ""),
        System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows"));
  }

  /** The variable's value, which may be empty; null if it is not set. */
  @Nullable String variable(String name) {
    return variables.get(name);
  }

  /**
   * A file of the user's, in the directory where libpq looks for such: the home on Unix, {@code
   * %APPDATA%\postgresql} on Windows. Null if there is no such directory.
   */
  @Nullable Path userFile(String unixName, String windowsName) {
    String root = variables.getOrDefault(windows ? "APPDATA" : "HOME", "");
    if (root.isEmpty()) {
      root = windows ? "" : home;
    }
    try {
      return root.isEmpty()
          ? null
          : windows ? Path.of(root, "postgresql", windowsName) : Path.of(root, unixName);
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /** Nothing of it: variables hold passwords. */
  @Override
  public String toString() {
    return "LibpqEnvironment";
  }
}
