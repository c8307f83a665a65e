package io.netkingdom.userengine.store.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ManifestTest {

  @Test
  void aLineIsIdScopeVersionAndSentence() {
    Manifest manifest =
        Manifest.parse(
            """
            # a comment

            TXN-04 | core | 0.1.0 | One | two.
            LIF-03 | shared-between-stores | 1.20.3 | Three.
            """);
    assertEquals(
        List.of(
            new Manifest.Entry("TXN-04", null, "0.1.0", "One | two."),
            new Manifest.Entry("LIF-03", Capability.SHARED_BETWEEN_STORES, "1.20.3", "Three.")),
        manifest.rules());
    assertEquals("core", manifest.rules().get(0).scope());
    assertEquals("shared-between-stores", manifest.rules().get(1).scope());
    assertEquals(Optional.empty(), manifest.find("TXN-05"));
  }

  @Test
  void anythingElseIsRefused() {
    for (String line :
        List.of(
            "TXN-4 | core | 0.1.0 | One.",
            "TXN-04 | core | 0.1.0 |",
            "TXN-04 | core | One.",
            "TXN-04 | everywhere | 0.1.0 | One.",
            "txn-04 | core | 0.1.0 | One.",
            "TXN-04 | core | 0.1.0 | One.\nTXN-04 | core | 0.1.0 | Two.")) {
      assertThrows(IllegalArgumentException.class, () -> Manifest.parse(line), line);
    }
  }
}
