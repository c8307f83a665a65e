package io.netkingdom.userengine.store.conformance.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netkingdom.userengine.store.conformance.Ledger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest {

  private static final Ledger LEDGER = Samples.broken();

  @TempDir Path directory;

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aRunLeavesThreeFilesWhichReplaceThoseOfTheRunBefore() throws IOException {
    String name = LEDGER.name();
    List<String> expected = List.of(name + ".html", name + ".json", name + ".xml");
    for (String file : expected) {
      Files.writeString(directory.resolve(file), "half a rep");
    }
    assertEquals(directory.resolve(name + ".json"), Reports.write(LEDGER, directory));
    assertEquals(expected, files());
    assertEquals(
        new Verification.Valid(LEDGER),
        LedgerVerifier.verify(directory.resolve(name + ".json"), Samples.MANIFEST));
    assertEquals(JUnitXml.write(LEDGER), Files.readString(directory.resolve(name + ".xml")));
    assertEquals(Page.of(List.of(LEDGER)), Files.readString(directory.resolve(name + ".html")));
  }

  @Test
  void aReportThatCannotBeWrittenIsToldAndLeavesNothingHalf() throws IOException {
    String name = LEDGER.name();
    Files.createDirectories(directory.resolve(name + ".xml").resolve("in-the-way"));
    assertThrows(UncheckedIOException.class, () -> Reports.write(LEDGER, directory));
    assertEquals(List.of(name + ".json", name + ".xml"), files());
    assertEquals(LedgerJson.write(LEDGER), Files.readString(directory.resolve(name + ".json")));
  }
}
