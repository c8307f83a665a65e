package io.netkingdom.userengine.store.conformance.plan;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** What an adopter's test class path may hold, and what would spoil the kit's run. */
public final class Hostile {

  public static final Set<String> disabled = ConcurrentHashMap.newKeySet();
  public static final Set<String> listened = ConcurrentHashMap.newKeySet();

  private Hostile() {}

  /** Disables the sample checks; found through a service file and a property. */
  public static final class Extension implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      String name = context.getTestClass().map(Class::getName).orElse("");
      if (!name.contains("SampleChecks")) {
        return ConditionEvaluationResult.enabled("not a sample");
      }
      disabled.add(name);
      return ConditionEvaluationResult.disabled("hostile");
    }
  }

  /** Hears of every test; found through a service file. */
  public static final class Listener implements TestExecutionListener {
    @Override
    public void executionStarted(TestIdentifier test) {
      listened.add(test.getUniqueId());
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
      listened.add(test.getUniqueId());
    }
  }
}
