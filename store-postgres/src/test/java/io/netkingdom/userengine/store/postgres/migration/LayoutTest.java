package io.netkingdom.userengine.store.postgres.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.postgres.PostgresOptions;
import io.netkingdom.userengine.store.postgres.PostgresSchema;
import io.netkingdom.userengine.store.postgres.sql.SchemaName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutTest {

  private static final SchemaName AWKWARD = new SchemaName("user \"engine\" (");
  private static final Set<String> OF_NO_TENANT =
      Set.of("user_engine_schema_history", "user_engine_outbox_epochs");

  private static List<String> statements(Layout layout) {
    return Migration.ALL.stream().flatMap(m -> m.statements(AWKWARD, layout).stream()).toList();
  }

  private static List<String> firstGroups(String pattern, List<String> statements) {
    List<String> found = new ArrayList<>();
    for (String statement : statements) {
      Matcher matcher = Pattern.compile(pattern).matcher(statement);
      if (matcher.find()) {
        found.add(matcher.group(1));
      }
    }
    return found;
  }

  @Test
  void everyTableButThoseOfNoTenantIsPartitioned() {
    List<String> expected = new ArrayList<>(PostgresSchema.TABLES);
    expected.removeAll(OF_NO_TENANT);
    List<String> partitioned =
        firstGroups(
            "CREATE TABLE \\S.*\\.(\\w+) \\([^;]*\\) PARTITION BY HASH \\(tenant_id\\)$",
            statements(new Layout(3)));

    assertEquals(expected.stream().sorted().toList(), partitioned.stream().sorted().toList());
  }

  @Test
  void aTableIsFollowedByItsPartitions() {
    List<String> statements = statements(new Layout(2));
    int table =
        statements.indexOf(
            statements.stream().filter(s -> s.contains("user_engine_users (")).findFirst().get());

    assertEquals(
        List.of(
            "CREATE TABLE \"user \"\"engine\"\" (\".user_engine_users_p0 PARTITION OF"
                + " \"user \"\"engine\"\" (\".user_engine_users"
                + " FOR VALUES WITH (MODULUS 2, REMAINDER 0)",
            "CREATE TABLE \"user \"\"engine\"\" (\".user_engine_users_p1 PARTITION OF"
                + " \"user \"\"engine\"\" (\".user_engine_users"
                + " FOR VALUES WITH (MODULUS 2, REMAINDER 1)"),
        statements.subList(table + 1, table + 3));
  }

  @Test
  void theStatementsThatMakeNoTableAreThoseOfPlainTables() {
    List<String> others = new ArrayList<>(statements(new Layout(2)));
    others.removeIf(s -> s.contains("PARTITION"));
    List<String> plain = new ArrayList<>(statements(Layout.PLAIN));
    plain.removeIf(s -> s.contains("CREATE TABLE") && s.contains("\n  tenant_id "));

    assertEquals(plain, others);
  }

  @Test
  void everyNameOfAPartitionIsOursUniqueAndShortEnough() {
    List<String> names =
        firstGroups("\\.(\\w+) PARTITION OF", statements(new Layout(Layout.MOST_PARTITIONS)));

    assertEquals(
        (PostgresSchema.TABLES.size() - OF_NO_TENANT.size()) * Layout.MOST_PARTITIONS,
        names.size());
    assertEquals(names.size(), new HashSet<>(names).size());
    for (String name : names) {
      assertTrue(name.startsWith("user_engine_"), name);
      assertTrue(name.getBytes(StandardCharsets.UTF_8).length <= 63, name);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1, 1_025})
  void aNumberOfPartitionsThatMakesNoSenseIsRefused(int partitions) {
    StoreException.InvalidInput refused =
        assertThrows(
            StoreException.InvalidInput.class,
            () -> PostgresOptions.defaults().withTenantPartitions(partitions));

    assertEquals("tenantPartitions", refused.field());
  }

  private static Set<String> lines(String... lines) {
    Set<String> all = new HashSet<>(Set.of(lines));
    Stream.of("a", "b").forEach(table -> all.add("column " + table + ".tenant_id text not null"));
    return all;
  }

  private static String hashed(String table, String moduli) {
    return "partitioned " + table + " by HASH (tenant_id) with moduli" + moduli;
  }

  @Test
  void tablesThatArePartitionedAlikeOrNotAtAllAreInOrder() {
    TableLayouts plain = TableLayouts.of(lines());
    TableLayouts partitioned = TableLayouts.of(lines(hashed("a", " 2 2"), hashed("b", " 2 2")));

    assertEquals(List.of(), plain.problems());
    assertEquals(Layout.PLAIN, plain.layout());
    assertEquals(List.of(), partitioned.problems());
    assertEquals(new Layout(2), partitioned.layout());
  }

  @Test
  void aPartitionThatIsDividedFurtherIsInOrder() {
    TableLayouts found = TableLayouts.of(lines(hashed("a", " 12 3 12 6 3"), hashed("b", " 3 3 3")));

    assertEquals(List.of(), found.problems());
    assertEquals(new Layout(3), found.layout());
  }

  @Test
  void aMissingPartitionIsNamedByItsTable() {
    assertEquals(
        List.of(
            "a partition of a is missing: there are those for 11 of 12 remainders",
            "b has no partition at all"),
        TableLayouts.of(lines(hashed("a", " 3 12 6 3"), hashed("b", ""))).problems());
  }

  @Test
  void aMixtureIsNamed() {
    assertEquals(
        List.of("some tables are partitioned (b), and others are not (a)"),
        TableLayouts.of(lines(hashed("b", " 2 2"))).problems());
  }

  @Test
  void anotherWayToPartitionIsNamed() {
    assertEquals(
        List.of("b is partitioned by LIST (tenant_id), not by HASH (tenant_id)"),
        TableLayouts.of(lines(hashed("a", " 2 2"), "partitioned b by LIST (tenant_id) with moduli"))
            .problems());
  }
}
