package io.netkingdom.userengine.store.postgres.testing;

import io.netkingdom.userengine.store.postgres.testing.LiveGate.Decision;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Runs a test class only where {@link LiveGate} lets it, and hands it the {@link LiveDatabase}:
 *
 * <pre>{@code
 * @ExtendWith(LivePostgres.class)
 * class AcmeProviderIT {
 *   @Test
 *   void storesUsers(LiveDatabase database) {
 *     database.reset();
 *     try (UserEngineStore store = database.open(StoreOptions.defaults())) { … }
 *   }
 * }
 * }</pre>
 *
 * <p>Where nobody asked for live tests the class is skipped, and says on standard output what to
 * set. Where what was asked for is refused, the class fails.
 */
public final class LivePostgres implements ExecutionCondition, ParameterResolver {

  /** For JUnit. */
  public LivePostgres() {}

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Decision decision = LiveGate.decide();
    if (decision instanceof Decision.Refused refused) {
      throw new LiveRefusal(refused.reason());
    }
    if (decision instanceof Decision.Skipped skipped) {
      // Not every runner shows the reason of a skip.
      context
          .getTestClass()
          .filter(test -> context.getTestMethod().isEmpty())
          .ifPresent(
              test ->
                  System.out.println(
                      "[live] skipped " + test.getSimpleName() + ": " + skipped.reason()));
      return ConditionEvaluationResult.disabled(skipped.reason());
    }
    return ConditionEvaluationResult.enabled("there is a database for live tests");
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == LiveDatabase.class;
  }

  @Override
  public LiveDatabase resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return LiveDatabase.fromEnvironment();
  }
}
