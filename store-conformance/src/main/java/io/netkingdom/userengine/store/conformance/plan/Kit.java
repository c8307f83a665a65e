package io.netkingdom.userengine.store.conformance.plan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What this kit says of itself. */
public final class Kit {

  private Kit() {}

  /** The kit's version. Not from the jar's manifest, which a directory of classes has not got. */
  public static String version() {
    Properties kit = new Properties();
    try (InputStream in = Kit.class.getResourceAsStream("kit.properties")) {
      if (in == null) {
        throw new IllegalStateException("the kit is incomplete: kit.properties is missing");
      }
      kit.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return kit.getProperty("version");
  }
}
