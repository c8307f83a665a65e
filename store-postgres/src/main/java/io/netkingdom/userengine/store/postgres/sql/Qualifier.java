package io.netkingdom.userengine.store.postgres.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Turns a template into what is sent. Whoever may create in a schema on the search path can define
 * an operator, a function or a type that fits better than PostgreSQL's own, or comes before it; so
 * each of them is named with its schema, and the search path decides nothing. Templates stay as
 * they would be written anyhow, but for two things: operators that are named with a schema all have
 * one precedence, so that those of different precedence need parentheses; and a form whose operator
 * takes no schema, such as {@code IN} or {@code IS DISTINCT FROM}, is refused.
 */
final class Qualifier {

  // What looks like a call and is grammar, which no search path can change.
  private static final Set<String> GRAMMAR =
      Set.of(
          "all",
          "and",
          "any",
          "array",
          "as",
          "by",
          "case",
          "check",
          "coalesce",
          "distinct",
          "else",
          "except",
          "exists",
          "extract",
          "filter",
          "from",
          "greatest",
          "hash",
          "key",
          "lateral",
          "least",
          "materialized",
          "not",
          "on",
          "operator",
          "or",
          "over",
          "row",
          "select",
          "set",
          "some",
          "substring",
          "then",
          "trim",
          "union",
          "unique",
          "using",
          "values",
          "when",
          "where",
          "with");

  // Names of types that are grammar, too.
  private static final Set<String> TYPES_OF_GRAMMAR =
      Set.of("bigint", "bit", "boolean", "char", "integer", "interval", "smallint", "timestamp");

  private static final Set<String> ENDS_OF_ASSIGNMENTS =
      Set.of("from", "where", "returning", "select", "union");

  // Each looks an operator up by its bare name.
  private static final Set<String> UNSAFE =
      Set.of("between", "ilike", "in", "like", "natural", "nullif", "similar");

  // Before these a star or a sign is no operator.
  private static final Set<String> BEFORE_OPERAND =
      Set.of(
          "select", "returning", "distinct", "all", "then", "else", "when", "and", "or", "limit");

  private static final String OPERATORS = "+-*/<>=~!@#%^&|";

  private static final int NO_ASSIGNMENTS = -1;

  private final String template;
  private final SchemaName schema;
  private final List<String> names = new ArrayList<>();
  private final StringBuilder out = new StringBuilder();

  private int at;
  private int depth;
  private int assignments = NO_ASSIGNMENTS;
  private boolean assignmentNext;

  /** The last word, in lower case, or character that is no white space; empty at the beginning. */
  private String before = "";

  private Qualifier(String template, SchemaName schema) {
    this.template = template;
    this.schema = schema;
  }

  /** Names the objects of a template, and fills in its schema. */
  static Qualifier of(String template, SchemaName schema) {
    Qualifier qualifier = new Qualifier(template, schema);
    qualifier.run();
    return qualifier;
  }

  /** What is sent. */
  String text() {
    return out.toString();
  }

  /** The parameter that each question mark stands for, in order. */
  List<String> names() {
    return List.copyOf(names);
  }

  private void run() {
    while (at < template.length()) {
      char c = template.charAt(at);
      if (Character.isWhitespace(c)) {
        copy(at + 1);
      } else if (template.startsWith("--", at)) {
        comment();
      } else if (c == '\'' || c == '"') {
        quoted(c);
      } else if (template.startsWith("{schema}", at)) {
        out.append(schema.quoted());
        at += "{schema}".length();
        before = "name";
      } else if (template.startsWith("::", at)) {
        cast();
      } else if (c == ':' && at + 1 < template.length() && isLetter(template.charAt(at + 1))) {
        int end = endOfWord(at + 1);
        names.add(template.substring(at + 1, end));
        out.append('?');
        at = end;
        before = "?";
      } else if (isLetter(c)) {
        word();
      } else if (OPERATORS.indexOf(c) >= 0) {
        operator();
      } else {
        other(c);
      }
    }
  }

  private void copy(int end) {
    out.append(template, at, end);
    at = end;
  }

  private void comment() {
    int newline = template.indexOf('\n', at);
    int end = newline < 0 ? template.length() : newline;
    out.append(template.substring(at, end).replace("{schema}", schema.quoted()));
    at = end;
  }

  private void quoted(char quote) {
    int end = template.indexOf(quote, at + 1);
    if (end < 0) {
      throw new IllegalArgumentException("a quotation has no end: " + template.substring(at));
    }
    copy(end + 1);
    before = "name";
  }

  private void cast() {
    copy(at + 2);
    int end = endOfWord(at);
    String type = template.substring(at, end);
    boolean isQualified = end < template.length() && template.charAt(end) == '.';
    if (!type.isEmpty() && !isQualified && !TYPES_OF_GRAMMAR.contains(type)) {
      out.append("pg_catalog.");
    }
    copy(end);
    before = "type";
  }

  private void word() {
    int end = endOfWord(at);
    String word = template.substring(at, end).toLowerCase(Locale.ROOT);
    boolean isCall = end < template.length() && template.charAt(end) == '(';
    refuseUnsafe(word, template.substring(end).stripLeading().toLowerCase(Locale.ROOT));
    if (isCall && !before.equals(".") && !GRAMMAR.contains(word)) {
      out.append("pg_catalog.");
    }
    if (word.equals("set") && !before.equals(".")) {
      assignments = depth;
      assignmentNext = true;
    } else if (depth == assignments && ENDS_OF_ASSIGNMENTS.contains(word)) {
      assignments = NO_ASSIGNMENTS;
    }
    boolean isColumn = before.equals(".");
    copy(end);
    before = isColumn ? "name" : word;
  }

  private void refuseUnsafe(String word, String rest) {
    boolean isUnsafe =
        UNSAFE.contains(word)
            || (word.equals("distinct") && (before.equals("is") || before.equals("not")))
            || (word.equals("using") && rest.startsWith("("))
            || (word.equals("case") && !rest.startsWith("when"));
    if (isUnsafe && !before.equals(".")) {
      throw new IllegalArgumentException(
          word + " takes no schema for its operator, in: " + template);
    }
  }

  private void operator() {
    int end = at;
    while (end < template.length() && OPERATORS.indexOf(template.charAt(end)) >= 0) {
      end++;
    }
    String operator = template.substring(at, end);
    if (isAssignment(operator) || isNone(operator, end)) {
      copy(end);
    } else {
      at = end;
      out.append("OPERATOR(pg_catalog.").append(operator).append(')');
    }
    before = operator;
  }

  private boolean isAssignment(String operator) {
    if (!operator.equals("=") || depth != assignments || !assignmentNext) {
      return false;
    }
    assignmentNext = false;
    return true;
  }

  /** Whether it is the star of a list or a count, the sign of a number, or already named. */
  private boolean isNone(String operator, int end) {
    boolean isNamed = end < template.length() && template.charAt(end) == ')' && before.equals(".");
    if (isNamed) {
      return true;
    }
    boolean isBeforeOperand =
        before.isEmpty() || ".(,".contains(before) || BEFORE_OPERAND.contains(before);
    return isBeforeOperand && (operator.equals("*") || operator.equals("-"));
  }

  private void other(char c) {
    if (c == '(') {
      depth++;
    } else if (c == ')') {
      depth--;
      if (depth < assignments) {
        assignments = NO_ASSIGNMENTS;
      }
    } else if (c == ',' && depth == assignments) {
      assignmentNext = true;
    }
    copy(at + 1);
    before = String.valueOf(c);
  }

  private int endOfWord(int begin) {
    int end = begin;
    while (end < template.length() && isPartOfWord(template.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  private static boolean isPartOfWord(char c) {
    return isLetter(c) || (c >= '0' && c <= '9');
  }
}
