package io.netkingdom.userengine.store.conformance.selftest;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The house as docs/architecture.md draws it: what may use what, and that nothing goes in circles.
 */
class ArchitectureTest {

  private static final String ROOT = "io.netkingdom.userengine.store";
  private static final String POSTGRES = ROOT + ".postgres";

  /** Of the PostgreSQL adapter, from the ground up: a floor uses those before it, and no other. */
  private static final List<String> FLOORS =
      List.of("sql", "schema", "jdbc", "session", "records", "migration", "engine", "", "cli");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void packagesOfThePostgresAdapterUseOnlyThoseBelow() {
    for (int floor = 0; floor < FLOORS.size(); floor++) {
      String[] above =
          FLOORS.subList(floor + 1, FLOORS.size()).stream()
              .map(ArchitectureTest::packageOf)
              .toArray(String[]::new);
      if (above.length > 0) {
        ArchRuleDefinition.noClasses()
            .that()
            .resideInAPackage(packageOf(FLOORS.get(floor)))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(above)
            .check(CLASSES);
      }
    }
  }

  private static String packageOf(String floor) {
    return floor.isEmpty() ? POSTGRES : POSTGRES + "." + floor;
  }

  @Test
  void filesOfThePostgresAdapterDependOnEachOtherInNoCircle() {
    slices().assignedFrom(new Files(POSTGRES)).should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void neitherTheApiNorTheKitKnowsAnAdapter() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideInAnyPackage(
            ROOT,
            ROOT + ".adapter..",
            ROOT + ".spi..",
            ROOT + ".internal..",
            ROOT + ".conformance..")
        .and()
        .resideOutsideOfPackage(ROOT + ".conformance.selftest")
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "are an adapter's",
                type ->
                    type.getPackageName().startsWith(POSTGRES)
                        || type.getPackageName().startsWith(ROOT + ".memory")))
        .check(CLASSES);
  }

  @Test
  void whatChecksAreWrittenWithKnowsNoRule() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideInAPackage(ROOT + ".conformance.check")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".conformance.rules")
        .check(CLASSES);
  }

  /** A file is a class with all that is nested in it. */
  private record Files(String root) implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      boolean isOurs =
          (type.getPackageName() + ".").startsWith(root + ".")
              && !type.getPackageName().startsWith(root + ".testing");
      return isOurs
          ? SliceIdentifier.of(type.getName().replaceAll("\\$.*", ""))
          : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "files of " + root;
    }
  }
}
