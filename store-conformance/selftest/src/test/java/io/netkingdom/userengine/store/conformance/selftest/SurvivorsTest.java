package io.netkingdom.userengine.store.conformance.selftest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netkingdom.userengine.store.conformance.selftest.Mutant.Fate;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SurvivorsTest {

  private static final Mutant SURVIVOR = new Mutant("p.C", "C.m(): x", Fate.SURVIVED);

  @Test
  void readsReasonsOfOneOrMoreLines() {
    assertEquals(
        Map.of("C.m(): x", "one two", "C.n(): y", "three", "C.o(): z", "three"),
        Survivors.parse("# list\nC.m(): x\n  one\n  two\n\nC.n(): y\nC.o(): z\n  three\n")
            .reasons());
  }

  @Test
  void refusesAListThatIsNotInForm() {
    assertRefused("twice in the list: a", "a\n  x\na\n  y\n");
    assertRefused("without a reason: b", "a\n  x\nb\n");
    assertRefused("a reason of no mutant: x", "  x\na\n  y\n");
  }

  private static void assertRefused(String message, String list) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> Survivors.parse(list)).getMessage());
  }

  @Test
  void acceptsWhatIsKilledTimedOutOrExplained() {
    assertEquals(
        List.of(),
        problems("C.m(): x\n  equivalent", SURVIVOR, of(Fate.KILLED), of(Fate.TIMED_OUT)));
    assertEquals(List.of(), problems("D.m(): y\n  why", of(Fate.TIMED_OUT)));
  }

  @Test
  void tellsWhatIsUnexplainedOutdatedOrUndecided() {
    assertEquals(
        List.of("no rule notices, and nothing explains: C.m(): x"), problems("", SURVIVOR));
    assertEquals(
        List.of("explained, but a rule notices it: D.m(): y"),
        problems("D.m(): y\n  why", of(Fate.KILLED)));
    assertEquals(List.of("explained, but there is no such mutant: gone"), problems("gone\n  why"));
    assertEquals(List.of("its run broke down: D.m(): y"), problems("", of(Fate.UNDECIDED)));
  }

  private static Mutant of(Fate fate) {
    return new Mutant("p.D", "D.m(): y", fate);
  }

  private static List<String> problems(String list, Mutant... mutants) {
    return Survivors.parse(list).problems(List.of(mutants));
  }

  @Test
  void readsAReport() throws Exception {
    String report =
        "<mutations>"
            + mutation("SURVIVED", 9, 4, "with", "(Lp/Key;[IJ)V", "negated conditional")
            + mutation("KILLED", 9, 2, "with", "(Lp/Key;[IJ)V", "negated conditional")
            + mutation("NO_COVERAGE", 7, 1, "lambda$of$3", "()V", "removed call to p/q/C::m")
            + mutation(
                "TIMED_OUT", 1, 1, "a", "()Lp/X;", "replaced return value with null for p/C::a")
            + mutation("RUN_ERROR", 2, 1, "a", "()V", "x")
            + "</mutations>";
    assertEquals(
        List.of(
            new Mutant("p.C", "C.a(): replaced return value with null", Fate.TIMED_OUT),
            new Mutant("p.C", "C.a(): x", Fate.UNDECIDED),
            new Mutant("p.C", "C.of (lambda): removed call to C.m", Fate.SURVIVED),
            new Mutant("p.C", "C.with(Key, I, J): negated conditional", Fate.KILLED),
            new Mutant("p.C", "C.with(Key, I, J): negated conditional (2)", Fate.SURVIVED)),
        MutationReport.read(new ByteArrayInputStream(report.getBytes(StandardCharsets.UTF_8))));
  }

  private static String mutation(
      String status, int line, int index, String method, String descriptor, String change) {
    return "<mutation status='%s'><mutatedClass>p.C</mutatedClass><mutatedMethod>%s</mutatedMethod>"
            .formatted(status, method)
        + "<methodDescription>%s</methodDescription><lineNumber>%d</lineNumber>"
            .formatted(descriptor, line)
        + "<indexes><index>%d</index></indexes><description>%s</description></mutation>"
            .formatted(index, change);
  }
}
