package io.netkingdom.userengine.store.postgres.migration;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How the tables of a database lie, read from the lines of its {@link SchemaCatalogue}. Whoever
 * divides a partition further, by another modulus, leaves a layout that is as good.
 *
 * @param plain the tables with a tenant that are not partitioned
 * @param partitioned those that are
 */
record TableLayouts(SortedSet<String> plain, SortedMap<String, Partitioning> partitioned) {

  private static final Pattern WITH_TENANT = Pattern.compile("column (\\w+)\\.tenant_id .*");
  private static final Pattern PARTITIONED =
      Pattern.compile("partitioned (\\w+) by (.*) with moduli((?: [0-9]+)*)");

  /**
   * How one table is partitioned.
   *
   * @param key by what, as the catalogue says it
   * @param moduli those of its partitions, ascending. Each is a factor of the next; PostgreSQL
   *     manual, CREATE TABLE
   */
  record Partitioning(String key, List<Integer> moduli) {

    static final String BY_TENANT = "HASH (tenant_id)";

    /** How many of the remainders by the largest modulus have a partition. */
    private long remaindersTaken() {
      long largest = largest();
      return moduli.stream().mapToLong(modulus -> largest / modulus).sum();
    }

    private int largest() {
      return Collections.max(moduli);
    }

    Stream<String> problems(String table) {
      if (!key.equals(BY_TENANT)) {
        return Stream.of(table + " is partitioned by " + key + ", not by " + BY_TENANT);
      }
      if (moduli.isEmpty()) {
        return Stream.of(table + " has no partition at all");
      }
      long taken = remaindersTaken();
      return taken == largest()
          ? Stream.of()
          : Stream.of(
              "a partition of %s is missing: there are those for %d of %d remainders"
                  .formatted(table, taken, largest()));
    }
  }

  static TableLayouts of(Set<String> lines) {
    SortedSet<String> plain = new TreeSet<>();
    SortedMap<String, Partitioning> partitioned = new TreeMap<>();
    for (String line : lines) {
      Matcher withTenant = WITH_TENANT.matcher(line);
      if (withTenant.matches()) {
        plain.add(withTenant.group(1));
      }
      Matcher root = PARTITIONED.matcher(line);
      if (root.matches()) {
        partitioned.put(
            root.group(1), new Partitioning(root.group(2), moduli(root.group(3).strip())));
      }
    }
    plain.removeAll(partitioned.keySet());
    return new TableLayouts(plain, partitioned);
  }

  private static List<Integer> moduli(String text) {
    return text.isEmpty()
        ? List.of()
        : Stream.of(text.split(" ")).map(Integer::valueOf).sorted().toList();
  }

  /** Why a store should not work on tables that lie so; empty if nothing speaks against it. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    partitioned.forEach((table, by) -> by.problems(table).forEach(problems::add));
    if (!plain.isEmpty() && !partitioned.isEmpty()) {
      problems.add(
          "some tables are partitioned (%s), and others are not (%s)"
              .formatted(String.join(", ", partitioned.keySet()), String.join(", ", plain)));
    }
    return problems;
  }

  /**
   * The layout that these tables were made in, which those to come get too. Of a layout without
   * {@link #problems}.
   */
  Layout layout() {
    return partitioned.values().stream()
        .flatMap(by -> by.moduli().stream())
        .min(Integer::compare)
        .map(Layout::new)
        .orElse(Layout.PLAIN);
  }
}
