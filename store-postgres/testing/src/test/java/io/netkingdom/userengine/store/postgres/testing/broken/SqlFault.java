package io.netkingdom.userengine.store.postgres.testing.broken;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One thing that is wrong with the SQL of the PostgreSQL adapter, which is sound otherwise. The
 * subclass says in its constructor what becomes of the statements on their way to the server, and
 * which rules the store must then fail, with which words.
 *
 * <p>Texts are those of the adapter's sources, {@code {schema}} included, but for parameters, which
 * are question marks by then, and for the schema {@code pg_catalog}, which may be left out; any
 * white space stands for any other. What a fault does has to take place: a text that the adapter no
 * longer has is reported by {@link #undone}.
 */
public abstract class SqlFault {

  private static final Pattern QUALIFIED_OPERATOR =
      Pattern.compile("OPERATOR\\(pg_catalog\\.([^)]+)\\)");

  /** What a fault does. Each must be done at least once in a run. */
  private abstract static class Effect {
    private final String description;
    private volatile boolean done;

    Effect(String description) {
      this.description = description;
    }

    void happens() {
      done = true;
    }
  }

  private static final class Rewriting extends Effect {
    private final Pattern in;
    private final Pattern from;
    private final String to;

    Rewriting(String in, String from, String to) {
      super("rewrite " + from + (in.isEmpty() ? "" : " where there is " + in));
      this.in = pattern(in);
      this.from = pattern(from);
      this.to = Matcher.quoteReplacement(to);
    }

    String applyTo(String sent) {
      String sql = plain(sent);
      if (!in.matcher(sql).find() || !from.matcher(sql).find()) {
        return sent;
      }
      happens();
      return from.matcher(sql).replaceAll(to);
    }
  }

  /** Something that happens to whole statements. */
  private static final class Treatment extends Effect {
    private final Pattern in;

    Treatment(String what, String in) {
      super(what + " where there is " + in);
      this.in = pattern(in);
    }

    boolean isDueTo(String sql) {
      boolean due = in.matcher(plain(sql)).find();
      if (due) {
        happens();
      }
      return due;
    }
  }

  private static final class Omission extends Effect {
    private final String method;
    private final int arguments;

    Omission(String method, int arguments) {
      super("omit " + method);
      this.method = method;
      this.arguments = arguments;
    }
  }

  private static final class Restatement extends Effect {
    private final String from;
    private final String to;

    Restatement(String from, String to) {
      super("say " + to + " for SQLSTATE " + from);
      this.from = from;
      this.to = to;
    }
  }

  private final Map<String, String> failures = new LinkedHashMap<>();
  private final List<Rewriting> rewritings = new ArrayList<>();
  private final List<Treatment> elsewhere = new ArrayList<>();
  private final List<Treatment> twice = new ArrayList<>();
  private final List<Omission> omissions = new ArrayList<>();
  private final List<Restatement> restatements = new ArrayList<>();

  /**
   * A statement as the adapter's sources have it: what names PostgreSQL's own operators, functions
   * and types with their schema is taken away.
   */
  private static String plain(String sql) {
    return QUALIFIED_OPERATOR.matcher(sql).replaceAll("$1").replace("pg_catalog.", "");
  }

  /** The text as it is, but with any white space between its words. */
  private static Pattern pattern(String text) {
    return Pattern.compile(
        Arrays.stream(plain(text).strip().split("\\s+"))
            .map(Pattern::quote)
            .collect(Collectors.joining("\\s+")));
  }

  /** Replaces a text in every statement that has it, those of migrations included. */
  final void rewrites(String from, String to) {
    rewritesIn("", from, to);
  }

  /** Replaces a text in every statement that has it, and another one somewhere. */
  final void rewritesIn(String in, String from, String to) {
    rewritings.add(new Rewriting(in, from, to));
  }

  /** Has the adapter's statements ask for no level, as they refuse to run at another one. */
  final void believesAnyLevel() {
    rewrites(
        "set_config('transaction_isolation', ?::text, true)",
        "current_setting('transaction_isolation', ?::text IS NULL)");
  }

  /** Sends statements that have a text on another connection, where each commits itself. */
  final void sendsElsewhere(String in) {
    elsewhere.add(new Treatment("send elsewhere", in));
  }

  /** Sends statements that have a text twice, and looks at the second answer only. */
  final void sendsTwice(String in) {
    twice.add(new Treatment("send twice", in));
  }

  /** Leaves out calls of a method of {@code java.sql.Connection} that returns nothing. */
  final void omits(String method, int arguments) {
    omissions.add(new Omission(method, arguments));
  }

  /** Reports one SQLSTATE as another one. */
  final void restates(String from, String to) {
    restatements.add(new Restatement(from, to));
  }

  /** States that a rule must fail, with a message that contains these words. */
  final void mustFail(String rule, String words) {
    failures.put(rule, words);
  }

  /** The rules that must fail, each with words of its message. */
  public final Map<String, String> failures() {
    return Collections.unmodifiableMap(failures);
  }

  /** The name of the fault. */
  public final String name() {
    return getClass().getSimpleName();
  }

  /** What becomes of a statement. */
  public final String rewrite(String sql) {
    String rewritten = sql;
    for (Rewriting rewriting : rewritings) {
      rewritten = rewriting.applyTo(rewritten);
    }
    return rewritten;
  }

  /** Whether a statement goes out on another connection. */
  public final boolean isSentElsewhere(String sql) {
    return elsewhere.stream().anyMatch(treatment -> treatment.isDueTo(sql));
  }

  /** Whether a statement goes out twice. */
  public final boolean isSentTwice(String sql) {
    return twice.stream().anyMatch(treatment -> treatment.isDueTo(sql));
  }

  /** Whether a call of a connection is left out. */
  public final boolean isOmitted(String method, int arguments) {
    for (Omission omission : omissions) {
      if (omission.method.equals(method) && omission.arguments == arguments) {
        omission.happens();
        return true;
      }
    }
    return false;
  }

  /** What becomes of a failure. */
  public final SQLException restate(SQLException failure) {
    for (Restatement restatement : restatements) {
      if (restatement.from.equals(failure.getSQLState())) {
        restatement.happens();
        return new SQLException(failure.getMessage(), restatement.to, failure);
      }
    }
    return failure;
  }

  /** What this fault was to do and has not done yet. */
  public final List<String> undone() {
    List<Effect> effects = new ArrayList<>(rewritings);
    effects.addAll(elsewhere);
    effects.addAll(twice);
    effects.addAll(omissions);
    effects.addAll(restatements);
    return effects.stream()
        .filter(effect -> !effect.done)
        .map(effect -> effect.description)
        .toList();
  }
}
