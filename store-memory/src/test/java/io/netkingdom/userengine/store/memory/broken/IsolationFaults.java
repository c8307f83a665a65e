package io.netkingdom.userengine.store.memory.broken;

import static io.netkingdom.userengine.store.memory.broken.FaultyStore.fault;

import io.netkingdom.userengine.store.conformance.Anomaly;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What goes wrong with what is said about isolation. */
final class IsolationFaults {

  private IsolationFaults() {}

  static List<FaultyStore> all() {
    return List.of(
        fault("PermitsWriteSkewAtSerializable")
            .permits(
                (level, honest) ->
                    EnumSet.of(
                        Anomaly.PMP, Anomaly.P4, Anomaly.G_SINGLE, Anomaly.G2_ITEM, Anomaly.G2))
            .mustFail("ISO-05", "what is declared beyond what the contract allows at SERIALIZABLE"),
        fault("PermitsDirtyReads")
            .permits((level, honest) -> EnumSet.allOf(Anomaly.class))
            .mustFail(
                "ISO-05", "what is declared beyond what the contract allows at READ_COMMITTED"),
        // It has them, as any store at this level: the declaration is wrong.
        fault("DeniesLostUpdates")
            .permits(
                (level, honest) -> {
                  Set<Anomaly> permitted = EnumSet.noneOf(Anomaly.class);
                  permitted.addAll(honest);
                  permitted.remove(Anomaly.P4);
                  return permitted;
                })
            .mustFail("ISO-05", "what happened at READ_COMMITTED and is not declared"));
  }
}
