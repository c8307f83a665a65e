package io.netkingdom.userengine.store.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which of the connection string, a service, the environment and a password file has its say. What
 * is expected is what libpq 18.6 answered to the same, but for the default host.
 */
final class LibpqDefaultsTest {

  private static final String CANARY = "Canary-5e6f";

  @TempDir private Path home;

  private Surroundings surroundings() {
    return new Surroundings(home);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PGHOST=h PGPORT=7 PGUSER=eu PGDATABASE=ed PGPASSWORD=ep | user=u | [h:7] ed u ep {}",
        "PGHOST=h PGPORT=7 PGUSER=eu PGDATABASE=ed PGPASSWORD=ep | host=d | [d:7] ed eu ep {}",
        "PGHOST=h PGUSER=eu | postgresql:// | [h:5432] eu eu null {}",
        // A part of a URI that is empty is open, a parameter or value that is empty is not.
        "PGPORT=7 PGUSER=eu PGDATABASE=ed PGPASSWORD=ep | postgresql://:@h:/ | [h:7] ed eu ep {}",
        "PGUSER=eu PGDATABASE=ed PGPASSWORD=ep | postgresql://h/?dbname=&user="
            + " | [h:5432] os-user os-user ep {}",
        "PGHOST=h PGPORT=7 PGUSER=eu PGDATABASE=ed PGPASSWORD=ep"
            + " | host='' port='' user='' dbname='' password=''"
            + " | [localhost:5432] os-user os-user null {}",
        "PGHOST= PGPORT= PGUSER= PGDATABASE= PGPASSWORD= PGHOSTADDR= PGOPTIONS= | user=u"
            + " | [localhost:5432] u u null {}",
        "PGHOST=h1,h2 | postgresql://u@:7/db | [h1:7, h2:7] db u null {}",
        "PGPORT=1,2 | user=u host=h1,h2 | [h1:1, h2:2] u u null {}",
        "PGHOSTADDR=127.0.0.1 | user=u | [127.0.0.1:5432] u u null {}",
        "PGHOSTADDR=127.0.0.1 PGHOST=h | user=u | [h:5432] u u null {hostaddr=127.0.0.1}",
        "PGHOSTADDR=127.0.0.1 | user=u host=h | [h:5432] u u null {hostaddr=127.0.0.1}",
        "PGAPPNAME=a PGOPTIONS=-ca=b PGCONNECT_TIMEOUT=3 PGSSLMODE=require | user=u"
            + " | [localhost:5432] u u null"
            + " {application_name=a, connect_timeout=3, options=-ca=b, sslmode=require}",
        "PGAPPNAME=a | user=u application_name='' | [localhost:5432] u u null {}",
        "PGSSLMODE=on | user=u sslmode=disable | [localhost:5432] u u null {sslmode=disable}",
        "PGREQUIRESSL=1 | user=u | [localhost:5432] u u null {sslmode=require}",
        "PGREQUIRESSL=0 | user=u | [localhost:5432] u u null {}",
        "PGREQUIRESSL=1 | user=u sslmode=allow | [localhost:5432] u u null {sslmode=allow}",
        "PGREQUIRESSL=1 PGSSLMODE=disable | user=u"
            + " | [localhost:5432] u u null {sslmode=disable}",
        "PGSSLROOTCERT=system | user=u"
            + " | [localhost:5432] u u null {sslmode=verify-full, sslrootcert=system}",
        // These say nothing of where a database is or how to sign in there.
        "PGTZ=x PGDATESTYLE=x PGGEQO=x PGCLIENTENCODING=LATIN1 PGLOCALEDIR=x PGOAUTHDEBUG=x"
            + " | user=u | [localhost:5432] u u null {}",
      })
  void theEnvironmentCompletesTheString(String variables, String text, String spelled) {
    assertEquals(spelled, Surroundings.spelled(surroundings().with(variables).parse(text)));
  }

  /** As {@code PQconndefaults} of libpq 18.6 lists them, without those that are not parameters. */
  @Test
  void everyVariableOfAKeywordIsRead() {
    Surroundings surroundings = surroundings();
    Map<String, String> expected = new TreeMap<>();
    for (String pair :
        """
        application_name=PGAPPNAME channel_binding=PGCHANNELBINDING
        connect_timeout=PGCONNECT_TIMEOUT gssdelegation=PGGSSDELEGATION gssencmode=PGGSSENCMODE
        gsslib=PGGSSLIB hostaddr=PGHOSTADDR krbsrvname=PGKRBSRVNAME
        load_balance_hosts=PGLOADBALANCEHOSTS max_protocol_version=PGMAXPROTOCOLVERSION
        min_protocol_version=PGMINPROTOCOLVERSION options=PGOPTIONS require_auth=PGREQUIREAUTH
        requirepeer=PGREQUIREPEER ssl_max_protocol_version=PGSSLMAXPROTOCOLVERSION
        ssl_min_protocol_version=PGSSLMINPROTOCOLVERSION sslcert=PGSSLCERT
        sslcertmode=PGSSLCERTMODE sslcompression=PGSSLCOMPRESSION sslcrl=PGSSLCRL
        sslcrldir=PGSSLCRLDIR sslkey=PGSSLKEY sslmode=PGSSLMODE sslnegotiation=PGSSLNEGOTIATION
        sslrootcert=PGSSLROOTCERT sslsni=PGSSLSNI target_session_attrs=PGTARGETSESSIONATTRS
        """
            .strip()
            .split("\\s+", -1)) {
      String keyword = pair.substring(0, pair.indexOf('='));
      String value =
          switch (keyword) {
            case "channel_binding", "gssencmode", "load_balance_hosts", "sslcertmode" -> "disable";
            case "sslmode" -> "require";
            case "require_auth" -> "none";
            case "ssl_max_protocol_version", "ssl_min_protocol_version" -> "TLSv1.3";
            case "connect_timeout" -> "3";
            case "max_protocol_version", "min_protocol_version" -> "3.2";
            case "sslnegotiation" -> "direct";
            case "target_session_attrs" -> "any";
            default -> "v";
          };
      surroundings.with(pair.substring(pair.indexOf('=') + 1), value);
      expected.put(keyword, value);
    }
    surroundings.with("PGHOST=h PGPORT=7 PGUSER=eu PGDATABASE=ed PGPASSWORD=ep");

    Dsn.Postgres dsn = surroundings.parse("postgresql://");

    assertEquals("[h:7] ed eu ep " + expected, Surroundings.spelled(dsn));
    assertEquals(
        new TreeSet<>(List.of("dbname", "host", "passfile", "password", "port", "user")),
        LibpqKeywords.VARIABLES.keySet().stream()
            .filter(keyword -> !expected.containsKey(keyword))
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PGSSLMODE=on | user=u | sslmode is not one of disable, allow, prefer, require, verify-ca,"
            + " verify-full (read besides the DSN: PGSSLMODE)",
        "PGSSLMODE= PGAPPNAME=a | user=u"
            + " | sslmode is empty (read besides the DSN: PGAPPNAME, PGSSLMODE)",
        "PGCONNECT_TIMEOUT= | user=u"
            + " | connect_timeout is empty (read besides the DSN: PGCONNECT_TIMEOUT)",
        "PGPORT=1,2 | host=h"
            + " | has 2 ports for 1 hosts: give one or as many (read besides the DSN: PGPORT)",
        "PGPORT=x | host=h"
            + " | a port is not a number from 1 to 65535 (read besides the DSN: PGPORT)",
        "PGHOSTADDR=::1 | host=h1,h2"
            + " | has 1 addresses for 2 hosts: give as many (read besides the DSN: PGHOSTADDR)",
        "PGREQUIRESSL=1 PGSSLROOTCERT=system | user=u | sslrootcert=system needs"
            + " sslmode=verify-full (read besides the DSN: PGREQUIRESSL, PGSSLROOTCERT)",
        "PGSERVICE= | user=u"
            + " | the service is defined nowhere: there is no service file"
            + " (read besides the DSN: PGSERVICE)",
        "PGSERVICE=s PGSYSCONFDIR=nowhere | user=u"
            + " | the service s is defined nowhere: there is no service file"
            + " (read besides the DSN: PGSERVICE)",
        "PGSERVICE=s PGSERVICEFILE=nowhere | user=u"
            + " | the service file that PGSERVICEFILE names is not there, is not a plain file, or"
            + " cannot be read (read besides the DSN: PGSERVICE)",
        "PGSERVICEFILE=nowhere | user=u servicefile=nowhere service=s"
            + " | the service file that servicefile names is not there, is not a plain file, or"
            + " cannot be read",
      })
  void whatCannotBeUsedIsRefusedAndItsSourceNamed(String variables, String text, String reason) {
    assertEquals(reason, surroundings().with(variables).refusal(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        " | service=one | [s1:6] a=b su sp {connect_timeout=5}",
        " | postgresql://?service=one | [s1:6] a=b su sp {connect_timeout=5}",
        "PGSERVICE=one | postgresql:// | [s1:6] a=b su sp {connect_timeout=5}",
        "PGSERVICE=one | service=two | [s2:5432] os-user os-user null {}",
        "PGSERVICE=one | host=h user=u connect_timeout=9 | [h:6] a=b u sp {connect_timeout=9}",
        "PGSERVICE=one | host='' user='' dbname='' | [localhost:6] os-user os-user sp"
            + " {connect_timeout=5}",
        "PGHOST=h PGPORT=7 PGUSER=eu PGDATABASE=ed PGPASSWORD=ep PGCONNECT_TIMEOUT=9 PGAPPNAME=a"
            + " | service=one | [s1:6] a=b su sp {connect_timeout=5}",
        "PGPORT=7 PGUSER=eu PGAPPNAME=a | service=two"
            + " | [s2:7] eu eu null {application_name=a}",
        "PGSYSCONFDIR=<home>/etc | service=three | [sys:5432] os-user os-user null {}",
        "PGSYSCONFDIR=<home>/etc | service=two | [s2:5432] os-user os-user null {}",
        "PGSERVICEFILE=<home>/other | service=two | [o2:5432] os-user os-user null {}",
        "PGSERVICEFILE=<home>/other PGSYSCONFDIR=<home>/etc | service=three"
            + " | [sys:5432] os-user os-user null {}",
        "PGSERVICEFILE=nowhere | service=two servicefile='<home>/other'"
            + " | [o2:5432] os-user os-user null {}",
      })
  void aServiceComesAfterTheStringAndBeforeTheEnvironment(
      @Nullable String variables, String text, String spelled) {
    Surroundings surroundings = surroundings();
    surroundings.file(
        ".pg_service.conf",
        """
        [one]
        host=s1
        port=6
        user=su
        dbname=a=b
        password=sp
        connect_timeout=5
        application_name=
        [two]
        host=s2
        """);
    surroundings.file("etc/pg_service.conf", "[two]\nhost=sys2\n[three]\nhost=sys\n");
    surroundings.file("other", "[two]\nhost=o2\n");
    if (variables != null) {
      surroundings.with(variables.replace("<home>", home.toString()));
    }
    assertEquals(
        spelled, Surroundings.spelled(surroundings.parse(text.replace("<home>", home.toString()))));
  }

  @Test
  void theUsersFilesAreWhereHomeSaysAndElsewhereOnWindows() {
    Surroundings surroundings = surroundings();
    surroundings.file(".pg_service.conf", "[s]\nhost=unix\n");
    surroundings.file(".pgpass", "*:*:*:*:unix\n");
    surroundings.file("moved/.pg_service.conf", "[s]\nhost=moved\n");
    surroundings.file("moved/.pgpass", "*:*:*:*:moved\n");
    surroundings.file("postgresql/.pg_service.conf", "[s]\nhost=not at home\n");
    surroundings.file("data/postgresql/.pg_service.conf", "[s]\nhost=windows\n");
    surroundings.file("data/postgresql/pgpass.conf", "*:*:*:*:windows\n");

    assertEquals(
        "[unix:5432] os-user os-user unix {}",
        Surroundings.spelled(surroundings.parse("service=s")));
    surroundings.with("HOME", "");
    assertEquals(
        "[unix:5432] os-user os-user unix {}",
        Surroundings.spelled(surroundings.parse("service=s")));
    surroundings.with("HOME", home.resolve("moved").toString());
    assertEquals(
        "[moved:5432] os-user os-user moved {}",
        Surroundings.spelled(surroundings.parse("service=s")));

    assertEquals(
        "the service s is defined nowhere: there is no service file",
        Surroundings.refusal("service=s", surroundings.onWindows()));
    surroundings.with("APPDATA", home.resolve("data").toString());
    assertEquals(
        "[windows:5432] os-user os-user windows {}",
        Surroundings.spelled(
            assertInstanceOf(
                Dsn.Postgres.class, DsnParser.parse("service=s", surroundings.onWindows()))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        " | host=h | home",
        "PGPASSFILE= | host=h | home",
        "PGPASSFILE=<home>/other | host=h | other",
        "PGPASSFILE=<home>/other | host=h passfile='' | home",
        "PGPASSFILE=<home>/nowhere | host=h passfile='<home>/other' | other",
        " | service=s | other",
        "PGPASSWORD=env | host=h | env",
        "PGPASSWORD=env | host=h passfile='<home>/other' | env",
        "PGPASSWORD=env | host=h password='' | home",
        "PGPASSWORD= | host=h | home",
        " | host=h password=own passfile='<home>/nowhere' | own",
        // What cannot be read has no password, unless the string itself is wrong about it.
        "PGPASSFILE=<home>/nowhere | host=h | ",
        "PGPASSFILE=<home> | host=h | ",
        " | service=t | ",
      })
  void aPasswordIsLookedUpLast(@Nullable String variables, String text, @Nullable String password) {
    Surroundings surroundings = surroundings();
    surroundings.file(".pgpass", "*:*:*:*:home\n");
    surroundings.file("other", "*:*:*:*:other\n");
    surroundings.file(
        ".pg_service.conf",
        "[s]\npassfile=" + home + "/other\n[t]\npassfile=" + home + "/nowhere\n");
    if (variables != null) {
      surroundings.with(variables.replace("<home>", home.toString()));
    }
    assertEquals(password, surroundings.parse(text.replace("<home>", home.toString())).password());
  }

  @Test
  void aJdbcUrlIsNotCompleted() {
    Surroundings surroundings = surroundings().with("PGSERVICE=nowhere PGSSLMODE=on");
    assertEquals(
        new Dsn.Jdbc("jdbc:postgresql:"),
        DsnParser.parse("jdbc:postgresql:", surroundings.onUnix()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PGPASSWORD=%s PGSSLMODE=on",
        "PGPASSWORD=%s PGPORT=x",
        "PGSSLMODE=%s",
        "PGPORT=%s",
        "PGHOST=%s?",
        "PGUSER=%s PGHOSTADDR=x,y PGHOST=h",
        "PGSERVICEFILE=%s PGSERVICE=s",
        "PGSERVICE=?%s",
        "PGOPTIONS=%s PGSSLROOTCERT=system PGSSLMODE=allow",
      })
  void noRefusalRepeatsAVariablesValue(String variables) {
    Surroundings surroundings = surroundings().with(variables.replace("%s", CANARY));
    String reason = surroundings.refusal("postgresql://");
    assertFalse(reason.contains(CANARY), reason);
    assertFalse(surroundings.onUnix().toString().contains(CANARY));
  }

  @Test
  void givenVariablesTakeThePlaceOfTheProcessesOwn() throws IOException {
    surroundings().file(".pgpass", "db.example:7:accounts:app:from the file\n");
    Map<String, String> variables =
        Map.of("HOME", home.toString(), "PGHOST", "db.example", "PGPORT", "7", "PGUSER", "app");
    assertEquals(
        "[db.example:7] accounts app from the file {}",
        Surroundings.spelled((Dsn.Postgres) Dsn.parse("postgresql:///accounts", variables)));
  }

  /** The one thing that a map of variables cannot show: that the process's own are asked. */
  @Test
  void theProcessesOwnEnvironmentIsTheDefault() throws IOException, InterruptedException {
    Surroundings surroundings = surroundings();
    surroundings.file(".pgpass", "db.example:7:accounts:app:from the file\n");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Parse.class.getName(),
            "postgresql:///accounts?sslmode=require");
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("HOME", home.toString());
    builder.environment().put("PGHOST", "db.example");
    builder.environment().put("PGPORT", "7");
    builder.environment().put("PGUSER", "app");
    builder.environment().put("PGPASSFILE", home + File.separator + ".pgpass");
    builder.redirectErrorStream(true);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    assertEquals(
        "[db.example:7] accounts app from the file {sslmode=require}", output.strip(), output);
  }

  /** Prints what becomes of a text in a process of its own. */
  static final class Parse {
    private Parse() {}

    public static void main(String[] arguments) {
      List<String> spelled = new ArrayList<>();
      for (String text : arguments) {
        spelled.add(Surroundings.spelled((Dsn.Postgres) Dsn.parse(text)));
      }
      System.out.println(String.join("\n", spelled));
    }
  }
}
