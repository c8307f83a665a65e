package io.netkingdom.userengine.store.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netkingdom.userengine.store.StoreException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The DSN of a DataSource by its class. */
final class DataSourceDsnTest {

  private static final String CANARY = "Canary-5e6f";

  private static Dsn.DataSourceClass parse(String text) {
    return assertInstanceOf(Dsn.DataSourceClass.class, Dsn.parse(text));
  }

  @Test
  void classAndPropertiesAreRead() {
    Dsn.DataSourceClass dsn =
        parse("datasource:com.acme.Some$Source?serverName=h&password=a%26b%3D%C3%BC+c&empty=");
    assertEquals("com.acme.Some$Source", dsn.className());
    assertEquals(Map.of("serverName", "h", "password", "a&b=ü+c", "empty", ""), dsn.properties());
    assertEquals(Map.of(), parse("datasource:Plain").properties());
  }

  @Test
  void noPropertyIsShown() {
    Dsn dsn = Dsn.parse("datasource:com.acme.Source?user=" + CANARY + "&password=" + CANARY);
    assertEquals("datasource:com.acme.Source?***", dsn.redacted());
    assertEquals("datasource:com.acme.Source?***", dsn.toString());
    assertEquals("datasource:com.acme.Source", Dsn.parse("datasource:com.acme.Source").toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "datasource: | has no name of a class after datasource:",
        "datasource:com..Canary-5e6f | has no name of a class after datasource:",
        "datasource:com.acme.Source[] | has no name of a class after datasource:",
        "datasource:A?Canary-5e6f | has a property without exactly one =; write = in a value as"
            + " %3D, and & as %26",
        "datasource:A?p=Canary-5e6f=x | has a property without exactly one =; write = in a value as"
            + " %3D, and & as %26",
        "datasource:A? | has a property without exactly one =; write = in a value as %3D, and & as"
            + " %26",
        "datasource:A?p=Canary-5e6f&p=b | has a property that is given more than once",
        "datasource:A?password=a&Canary-5e6f=b | has a property whose name is not that of a bean's"
            + " property",
        "datasource:A?p=%zzCanary-5e6f | has a % without two hexadecimal digits after it; write %"
            + " as %25",
        "datasource:A?p=Canary-5e6f%00 | a property contains U+0000",
      })
  void whatIsNoneIsRefusedWithoutRepeatingIt(String text, String reason) {
    StoreException.InvalidInput refused =
        assertThrows(StoreException.InvalidInput.class, () -> Dsn.parse(text));
    assertEquals("dsn", refused.field());
    assertEquals(reason, refused.reason());
    assertFalse(String.valueOf(refused.getMessage()).contains(CANARY));
  }
}
