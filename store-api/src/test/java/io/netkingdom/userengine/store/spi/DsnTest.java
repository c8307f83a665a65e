package io.netkingdom.userengine.store.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.StoreException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DsnTest {

  private static final String CANARY = "Canary-5e6f";

  /** Texts are read alone, whatever is around them where the test runs. */
  private static Dsn parse(String text) {
    return DsnParser.parse(text, Surroundings.none());
  }

  private static Dsn.Postgres postgres(String text) {
    return assertInstanceOf(Dsn.Postgres.class, parse(text));
  }

  /** A row of a table cannot hold the characters themselves. */
  private static String controls(String text) {
    return text.replace("<tab>", "\t").replace("<lf>", "\n");
  }

  private static String refusal(String text) {
    return Surroundings.refusal(text, Surroundings.none());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "postgresql://u:secret@host:12345/db | [host:12345] db u secret {}",
        "postgres://u:secret@host:12345/db | [host:12345] db u secret {}",
        "postgresql://u@host/db | [host:5432] db u null {}",
        "postgresql://u@host:12345/ | [host:12345] u u null {}",
        "postgresql://u@host | [host:5432] u u null {}",
        "postgresql://u@ | [localhost:5432] u u null {}",
        "postgresql://u@/db | [localhost:5432] db u null {}",
        "postgresql://u:@host/db | [host:5432] db u null {}",
        "postgresql://u@:12345/db | [localhost:12345] db u null {}",
        "postgresql://u@host:/db | [host:5432] db u null {}",
        "postgresql://u@host? | [host:5432] u u null {}",
        "postgresql://u@host/db? | [host:5432] db u null {}",
        "postgresql://host/db?user=u | [host:5432] db u null {}",
        "postgresql://host/db?user=u&port=12345 | [host:12345] db u null {}",
        "postgresql://host/db?u%73er=u | [host:5432] db u null {}",
        "postgresql:///db?user=u&host=h1,h2&port=1,2 | [h1:1, h2:2] db u null {}",
        "postgresql://u@/?dbname=db&password=p | [localhost:5432] db u p {}",
        "postgresql://u@%68ost/d%62 | [host:5432] db u null {}",
        "postgresql://u%40x:p%3Aq%2Fr%3Fs@host/a%20b%2Fc | [host:5432] a b/c u@x p:q/r?s {}",
        "postgresql://u:p:q@host/db | [host:5432] db u p:q {}",
        "postgresql://u:a+b@host/c+d | [host:5432] c+d u a+b {}",
        "postgresql://%C3%BC:%E2%82%AC@host/db | [host:5432] db ü € {}",
        "postgresql://ü:€@host/db | [host:5432] db ü € {}",
        "postgresql://u@h1,h2,h3/db | [h1:5432, h2:5432, h3:5432] db u null {}",
        "postgresql://u@h1:1,h2,h3:3/db | [h1:1, h2:5432, h3:3] db u null {}",
        "postgresql://u@h1,h2/db?port=7 | [h1:7, h2:7] db u null {}",
        "postgresql://u@,h2/db | [localhost:5432, h2:5432] db u null {}",
        "postgresql://u@[::1]:12345/db | [[::1]:12345] db u null {}",
        "postgresql://u@[::1]/db | [[::1]:5432] db u null {}",
        "postgresql://u@[::1],[2001:db8::1234]:2,h/db |"
            + " [[::1]:5432, [2001:db8::1234]:2, h:5432] db u null {}",
        "postgresql://u@[fe80::1%25eth0]/db | [[fe80::1%25eth0]:5432] db u null {}",
        "postgresql://u@%2Frun%2Fpg/db | [%2Frun%2Fpg:5432] db u null {}",
        "postgresql://u@/db?host=/run/pg | [%2Frun%2Fpg:5432] db u null {}",
        "postgresql://u@/db?host=%40abstract | [%40abstract:5432] db u null {}",
        "postgresql://u@/db?hostaddr=127.0.0.1 | [127.0.0.1:5432] db u null {}",
        "postgresql://u@h/db?hostaddr=10.0.0.1 | [h:5432] db u null {hostaddr=10.0.0.1}",
        "postgresql://u@h/db?ssl=true | [h:5432] db u null {sslmode=require}",
        "postgresql://u@h/db?ssl=true&ssl=true | [h:5432] db u null {sslmode=require}",
        "postgresql://u@h/db?ssl=true&sslmode=require | [h:5432] db u null {sslmode=require}",
        "postgresql://u@h/db?ssl=true&sslmode=verify-full |"
            + " [h:5432] db u null {sslmode=verify-full}",
        "postgresql://u@h/db?sslmode=verify-ca&ssl=true | [h:5432] db u null {sslmode=verify-ca}",
        "postgresql://u@h:%207/db?connect_timeout=%205%0A |"
            + " [h:7] db u null {connect_timeout=5}",
        "postgresql://u@h/db?sslmode=verify-full&options=-c%20a%3Db&application_name= |"
            + " [h:5432] db u null {options=-c a=b, sslmode=verify-full}",
        "postgresql://u@h/db?connect_timeout=10&target_session_attrs=read-write& |"
            + " [h:5432] db u null {connect_timeout=10, target_session_attrs=read-write}",
      })
  void aUriIsReadAsLibpqReadsIt(String text, String spelled) {
    assertEquals(spelled, Surroundings.spelled(postgres(controls(text))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "host=h user=u dbname=db password=p|[h:5432] db u p {}",
        "  host = h<tab>user<lf>=<lf>u  |[h:5432] u u null {}",
        "user=u|[localhost:5432] u u null {}",
        "user=u host=h1,h2 port=1,2|[h1:1, h2:2] u u null {}",
        "user=u host=h1,,h3 port=,2,|[h1:5432, localhost:2, h3:5432] u u null {}",
        "user=u host=h1,h2 port=7|[h1:7, h2:7] u u null {}",
        "user=u host=::1|[[::1]:5432] u u null {}",
        "user=u host='' port=''|[localhost:5432] u u null {}",
        "user='a b' password='it\\'s \\\\ 1'|[localhost:5432] a b a b it's \\ 1 {}",
        "user=a\\ b password=it\\'s\\\\1|[localhost:5432] a b a b it's\\1 {}",
        "user=u password=a'b|[localhost:5432] u u a'b {}",
        "user='u'password='p'|[localhost:5432] u u p {}",
        "user=u password=p\\|[localhost:5432] u u p {}",
        "user=u password= host=h|[localhost:5432] u u host=h {}",
        "user=u password='' host=h|[h:5432] u u null {}",
        "user=u host=/run/pg|[%2Frun%2Fpg:5432] u u null {}",
        "user=u hostaddr=::1|[[::1]:5432] u u null {}",
        "user=u hostaddr=::1,127.0.0.1 port=1,|[[::1]:1, 127.0.0.1:5432] u u null {}",
        "user=u host=,h hostaddr=::1,|[[::1]:5432, h:5432] u u null {hostaddr=::1,}",
        "user=u host=h dbname='' application_name='' connect_timeout=0"
            + "|[h:5432] u u null {connect_timeout=0}",
        "user=u host=h sslrootcert=system"
            + "|[h:5432] u u null {sslmode=verify-full, sslrootcert=system}",
        "user=u dbname=postgresql://x|[localhost:5432] postgresql://x u null {}",
        "user=u host=a,b port='+1 , 02<tab>' connect_timeout='+5<lf>' keepalives=' 1'"
            + "|[a:1, b:2] u u null {connect_timeout=5, keepalives=1}",
        "user=u host=h tcp_user_timeout=2147483647 connect_timeout=-2147483648"
            + "|[h:5432] u u null {connect_timeout=-2147483648, tcp_user_timeout=2147483647}",
        "user=u host=h require_auth=gss,sspi,oauth,none"
            + "|[h:5432] u u null {require_auth=gss,sspi,oauth,none}",
        "user=u host=h require_auth=!password,!md5,!scram-sha-256"
            + "|[h:5432] u u null {require_auth=!password,!md5,!scram-sha-256}",
        "user=u host=h require_auth=''|[h:5432] u u null {}",
        "user=u host=h sslnegotiation=direct sslrootcert=system|[h:5432] u u null"
            + " {sslmode=verify-full, sslnegotiation=direct, sslrootcert=system}",
        "user=u host=h min_protocol_version=latest max_protocol_version=3.2"
            + "|[h:5432] u u null {max_protocol_version=3.2, min_protocol_version=latest}",
        "user=u host=h min_protocol_version=3.2|[h:5432] u u null {min_protocol_version=3.2}",
        "user=u host=h ssl_min_protocol_version=tlsv1.3"
            + "|[h:5432] u u null {ssl_min_protocol_version=tlsv1.3}",
        "user=u application_name='my app' sslmode=disable"
            + "|[localhost:5432] u u null {application_name=my app, sslmode=disable}",
      })
  void keywordsAndValuesAreReadAsLibpqReadsThem(String text, String spelled) {
    assertEquals(spelled, Surroundings.spelled(postgres(controls(text))));
  }

  @Test
  void userAndDatabaseDefaultToTheOperatingSystemsUser() {
    String expected = "[localhost:5432] os-user os-user null {}";
    assertEquals(expected, Surroundings.spelled(postgres("postgresql://")));
    assertEquals(expected, Surroundings.spelled(postgres("postgres:///")));
    assertEquals(expected, Surroundings.spelled(postgres("host=localhost")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "` `|is blank",
        "accounts|is neither a postgresql:// URI, nor a jdbc: URL, nor keyword=value pairs",
        "postgre://h|is neither a postgresql:// URI, nor a jdbc: URL, nor keyword=value pairs",
        "jdbc:|a jdbc: URL starts with jdbc:, a sub-protocol and a colon",
        "jdbc:postgresql|a jdbc: URL starts with jdbc:, a sub-protocol and a colon",
        "jdbc::x|a jdbc: URL starts with jdbc:, a sub-protocol and a colon",
        "jdbc:a b:x|a jdbc: URL starts with jdbc:, a sub-protocol and a colon",
        "postgresql://h/a b|holds a space; write it as %20",
        "postgresql://h/a<tab>b|holds a control character",
        "jdbc:postgresql:a<lf>b|holds a control character",
        "postgresql://h/%|has a % without two hexadecimal digits after it; write % as %25",
        "postgresql://h/%1|has a % without two hexadecimal digits after it; write % as %25",
        "postgresql://h/%zz|has a % without two hexadecimal digits after it; write % as %25",
        "postgresql://h/a%00b|dbname contains U+0000",
        "postgresql://h/%FF|has percent-encoded bytes that are not UTF-8",
        "postgresql://h/%ED%A0%80|has percent-encoded bytes that are not UTF-8",
        "postgresql://[::1|has a [ without an IPv6 address and a ] after it",
        "postgresql://[]|has a [ without an IPv6 address and a ] after it",
        "postgresql://[::1]z|has something other than a port after a ]",
        "postgresql://[200z:db8::1234]/"
            + "|a host is neither a host name, nor an address, nor a directory",
        "postgresql://h%3Fx/|a host is neither a host name, nor an address, nor a directory",
        "postgresql://h%26x/|a host is neither a host name, nor an address, nor a directory",
        "postgresql://-h/|a host is neither a host name, nor an address, nor a directory",
        "postgresql://h:0/|a port is not a number from 1 to 65535",
        "postgresql://h:65536/|a port is not a number from 1 to 65535",
        "postgresql://h:-1/|a port is not a number from 1 to 65535",
        "postgresql://h:4294972728/|a port is not a number from 1 to 65535",
        "postgresql://h:x/|a port is not a number from 1 to 65535",
        "host=h1,h2,h3 port=1,2|has 2 ports for 3 hosts: give one or as many",
        "postgresql://h?zzz|has a parameter without exactly one =; write = in a value as %3D",
        "postgresql://h?user=u&user|has a parameter without exactly one =;"
            + " write = in a value as %3D",
        "postgresql://h?options=a=b|has a parameter without exactly one =;"
            + " write = in a value as %3D",
        "postgresql://h?uzer=u|uzer is not one of libpq's keywords",
        "postgresql://h?User=u|User is not one of libpq's keywords",
        "postgresql://h?ssl=yes|ssl is not one of libpq's keywords",
        "host=h pasword=x|pasword is not one of libpq's keywords",
        "http://h/?a=b|has something that is not one of libpq's keywords before an =",
        "host=h user|has a keyword without = after it; put a value with spaces in single quotes",
        "host='h|has a quoted value that does not end",
        "host=h password='a\\'|has a quoted value that does not end",
        "postgresql://h/db?dbname=other|dbname is given more than once",
        "postgresql://h/db?host=other|host is given more than once",
        "postgresql://h:1/db?port=2|port is given more than once",
        "postgresql://u@h/db?user=u|user is given more than once",
        "host=a host=a|host is given more than once",
        "postgresql://h?ssl=true&sslmode=prefer"
            + "|has ssl=true and an sslmode that does without TLS; leave one of them out",
        "postgresql://h?sslmode=bogus&ssl=true"
            + "|has ssl=true and an sslmode that does without TLS; leave one of them out",
        "postgresql://h?ssl=true&sslmode=require&sslmode=require|sslmode is given more than once",
        "host=h tcp_user_timeout=2147483648|tcp_user_timeout is not an integer",
        "host=h connect_timeout=' '|connect_timeout is not an integer",
        "host=h connect_timeout='- 5'|connect_timeout is not an integer",
        "host=h connect_timeout=0x5|connect_timeout is not an integer",
        "host=h keepalives=\u0665|keepalives is not an integer",
        "host=h port=' '|a port is not a number from 1 to 65535",
        "host=h require_auth=bogus|require_auth has something other than gss, md5, none, oauth,"
            + " password, scram-sha-256, sspi between its commas",
        "host=h require_auth='md5, gss'|require_auth has something other than gss, md5, none,"
            + " oauth, password, scram-sha-256, sspi between its commas",
        "host=h require_auth=md5,|require_auth has something other than gss, md5, none, oauth,"
            + " password, scram-sha-256, sspi between its commas",
        "host=h require_auth=!|require_auth has something other than gss, md5, none, oauth,"
            + " password, scram-sha-256, sspi between its commas",
        "host=h require_auth=password,!md5|require_auth has methods with and without !",
        "host=h require_auth=!none,none|require_auth has methods with and without !",
        "host=h require_auth=none,none|require_auth has a method more than once",
        "host=h require_auth=!gss,!gss|require_auth has a method more than once",
        "host=h sslnegotiation=direct"
            + "|sslnegotiation=direct needs sslmode require, verify-ca or verify-full",
        "host=h sslnegotiation=direct sslmode=allow"
            + "|sslnegotiation=direct needs sslmode require, verify-ca or verify-full",
        "host=h min_protocol_version=3.2 max_protocol_version=3.0"
            + "|min_protocol_version is greater than max_protocol_version",
        "host=h min_protocol_version=latest max_protocol_version=3.0"
            + "|min_protocol_version is greater than max_protocol_version",
        "host=h ssl_min_protocol_version=SSLv3"
            + "|ssl_min_protocol_version is not one of TLSv1, TLSv1.1, TLSv1.2, TLSv1.3",
        "host=h ssl_max_protocol_version=TLSv1.1|ssl_min_protocol_version, which is TLSv1.2 by"
            + " default, is greater than ssl_max_protocol_version",
        "host=h scram_client_key=QUJD|scram_client_key is not the base64 of 32 bytes",
        "host=h scram_server_key=x|scram_server_key is not the base64 of 32 bytes",
        "host=h sslmode=on"
            + "|sslmode is not one of disable, allow, prefer, require, verify-ca, verify-full",
        "host=h target_session_attrs=master|target_session_attrs is not one of any, read-write,"
            + " read-only, primary, standby, prefer-standby",
        "host=h connect_timeout=1s|connect_timeout is not an integer",
        "postgresql://h/db?dbname=|dbname is given more than once",
        "host='' host=a|host is given more than once",
        "host=h sslmode=''|sslmode is empty",
        "postgresql://h/?connect_timeout=|connect_timeout is empty",
        "host=h max_protocol_version=3|max_protocol_version is not one of 3.0, 3.2, latest",
        "host=a,b hostaddr=127.0.0.1|has 1 addresses for 2 hosts: give as many",
        "host=h sslrootcert=system sslmode=require|sslrootcert=system needs sslmode=verify-full",
        "host=h service=s|the service s is defined nowhere: there is no service file",
        "host=h service='s x'|the service is defined nowhere: there is no service file",
        "host=h servicefile=/f|servicefile is given, but no service",
        "host=h passfile=.|the password file that passfile names is not there, is not a plain file,"
            + " or cannot be read",
        "postgresql://u:p@w@h/db|holds an @ other than the one before the host; write @ as %40,"
            + " and in a user or password also / as %2F and ? as %3F",
        "postgresql://u:1/2@h/db|holds an @ other than the one before the host; write @ as %40,"
            + " and in a user or password also / as %2F and ? as %3F",
        "postgresql://h?password=a@b|holds a ? before its @; write ? as %3F in a user or password,"
            + " or @ as %40",
        "postgresql://h/?password=a&b=c|has an unknown keyword after a password; quote or encode"
            + " the password, if it is a part of it",
        "host=h password=a b=c|has an unknown keyword after a password; quote or encode the"
            + " password, if it is a part of it",
      })
  void whatCannotBeReadIsRefusedWithAReason(String text, String reason) {
    assertEquals(reason, refusal(controls(text)));
  }

  @Test
  void aDsnIsAtMost8192CharactersLong() {
    String prefix = "postgresql://u@h/";
    assertEquals(
        8_192 - prefix.length(),
        postgres(prefix + "d".repeat(8_192 - prefix.length())).database().length());
    assertEquals("is longer than 8192 characters", refusal(prefix + "d".repeat(8_192)));
  }

  @Test
  void loneSurrogatesAreRefused() {
    assertEquals("dbname has a lone surrogate", refusal("host=h dbname=a\uD800b"));
    assertEquals("password has a lone surrogate", refusal("host=h password=\uDC00"));
  }

  @Test
  void aJdbcUrlIsKeptWholeAndItsSubprotocolRead() {
    String url = "jdbc:aws-wrapper:postgresql://h/db?password=a b";
    Dsn.Jdbc dsn = assertInstanceOf(Dsn.Jdbc.class, parse(url));
    assertEquals(url, dsn.url());
    assertEquals("aws-wrapper", dsn.subprotocol());
    assertEquals("jdbc:aws-wrapper:***", dsn.redacted());
    assertEquals("jdbc:aws-wrapper:***", dsn.toString());
  }

  /** As drivers have them: the JDBC specification says nothing of its letters. */
  @ParameterizedTest
  @ValueSource(strings = {"postgresql_postGIS", "p6spy", "as400", "h2", "x-a+b.c"})
  void aSubprotocolIsWhatDriversMakeOfIt(String subprotocol) {
    String url = "jdbc:" + subprotocol + ":x";
    assertEquals(subprotocol, assertInstanceOf(Dsn.Jdbc.class, parse(url)).subprotocol());
  }

  @Test
  void equalityIsOfEverythingThatWasSaid() {
    assertEquals(parse("postgresql://u:p@h/db"), parse("dbname=db user=u password=p host=h"));
    assertNotEquals(parse("postgresql://u:p@h/db"), parse("postgresql://u:q@h/db"));
    assertNotEquals(parse("jdbc:a:x"), parse("jdbc:a:y"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "postgresql://app:s@h1,h2:2/a%20b | postgresql://app@h1:5432,h2:2/a%20b",
        "host=::1 user=a@b dbname=\\<lf>y | postgresql://a%40b@[::1]:5432/%0Ay",
        "host=/run/pg user=ü | postgresql://%C3%BC@%2Frun%2Fpg:5432/%C3%BC",
      })
  void theFormForPeopleIsOneLineOfAsciiWithTheUser(String text, String redacted) {
    Dsn dsn = parse(controls(text));
    assertEquals(redacted, dsn.redacted());
    assertEquals(redacted, dsn.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://u:%s@h/db",
        "postgresql://h/db?user=u&password=%s",
        "postgresql://u@h/db?sslpassword=%s&oauth_client_secret=%s",
        "host=h user=u password=%s",
        "host=h user=u password='%s' sslpassword='%s'",
        "jdbc:postgresql://h/db?user=u&password=%s",
        "jdbc:oracle:thin:u/%s@h:1521:x",
      })
  void noSecretIsInAnyTextOfADsn(String template) {
    Dsn dsn = parse(template.replace("%s", CANARY));
    assertFalse((dsn + dsn.redacted() + List.of(dsn) + Map.of(1, dsn)).contains(CANARY));
    AssertionError mismatch =
        assertThrows(AssertionError.class, () -> assertEquals(parse("jdbc:x:"), dsn));
    assertFalse(String.valueOf(mismatch.getMessage()).contains(CANARY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s",
        "%s=%s",
        "postgresql://u:%s@h:%s/db",
        "postgresql://u:%s@%s@h/db",
        "postgresql://u:1/%s@h/db",
        "postgresql://u:1?%s=1@h/db",
        "postgresql://u:p?x=%s@h/db",
        "postgresql://u:p%zz%s@h/db",
        "postgresql://u:%00%s@h/db",
        "postgresql://u:%FF%s@h/db",
        "postgresql://u:%s @h/db",
        "postgresql://u:%s@[::1/db",
        "postgresql://u:%s@h/db?pass=%s",
        "postgresql://u:%s@h/db?passwort=%s&%s",
        "postgresql://h/db?password=x&%s=y",
        "postgresql://h/db?password=%s=",
        "postgresql://h/db?password=%s&password=%s",
        "postgresql://u:%s@h/db?sslmode=%s",
        "postgresql://u:%s@h/db?connect_timeout=%s",
        "postgresql://u@h/db?require_auth=%s",
        "postgresql://u@h/db?scram_client_key=%s",
        "postgresql://u@h/db?ssl_min_protocol_version=%s",
        "postgresql://u@h/db?passfile=%s",
        "postgresql://u@h/db?service=s&servicefile=%s",
        "postgresql://u:p@h/db?service=%20%s",
        "postgres:/u:%s@h/db",
        "mysql://u:%s@h/db?x=y",
        "host=h password=x %s=y",
        "host=h password=x %s",
        "host=h password='%s",
        "host='%s' password=%s port=x",
        "host=%s: port=%s",
        "jdbc:%s",
        "jdbc:%s/x:y",
        "jdbc:x:%s\n",
      })
  void noRefusalRepeatsWhatItRefuses(String template) {
    StoreException.InvalidInput refused =
        assertThrows(
            StoreException.InvalidInput.class,
            () -> parse(template.replace("%s", CANARY)),
            () -> "");
    for (Throwable t = refused; t != null; t = t.getCause()) {
      String said = t.toString();
      assertFalse(said.contains(CANARY), said);
    }
    assertEquals(0, refused.getSuppressed().length);
  }

  @Test
  void aPostgresDsnThatIsMadeInCodeIsHeldToTheSameRules() {
    Dsn.Host host = new Dsn.Host("h", 5432);
    assertEquals("dsn: names no host", refused(List.of(), "db", "u", null, Map.of()));
    assertEquals(
        "dsn: the database's name is empty", refused(List.of(host), "", "u", null, Map.of()));
    assertEquals("dsn: the user is empty", refused(List.of(host), "db", "", null, Map.of()));
    assertEquals(
        "dsn: the password contains U+0000", refused(List.of(host), "db", "u", "\0", Map.of()));
    assertEquals(
        "dsn: has a parameter that is not one of libpq's keywords",
        refused(List.of(host), "db", "u", null, Map.of("password", "p")));
    assertEquals(
        "dsn: options is empty", refused(List.of(host), "db", "u", null, Map.of("options", "")));
    assertEquals(
        "dsn: service is only for a text that is parsed",
        refused(List.of(host), "db", "u", null, Map.of("service", "s")));
  }

  private static @Nullable String refused(
      List<Dsn.Host> hosts,
      String database,
      String user,
      @Nullable String password,
      Map<String, String> parameters) {
    return assertThrows(
            StoreException.InvalidInput.class,
            () -> new Dsn.Postgres(hosts, database, user, password, parameters))
        .getMessage();
  }

  @Test
  void aDsnIsImmutable() {
    Dsn.Postgres dsn = postgres("postgresql://u@h/db?sslmode=require");
    assertThrows(UnsupportedOperationException.class, () -> dsn.hosts().clear());
    assertThrows(UnsupportedOperationException.class, () -> dsn.parameters().clear());
    assertTrue(dsn.parameters().containsKey("sslmode"));
  }
}
