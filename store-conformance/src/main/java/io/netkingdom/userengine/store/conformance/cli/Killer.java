package io.netkingdom.userengine.store.conformance.cli;

import io.netkingdom.userengine.store.conformance.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;

/**
 * A broken store that a rule is proven to catch. The kit does not have these stores, which are
 * variants of adapters; it has the list of them, and the tests that run them hold it against what
 * they did.
 *
 * @param rule the rule's id
 * @param adapter the adapter that the store is a variant of
 * @param fault the broken store's name
 * @param words what the failure is told with
 */
public record Killer(String rule, String adapter, String fault, String words) {

  private static final List<String> RULES =
      Manifest.current().rules().stream().map(Manifest.Entry::id).toList();

  /** As the list has them: by rule in the manifest's order, then by adapter and fault. */
  public static final Comparator<Killer> ORDER =
      Comparator.comparing((Killer killer) -> RULES.indexOf(killer.rule()))
          .thenComparing(Killer::adapter)
          .thenComparing(Killer::fault);

  private static final String RESOURCE = "killers.txt";

  /** All that are proven, in the order of the list. */
  public static List<Killer> all() {
    try (InputStream in = Killer.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the kit is incomplete: " + RESOURCE + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .map(Killer::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Killer parse(String line) {
    String[] parts = line.split(" \\| ", 4);
    return new Killer(parts[0], parts[1], parts[2], parts[3]);
  }

  /** The line of the list. */
  @Override
  public String toString() {
    return String.join(" | ", rule, adapter, fault, words);
  }
}
