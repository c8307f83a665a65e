package io.netkingdom.userengine.store.spi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * libpq's password file (PostgreSQL manual, "The Password File"): lines of {@code
 * host:port:database:user:password}, of which the first that fits counts.
 */
final class PasswordFile {

  /** Where libpq has its sockets when it was built as PostgreSQL or as the distributions do it. */
  private static final Set<String> SOCKET_DIRECTORIES =
      Set.of("/tmp", "/var/run/postgresql", "/run/postgresql");

  private static final Set<PosixFilePermission> OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  private final LibpqFile file;

  PasswordFile(LibpqFile file) {
    this.file = file;
  }

  /**
   * The one password for all of these hosts, as a JDBC driver is told only one; null if the file
   * has none for any of them.
   *
   * @throws io.netkingdom.userengine.store.StoreException.InvalidInput if the hosts' passwords
   *     differ, or if there is one and the file is open to others
   */
  @Nullable String password(List<Dsn.Host> hosts, String database, String user) {
    List<String> found =
        hosts.stream()
            .map(host -> password(host, database, user))
            .distinct()
            .collect(Collectors.toList());
    if (found.size() > 1) {
      throw DsnParser.invalid(
          "the password file "
              + file
              + " has not one password for all of the hosts; a JDBC driver is told only one, so"
              + " give them the same there, or name one host");
    }
    String password = found.get(0);
    if (password.isEmpty()) {
      return null;
    }
    if (isOpenToOthers()) {
      throw DsnParser.invalid(
          "the password file " + file + " can be accessed by others: chmod 600 it");
    }
    return password;
  }

  private boolean isOpenToOthers() {
    PosixFileAttributeView view =
        Files.getFileAttributeView(file.path(), PosixFileAttributeView.class, new LinkOption[0]);
    try {
      return view != null
          && view.readAttributes().permissions().stream().anyMatch(OTHERS::contains);
    } catch (IOException e) {
      throw DsnParser.invalid("the permissions of the password file " + file + " cannot be read");
    }
  }

  /** The password for one host; empty if there is none. */
  private String password(Dsn.Host host, String database, String user) {
    String name = SOCKET_DIRECTORIES.contains(host.name()) ? "localhost" : host.name();
    List<String> fields = List.of(name, Integer.toString(host.port()), database, user);
    for (int i = 0; i < file.lines().size(); i++) {
      String line = file.lines().get(i).replaceFirst("\r+$", "");
      // A comment fits nothing, as no host begins with #.
      int end = 0;
      for (String field : fields) {
        end = end < 0 ? end : endOfField(line, end, LibpqFile.bytes(field));
      }
      if (end >= 0) {
        return file.text(unescaped(line, end), i);
      }
    }
    return "";
  }

  /**
   * Where the next field starts, if this one is {@code *} or the value; else -1. As in libpq, a
   * colon ends the field only where the value ends, so that {@code ::1} needs no backslashes.
   */
  private static int endOfField(String line, int start, String value) {
    if (line.startsWith("*:", start)) {
      return start + 2;
    }
    int matched = 0;
    for (int i = start; i < line.length(); i++) {
      boolean escaped = line.charAt(i) == '\\';
      if (escaped && ++i == line.length()) {
        return -1;
      }
      if (matched == value.length()) {
        return line.charAt(i) == ':' && !escaped ? i + 1 : -1;
      }
      if (line.charAt(i) != value.charAt(matched++)) {
        return -1;
      }
    }
    return -1;
  }

  /** The password: up to a colon that has no backslash before it, or to the end. */
  private static String unescaped(String line, int start) {
    StringBuilder password = new StringBuilder();
    for (int i = start; i < line.length() && line.charAt(i) != ':'; i++) {
      if (line.charAt(i) == '\\' && i + 1 < line.length()) {
        i++;
      }
      password.append(line.charAt(i));
    }
    return password.toString();
  }
}
