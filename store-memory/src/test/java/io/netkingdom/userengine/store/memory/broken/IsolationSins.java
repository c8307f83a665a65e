package io.netkingdom.userengine.store.memory.broken;

import io.netkingdom.userengine.store.IsolationLevel;
import io.netkingdom.userengine.store.conformance.Anomaly;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What goes wrong with what is said about isolation. */
final class IsolationSins {

  private IsolationSins() {}

  static List<BrokenStore> all() {
    return List.of(
        new PermitsWriteSkewAtSerializable(), new PermitsDirtyReads(), new DeniesLostUpdates());
  }

  private static final class PermitsWriteSkewAtSerializable extends BrokenStore {
    PermitsWriteSkewAtSerializable() {
      kills("ISO-05", "what is declared beyond what the contract allows at SERIALIZABLE");
    }

    @Override
    public Set<Anomaly> permits(IsolationLevel level) {
      return EnumSet.of(Anomaly.PMP, Anomaly.P4, Anomaly.G_SINGLE, Anomaly.G2_ITEM, Anomaly.G2);
    }
  }

  private static final class PermitsDirtyReads extends BrokenStore {
    PermitsDirtyReads() {
      kills("ISO-05", "what is declared beyond what the contract allows at READ_COMMITTED");
    }

    @Override
    public Set<Anomaly> permits(IsolationLevel level) {
      return EnumSet.allOf(Anomaly.class);
    }
  }

  /** It has them, as any store at this level: the declaration is wrong. */
  private static final class DeniesLostUpdates extends BrokenStore {
    DeniesLostUpdates() {
      kills("ISO-05", "what happened at READ_COMMITTED and is not declared");
    }

    @Override
    public Set<Anomaly> permits(IsolationLevel level) {
      Set<Anomaly> permitted = EnumSet.noneOf(Anomaly.class);
      permitted.addAll(super.permits(level));
      permitted.remove(Anomaly.P4);
      return permitted;
    }
  }
}
