package io.netkingdom.userengine.store.conformance.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The look of a page, which it carries with it. */
record StyleSheet(String text) {

  /** The kit's. */
  static StyleSheet ofPages() {
    try (InputStream in = StyleSheet.class.getResourceAsStream("page.css")) {
      if (in == null) {
        throw new IllegalStateException("the kit is incomplete: page.css is missing");
      }
      return new StyleSheet(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
