package io.netkingdom.userengine.store.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a service file is read. What is expected is what libpq 18.6 made of the same file. */
final class ServiceFileTest {

  private static final String CANARY = "Canary-5e6f";

  @TempDir private Path home;

  private String refusal(String content) {
    Surroundings surroundings = new Surroundings(home);
    surroundings.file(".pg_service.conf", lines(content));
    String reason = surroundings.refusal("service=s");
    assertFalse(reason.contains(CANARY), reason);
    return reason.replace(home.resolve(".pg_service.conf").toString(), "FILE");
  }

  private static String lines(String content) {
    return content.replace("<tab>", "\t").replace("<cr>", "\r").replace("<lf>", "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "[s]<lf>host=h<lf>port=7<lf>|[h:7] os-user os-user null {}",
        "[s]<cr><lf>host=h<cr><lf>|[h:5432] os-user os-user null {}",
        "[s]<lf>host=h|[h:5432] os-user os-user null {}",
        "[s]|[localhost:5432] os-user os-user null {}",
        "<tab>[s]  <lf>  host=h<tab> <lf>|[h:5432] os-user os-user null {}",
        "# c<lf>[s]<lf><lf>  # c<lf>#host=x<lf>host=h|[h:5432] os-user os-user null {}",
        // Only white space around a line goes away.
        "[s]<lf>password= p q |[localhost:5432] os-user os-user  p q {}",
        "[s]<lf>dbname=a=b|[localhost:5432] a=b os-user null {}",
        "[s]<lf>user=a%40b\\n'c'|[localhost:5432] a%40b\\n'c' a%40b\\n'c' null {}",
        "[s]<lf>options=-c a=b #c|[localhost:5432] os-user os-user null {options=-c a=b #c}",
        // The first of several counts.
        "[s]<lf>host=h<lf>host=i|[h:5432] os-user os-user null {}",
        "[s]<lf>host=h<lf>[s]<lf>port=7|[h:5432] os-user os-user null {}",
        "[s]<lf>application_name=<lf>application_name=a|[localhost:5432] os-user os-user null {}",
        // What is in another section, or in none, is not looked at.
        "nonsense<lf>[t]<lf>nonsense<lf>nope=1<lf>[s]<lf>host=h<lf>[u]<lf>nonsense"
            + "|[h:5432] os-user os-user null {}",
        "[ss]<lf>host=x<lf>[S]<lf>host=y<lf>[ s]<lf>host=z<lf>[s]<lf>host=h"
            + "|[h:5432] os-user os-user null {}",
        "[s] c]<lf>host=h|[h:5432] os-user os-user null {}",
        "[s]<lf>user=ü|[localhost:5432] ü ü null {}",
      })
  void aServiceIsReadAsLibpqReadsIt(String content, String spelled) {
    Surroundings surroundings = new Surroundings(home);
    surroundings.file(".pg_service.conf", lines(content));
    assertEquals(spelled, Surroundings.spelled(surroundings.parse("service=s")));
  }

  @Test
  void onlyTheServiceNeedBeUtf8() throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.write("[t]\nuser=".getBytes(StandardCharsets.UTF_8));
    content.write(0xFF);
    content.write("\n[ß]\nhost=h\n".getBytes(StandardCharsets.UTF_8));
    Surroundings surroundings = new Surroundings(home);
    Path file = surroundings.file(".pg_service.conf", content.toByteArray(), "rw-------");
    assertEquals(
        "[h:5432] os-user os-user null {}", Surroundings.spelled(surroundings.parse("service=ß")));
    assertEquals("line 2 of " + file + " is not UTF-8", surroundings.refusal("service=t"));
  }

  /** libpq 18 has one message for all of these, a syntax error; 19 tells some of them apart. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "[s]<lf>host h|line 2 of FILE is not keyword=value",
        "[s]<lf>host=h<lf><lf>x|line 4 of FILE is not keyword=value",
        "[s]<lf>nope=1|line 2 of FILE: nope is not one of libpq's keywords",
        "[s]<lf>HOST=h|line 2 of FILE: HOST is not one of libpq's keywords",
        "[s]<lf>ssl=true|line 2 of FILE: ssl is not one of libpq's keywords",
        "[s]<lf>host = h|line 2 of FILE: what stands before the =, spaces included, is not one of"
            + " libpq's keywords",
        "[s]<lf>'host'=h|line 2 of FILE: what stands before the =, spaces included, is not one of"
            + " libpq's keywords",
        "[s]<lf>password=x<lf>rest=y|line 3 of FILE: what stands before the =, spaces included, is"
            + " not one of libpq's keywords",
        "[s]<lf>service=t|line 2 of FILE names a service within a service",
        "[s]<lf>servicefile=t|line 2 of FILE names a service within a service",
        "[s]<lf>ldap://h/dc=x?a?b?c|line 2 of FILE asks LDAP, which is not supported",
        "[t]<lf>host=h|the service s is not defined in FILE",
        "|the service s is not defined in FILE",
        "[s]<lf>port=x|a port is not a number from 1 to 65535 (read besides the DSN: FILE)",
        "[s]<lf>sslmode=|sslmode is empty (read besides the DSN: FILE)",
      })
  void whatIsNoServiceIsRefusedWithItsLine(@Nullable String content, String reason) {
    assertEquals(reason, refusal(content == null ? "" : content));
  }

  @Test
  void bothFilesAreNamedIfNoneHasTheService() {
    Surroundings surroundings = new Surroundings(home);
    Path mine = surroundings.file(".pg_service.conf", "[t]\n");
    Path everybodys = surroundings.file("etc/pg_service.conf", "[u]\n");
    surroundings.with("PGSYSCONFDIR", home.resolve("etc").toString()).with("PGSERVICE", "s");
    assertEquals(
        "the service s is not defined in "
            + mine
            + " or "
            + everybodys
            + " (read besides the DSN: PGSERVICE)",
        surroundings.refusal("postgresql://"));
  }

  @Test
  void aServiceFileThatIsNoPlainFileIsRefused() {
    Surroundings surroundings = new Surroundings(home);
    surroundings.file(".pg_service.conf/x", "");
    assertEquals(
        "the service file "
            + home.resolve(".pg_service.conf")
            + " is not there, is not a plain file, or cannot be read",
        surroundings.refusal("service=s"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[s]<lf>password=%s<lf>sslmode=on",
        "[s]<lf>password=%s<lf>port=x",
        "[s]<lf>password=x<lf>%s",
        "[s]<lf>password=x<lf>%s=y",
        "[s]<lf>%s",
        "[s]<lf>%s y=z",
        "[s]<lf>ldap%s",
        "[s]<lf>service=%s",
        "[s]<lf>sslmode=%s",
        "[s]<lf>host=%s?",
        "[%s]",
        "%s",
        "[s]<lf>passfile=%s<lf>port=%s",
      })
  void noRefusalRepeatsALine(String content) {
    assertFalse(refusal(content.replace("%s", CANARY)).isEmpty());
  }
}
