package io.netkingdom.userengine.store.postgres.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Another application in the database of live tests, with objects whose names are like ours, and
 * ours in a schema of its own: no test may take the database to be its own.
 */
final class Neighbour {

  private static final List<String> OBJECTS =
      List.of(
          "CREATE TABLE public.user_engine_reports (id bigint PRIMARY KEY, users bigint)",
          "INSERT INTO public.user_engine_reports VALUES (1, 210), (2, 4)",
          "CREATE INDEX user_engine_reports_users ON public.user_engine_reports (users)",
          "CREATE VIEW public.user_engine_report_totals AS"
              + " SELECT pg_catalog.sum(users) AS users FROM public.user_engine_reports",
          "CREATE SEQUENCE public.user_engine_report_ids",
          "CREATE TYPE public.user_engine_report_state AS ENUM ('new', 'sent')",
          "CREATE FUNCTION public.user_engine_report_count() RETURNS bigint LANGUAGE sql"
              + " AS 'SELECT pg_catalog.count(*) FROM public.user_engine_reports'",
          "CREATE SCHEMA neighbour",
          "CREATE TABLE neighbour.user_engine_users (tenant_id text, id uuid, name text)",
          "CREATE TABLE neighbour.user_engine_schema_history (version integer, script text)",
          "INSERT INTO neighbour.user_engine_schema_history VALUES (7, 'V7__theirs.sql')");

  private Neighbour() {}

  /** Makes the objects, which nobody drops. */
  static void moveIn(Connection connection) {
    try (Statement statement = connection.createStatement()) {
      for (String sql : OBJECTS) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new UncheckedIOException(
          "the neighbour's objects were not made", new IOException(e.getSQLState()));
    }
  }
}
