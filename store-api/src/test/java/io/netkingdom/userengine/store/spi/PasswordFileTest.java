package io.netkingdom.userengine.store.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which password a password file has. What is expected is what libpq 18.6 took from the same file,
 * where no other source is named.
 */
final class PasswordFileTest {

  private static final String CANARY = "Canary-5e6f";

  @TempDir private Path home;

  private @Nullable String password(String content, String text) {
    Surroundings surroundings = new Surroundings(home);
    surroundings.file(".pgpass", content);
    return surroundings.parse(text).password();
  }

  private String refusal(String content, String permissions, String text) {
    Surroundings surroundings = new Surroundings(home);
    surroundings.file(".pgpass", content.getBytes(StandardCharsets.UTF_8), permissions);
    String reason = surroundings.refusal(text);
    assertFalse(reason.contains(CANARY), reason);
    return reason.replace(home.toString(), "~");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      quoteCharacter = '`',
      value = {
        "h:5432:db:u:p<lf>||p",
        "h:5432:db:u:p||p",
        "h:5432:db:u:p<cr><lf>||p",
        "<lf><cr><lf>*:*:*:*:p<cr><cr><lf>||p",
        "*:*:*:*:p||p",
        "h:*:*:*:p||p",
        "*:5432:*:*:p||p",
        "*:*:db:*:p||p",
        "*:*:*:u:p||p",
        "i:*:*:*:p||",
        "H:*:*:*:p||",
        "*:1:*:*:p||",
        "*:05432:*:*:p||",
        "*:*:d:*:p||",
        "*:*:dbx:*:p||",
        "*:*:d*:*:p||",
        "*:*:*:v:p||",
        "h:5432:db:u||",
        "*:*:*:*||",
        ":*:*:*:p||",
        // The first that fits counts, even if its password is empty.
        "*:*:*:*:first<lf>*:*:*:*:second||first",
        "*:*:other:*:first<lf>*:*:*:*:second||second",
        "*:*:*:*:<lf>*:*:*:*:second||",
        "*:*:*:*<lf>*:*:*:*:second||second",
        // A comment starts at the start of a line; nothing is trimmed.
        "#*:*:*:*:p||",
        "# a comment<lf>*:*:*:*:p||p",
        " # none<lf><lf>*:*:*:*:p||p",
        " *:*:*:*:p||",
        "*:*:*:*: p  q ||` p  q `",
        // Backslashes.
        "*:*:*:*:a\\:b\\\\c\\d||a:b\\cd",
        "*:*:*:*:a\\||a\\",
        "*:*:*:*:a:b||a",
        "*:*:*:*:a\\:b:c||a:b",
        "*:*:d\\:b:*:p|dbname=d:b|p",
        "*:*:d:b:*:p|dbname=d:b|p",
        "*:*:d:b:*:p|dbname=d|",
        "*:*:d\\b:*:p||p",
        "*:*:d\\\\b:*:p|dbname=d\\\\b|p",
        "*:*:d\\b:*:p|dbname=d\\\\b|",
        "*:*:\\*:*:p|dbname=*|p",
        "*:*:\\*:*:p||",
        "*:*:**:*:p||",
        "*:*:db:u\\::p|user=u:|p",
        "*:*:db:u::p|user=u:|p",
        "*:*:db:u\\:p||",
        "*:*:db:u\\||",
        "*:*:db\\:u:p||",
        // Hosts as they are written.
        "::1:*:*:*:p|host=::1|p",
        "\\:\\:1:*:*:*:p|host=::1|p",
        "localhost:*:*:*:p|host=''|p",
        "localhost:*:*:*:p|host=localhost|p",
        "LOCALHOST:*:*:*:p|host=localhost|",
        "localhost:*:*:*:p|host=/tmp|p",
        "/tmp:*:*:*:p|host=/tmp|",
        "/srv/pg:*:*:*:p|host=/srv/pg|p",
        "localhost:*:*:*:p|host=/srv/pg|",
        "127.0.0.1:*:*:*:p|host='' hostaddr=127.0.0.1|p",
        "localhost:*:*:*:p|host='' hostaddr=127.0.0.1|",
        "127.0.0.1:*:*:*:p|host=h.example hostaddr=127.0.0.1|",
        "h.example:*:*:*:p|host=h.example hostaddr=127.0.0.1|p",
        // As distributions build libpq; the same with psql 15 of Debian.
        "localhost:*:*:*:p|host=/var/run/postgresql|p",
        "*:7:*:*:p|port=7|p",
        "*:*:ü:*:€|dbname=ü|€",
      })
  void aPasswordIsFoundAsLibpqFindsIt(
      String content, @Nullable String more, @Nullable String password) {
    String text = more == null ? "" : more;
    text += text.contains("host=") ? "" : " host=h";
    text += text.contains("dbname=") ? "" : " dbname=db";
    text += text.contains("user=") ? "" : " user=u";
    assertEquals(password, password(content.replace("<cr>", "\r").replace("<lf>", "\n"), text));
  }

  @Test
  void onlyTheLineThatFitsNeedBeUtf8() throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.write(new byte[] {(byte) 0xFF, ':', '*', ':', '*', ':', '*', ':', 'x', '\n'});
    content.write("*:*:*:*:p".getBytes(StandardCharsets.UTF_8));
    Surroundings surroundings = new Surroundings(home);
    surroundings.file(".pgpass", content.toByteArray(), "rw-------");
    assertEquals("p", surroundings.parse("host=h").password());

    content.write(0xFF);
    surroundings.file(".pgpass", content.toByteArray(), "rw-------");
    assertEquals(
        "line 2 of " + home.resolve(".pgpass") + " is not UTF-8", surroundings.refusal("host=h"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r--r--", "rw-r-----", "rw----r--", "rw---x---", "rwxrwxrwx"})
  void aPasswordThatOthersCanGetAtIsRefusedAndTheFileNamed(String permissions) {
    assumePosix();
    assertEquals(
        "the password file ~/.pgpass can be accessed by others: chmod 600 it",
        refusal("h:*:*:*:" + CANARY, permissions, "host=h"));
  }

  @Test
  void aFileThatOthersCanGetAtIsNoObstacleIfNoPasswordIsTakenFromIt() {
    assumePosix();
    Surroundings surroundings = new Surroundings(home);
    surroundings.file(
        ".pgpass", ("h:*:*:*:" + CANARY).getBytes(StandardCharsets.UTF_8), "rw-r--r--");
    assertNull(surroundings.parse("host=i").password());
    assertEquals("own", surroundings.parse("host=h password=own").password());
  }

  @ParameterizedTest
  @ValueSource(strings = {"r--------", "rwx------"})
  void whatTheOwnerMayDoIsTheOwnersAffair(String permissions) {
    Surroundings surroundings = new Surroundings(home);
    surroundings.file(".pgpass", "*:*:*:*:p".getBytes(StandardCharsets.UTF_8), permissions);
    assertEquals("p", surroundings.parse("host=h").password());
  }

  @Test
  void aLinkCountsAsWhatItLeadsTo() throws IOException {
    assumePosix();
    Surroundings surroundings = new Surroundings(home);
    Path file = surroundings.file("elsewhere", "*:*:*:*:p");
    Files.createSymbolicLink(home.resolve(".pgpass"), file);
    assertEquals("p", surroundings.parse("host=h").password());
    surroundings.file("elsewhere", "*:*:*:*:p".getBytes(StandardCharsets.UTF_8), "rw-r--r--");
    assertEquals(
        "the password file " + home.resolve(".pgpass") + " can be accessed by others: chmod 600 it",
        surroundings.refusal("host=h"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*:*:*:*:p | p",
        "h1:*:*:*:p<lf>h2:*:*:*:p | p",
        "h3:*:*:*:p | ",
        "h1:*:*:*:<lf>h3:*:*:*:p | ",
      })
  void severalHostsMayHaveOnePassword(String content, @Nullable String password) {
    assertEquals(password, password(content.replace("<lf>", "\n"), "host=h1,h2 user=u"));
  }

  /** Where libpq would send each host its own, or none to some. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "h1:*:*:*:%s-1<lf>h2:*:*:*:%s-2",
        "h1:*:*:*:%s-1<lf>*:*:*:*:%s-2",
        "h1:*:*:*:%s",
        "h2:*:*:*:%s",
        "*:1:*:*:%s",
      })
  void severalHostsWithDifferentPasswordsAreRefused(String content) {
    assertEquals(
        "the password file ~/.pgpass has not one password for all of the hosts; a JDBC driver is"
            + " told only one, so give them the same there, or name one host",
        refusal(
            content.replace("%s", CANARY).replace("<lf>", "\n"),
            "rw-------",
            "host=h1,h2 port=1,2 user=u"));
  }

  /** A pipe, for one, would be waited for. */
  @Test
  void aDeviceIsNoPlainFile() {
    assumeTrue(Files.exists(Path.of("/dev/null")), "there is no /dev/null");
    Surroundings surroundings = new Surroundings(home).with("PGPASSFILE", "/dev/null");
    assertNull(surroundings.parse("host=h").password());
    assertEquals(
        "the password file that passfile names is not there, is not a plain file, or cannot be read"
            + " (read besides the DSN: PGPORT)",
        surroundings.with("PGPORT", "7").refusal("host=h passfile=/dev/null"));
  }

  private void assumePosix() {
    assumeTrue(
        Files.getFileAttributeView(home, PosixFileAttributeView.class) != null,
        "this file system has no permissions in the manner of POSIX");
  }
}
