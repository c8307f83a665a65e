package io.netkingdom.userengine.store.conformance;

import io.netkingdom.userengine.store.conformance.report.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rules that this kit has: a list apart from the checks, which is made of them and kept, so
 * that a check that went missing is noticed.
 */
public final class Manifest {

  private static final Pattern LINE =
      Pattern.compile("([A-Z]{3}-[0-9]{2}) \\| ([a-z-]+) \\| ([0-9.]+) \\| (\\S.*)");

  private static final Manifest CURRENT = read("manifest.txt");

  private final Map<String, Entry> entries;

  private Manifest(Map<String, Entry> entries) {
    this.entries = entries;
  }

  /**
   * One rule.
   *
   * @param id three letters and two digits, such as {@code TXN-04}; never given to another rule
   * @param capability the capability that it belongs to, or null for a core rule
   * @param since the version that the rule came with
   * @param title the rule in one sentence
   */
  public record Entry(String id, @Nullable Capability capability, String since, String title) {
    /** Refuses null. */
    public Entry {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(since, "since");
      Objects.requireNonNull(title, "title");
    }

    /** {@code core}, or the capability's name. */
    public String scope() {
      return capability == null ? "core" : capability.label();
    }
  }

  /**
   * What tells this list of rules from any other: the SHA-256 of its entries, each as {@code id |
   * scope | since | title} on a line of its own, in UTF-8.
   *
   * @return {@code sha256:} and 64 hexadecimal digits
   */
  public String hash() {
    return Sha256.of(
        entries.values().stream()
            .map(rule -> String.join(" | ", rule.id(), rule.scope(), rule.since(), rule.title()))
            .map(line -> line + "\n")
            .collect(Collectors.joining()));
  }

  /** The rules of this kit. */
  public static Manifest current() {
    return CURRENT;
  }

  /** All rules, in order. */
  public List<Entry> rules() {
    return List.copyOf(entries.values());
  }

  /** The rule of that id, if there is one. */
  public Optional<Entry> find(String id) {
    Objects.requireNonNull(id, "id");
    return Optional.ofNullable(entries.get(id));
  }

  private static Manifest read(String resource) {
    try (InputStream in = Manifest.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the kit is incomplete: " + resource + " is missing");
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The rules that a text lists, in the form of the kit's own list.
   *
   * @throws IllegalArgumentException naming the line that is none, or the id that is there twice
   */
  public static Manifest parse(String text) {
    Objects.requireNonNull(text, "text");
    Map<String, Entry> entries = new LinkedHashMap<>();
    text.lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(Manifest::entry)
        .forEach(
            entry -> {
              if (entries.put(entry.id(), entry) != null) {
                throw new IllegalArgumentException("the manifest has " + entry.id() + " twice");
              }
            });
    return new Manifest(entries);
  }

  private static Entry entry(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a line of a manifest: " + line);
    }
    return new Entry(
        matcher.group(1), capability(matcher.group(2)), matcher.group(3), matcher.group(4));
  }

  private static @Nullable Capability capability(String scope) {
    if (scope.equals("core")) {
      return null;
    }
    for (Capability capability : Capability.values()) {
      if (capability.label().equals(scope)) {
        return capability;
      }
    }
    throw new IllegalArgumentException("not a capability: " + scope);
  }
}
