package io.netkingdom.userengine.store.conformance;

import io.netkingdom.userengine.store.IsolationLevel;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * What can go wrong where transactions run at the same time, in the terms of Adya (Weak
 * Consistency, 1999), Berenson et al. (A Critique of ANSI SQL Isolation Levels, 1995) and Bailis et
 * al. (Highly Available Transactions, 2013).
 */
public enum Anomaly {
  /** Dirty write: two transactions' writes are mixed. */
  G0("G0", "dirty write"),
  /** Aborted read: what was rolled back is seen. */
  G1A("G1a", "aborted read"),
  /** Intermediate read: what was overwritten before the commit is seen. */
  G1B("G1b", "intermediate read"),
  /** Circular information flow: two transactions see each other's writes. */
  G1C("G1c", "circular information flow"),
  /** Observed transaction vanishes: what was seen of a transaction is not seen later on. */
  OTV("OTV", "observed transaction vanishes"),
  /** Predicate-many-preceders: a search finds something else when it is repeated. */
  PMP("PMP", "predicate-many-preceders"),
  /** Lost update: of two changes to what both saw, only the later one is there. */
  P4("P4", "lost update"),
  /** Read skew: records are seen as of different moments. */
  G_SINGLE("G-single", "read skew"),
  /** Write skew on items: each changes a record that the other one relied on. */
  G2_ITEM("G2-item", "write skew"),
  /** Write skew on predicates: each adds what the other one found to be absent. */
  G2("G2", "write skew by phantoms");

  private final String label;
  private final String title;

  Anomaly(String label, String title) {
    this.label = label;
    this.title = title;
  }

  /** Its name in the literature. */
  public String label() {
    return label;
  }

  /** What it is called in words. */
  public String title() {
    return title;
  }

  /** The most that an adapter may permit at a level. */
  public static Set<Anomaly> permittedAt(IsolationLevel level) {
    Objects.requireNonNull(level, "level");
    return switch (level) {
      case READ_COMMITTED -> EnumSet.of(OTV, PMP, P4, G_SINGLE, G2_ITEM, G2);
      case SERIALIZABLE -> EnumSet.noneOf(Anomaly.class);
    };
  }
}
