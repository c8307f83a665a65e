package io.netkingdom.userengine.store.conformance.model;

import io.netkingdom.userengine.store.IsolationLevel;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One step of a history: a single operation, or a whole transaction. */
sealed interface Step {

  /** Which of the history's tenants it works in. */
  int tenant();

  /** A single operation. */
  record Single(int tenant, Operation operation) implements Step {
    @Override
    public String toString() {
      return "tenant " + tenant + ": " + operation;
    }
  }

  /** A transaction. */
  record Transaction(int tenant, IsolationLevel isolation, List<Inner> body, End end)
      implements Step {
    Transaction with(List<? extends Inner> otherBody) {
      return new Transaction(tenant, isolation, List.copyOf(otherBody), end);
    }

    /** Its operations, those of nested calls included. */
    List<Operation> flat() {
      return operations(body).toList();
    }

    /** Its operations as single ones. */
    List<Single> apart() {
      return flat().stream().map(operation -> new Single(tenant, operation)).toList();
    }

    private static Stream<Operation> operations(List<Inner> body) {
      return body.stream()
          .flatMap(
              inner ->
                  inner instanceof Nested nested
                      ? operations(nested.body())
                      : Stream.of((Operation) inner));
    }

    @Override
    public String toString() {
      return "tenant " + tenant + ": transaction, " + isolation + braces(body, end);
    }
  }

  /** What a transaction is made of: operations, and nested calls. */
  sealed interface Inner permits Operation, Nested {}

  /** A nested call. */
  record Nested(List<Inner> body, End end) implements Inner {
    @Override
    public String toString() {
      return "nested call" + braces(body, end);
    }
  }

  /** How a callback ends. */
  enum End {
    /** It returns. */
    RETURN,
    /** It throws. */
    THROW,
    /** It throws, and the callback around it catches that and returns. */
    CAUGHT
  }

  private static String braces(List<Inner> body, End end) {
    String inner =
        body.stream()
            .map(each -> "\n" + each)
            .collect(Collectors.joining())
            .replace("\n", "\n    ");
    return " {"
        + inner
        + switch (end) {
          case RETURN -> "\n}";
          case THROW -> "\n    throw\n}";
          case CAUGHT -> "\n    throw\n} caught, then return";
        };
  }
}
