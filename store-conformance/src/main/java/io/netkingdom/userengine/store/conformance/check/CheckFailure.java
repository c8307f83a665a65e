package io.netkingdom.userengine.store.conformance.check;

import static java.util.stream.Collectors.joining;

import io.netkingdom.userengine.store.conformance.StoreFixture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Why a check did not end well, as an object: ledgers, consoles and tests show what they need of
 * it. Of what a store threw, no message is shown unless the contract keeps it clean (see {@link
 * Messages}); what the fixture threw is its author's own.
 */
public final class CheckFailure {

  private static final int FRAMES = 6;
  private static final int LONGEST_STEP = 500;

  private final Throwable thrown;
  private final String checks;
  private final String sentence;

  private CheckFailure(Throwable thrown, Class<?> check, String sentence) {
    this.thrown = thrown;
    this.checks = check.getPackageName();
    this.sentence = sentence;
  }

  /** What a check of that class threw. */
  public static CheckFailure of(Throwable thrown, Class<?> check) {
    return new CheckFailure(thrown, check, sentenceOf(thrown));
  }

  /** A check that did not end in time; what JUnit threw tells where it was. */
  public static CheckFailure leftBehind(Throwable thrown, Class<?> check) {
    return new CheckFailure(thrown, check, "the check did not end in time and was left behind");
  }

  private static String sentenceOf(Throwable thrown) {
    if (thrown instanceof ExpectationFailedError failed) {
      return Messages.escape(failed.getMessage())
          + failed.steps().stream()
              .map(step -> "\n  " + Messages.escape(shortened(step)))
              .collect(joining());
    }
    return thrown instanceof FixtureFailedException
        ? Messages.escape(thrown.getMessage())
        : "unexpected " + Messages.describe(thrown);
  }

  private static String shortened(String step) {
    return step.length() <= LONGEST_STEP ? step : step.substring(0, LONGEST_STEP) + "...";
  }

  /** What was expected and what was seen, without where: one line, or more for a history. */
  public String sentence() {
    return sentence;
  }

  /** The sentence, where that was, and what caused it, as the ledger has it. */
  public String text() {
    StringBuilder text = new StringBuilder(sentence);
    frames(thrown).forEach(frame -> text.append("\n  at ").append(Messages.frame(frame)));
    for (Throwable cause : causes(thrown)) {
      text.append("\ncaused by ").append(Messages.describe(cause));
      frames(cause).forEach(frame -> text.append("\n  at ").append(Messages.frame(frame)));
    }
    return text.toString();
  }

  /** Both values, where an expectation of a value failed. */
  public Optional<ExpectationFailedError.Values> values() {
    return thrown instanceof ExpectationFailedError failed ? failed.values() : Optional.empty();
  }

  /**
   * The lines of the check that led here, the innermost first; of what observes a refusal, where no
   * check was run. Never empty unless nothing is known.
   */
  public List<StackTraceElement> where() {
    for (Throwable each : withCauses()) {
      List<StackTraceElement> lines =
          Arrays.stream(each.getStackTrace()).filter(this::isOfAChecks).toList();
      if (!lines.isEmpty()) {
        return lines;
      }
    }
    return Arrays.stream(thrown.getStackTrace()).filter(CheckFailure::isOfTheKit).toList();
  }

  /** What the fixture threw, as it is. */
  public Optional<Throwable> fixtures() {
    return thrown instanceof FixtureFailedException failed
        ? Optional.of(failed.thrown())
        : Optional.empty();
  }

  /** What caused it, fit to be shown; null where an expectation failed by itself. */
  public @Nullable Throwable cause() {
    Optional<Throwable> fixtures = fixtures();
    if (fixtures.isPresent()) {
      return fixtures.get();
    }
    List<Throwable> all = withCauses();
    Throwable shown = null;
    for (int i = all.size() - 1; i >= (thrown instanceof ExpectationFailedError ? 1 : 0); i--) {
      shown = new DescribedException(all.get(i), shown);
    }
    return shown;
  }

  /** An exception as reports may show it: its type, its place and its cause. */
  @SuppressWarnings("OverrideThrowableToString") // A stack shall read as that of the original.
  private static final class DescribedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final String description;

    DescribedException(Throwable described, @Nullable Throwable cause) {
      super(null, cause, false, true);
      this.description = Messages.describe(described);
      setStackTrace(described.getStackTrace());
    }

    @Override
    public String toString() {
      return description;
    }
  }

  private List<Throwable> withCauses() {
    return Stream.concat(Stream.of(thrown), causes(thrown).stream()).toList();
  }

  private static List<Throwable> causes(Throwable failure) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    seen.add(failure);
    List<Throwable> causes = new ArrayList<>();
    for (Throwable cause = failure.getCause();
        cause != null && seen.add(cause);
        cause = cause.getCause()) {
      causes.add(cause);
    }
    return causes;
  }

  /** Where a throwable came from up to the kit, and the check's line. */
  private List<StackTraceElement> frames(Throwable failure) {
    if (failure instanceof FixtureFailedException) {
      return List.of();
    }
    List<StackTraceElement> stack = List.of(failure.getStackTrace());
    List<StackTraceElement> frames =
        new ArrayList<>(
            stack.stream().takeWhile(frame -> !isOfTheKit(frame)).limit(FRAMES).toList());
    stack.stream().filter(this::isOfAChecks).findFirst().ifPresent(frames::add);
    if (frames.isEmpty()) {
      stack.stream().findFirst().ifPresent(frames::add);
    }
    return frames;
  }

  private boolean isOfAChecks(StackTraceElement frame) {
    return Messages.packageOf(frame).equals(checks);
  }

  /** Of a package below the one that adapters see. */
  private static boolean isOfTheKit(StackTraceElement frame) {
    return Messages.packageOf(frame).startsWith(StoreFixture.class.getPackageName() + ".");
  }
}
