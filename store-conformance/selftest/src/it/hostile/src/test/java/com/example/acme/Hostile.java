package com.example.acme;

import io.netkingdom.userengine.store.conformance.StoreConformance;
import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.MethodSelector;
import org.junit.platform.engine.support.descriptor.EngineDescriptor;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** What a project may have on its test class path; each of it would spoil the rules' own run. */
public final class Hostile {

  private static final String KIT = StoreConformance.class.getPackageName() + ".";

  private static int sessions;

  private Hostile() {}

  private static boolean isOfTheKit(String name) {
    return name.startsWith(KIT);
  }

  /** Disables the rules' checks. */
  public static final class Extension implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return isOfTheKit(context.getTestClass().map(Class::getName).orElse(""))
          ? ConditionEvaluationResult.disabled("hostile")
          : ConditionEvaluationResult.enabled("not the kit's");
    }
  }

  /** Finds no rule's check. */
  public static final class Filter implements PostDiscoveryFilter {
    @Override
    public FilterResult apply(TestDescriptor test) {
      return FilterResult.includedIf(
          test.getSource()
              .filter(MethodSource.class::isInstance)
              .map(MethodSource.class::cast)
              .filter(source -> source.getJavaClass().getName().contains(".rules."))
              .isEmpty());
    }
  }

  /** Breaks a run of the rules' checks. */
  public static final class Engine implements TestEngine {
    @Override
    public String getId() {
      return "hostile";
    }

    @Override
    public TestDescriptor discover(EngineDiscoveryRequest request, UniqueId id) {
      List<MethodSelector> selected = request.getSelectorsByType(MethodSelector.class);
      if (selected.stream().anyMatch(method -> isOfTheKit(method.getClassName()))) {
        throw new IllegalStateException("hostile");
      }
      return new EngineDescriptor(id, "hostile");
    }

    @Override
    public void execute(ExecutionRequest request) {}
  }

  /** Ends the JVM with the first of the rules' checks. */
  public static final class Listener implements TestExecutionListener {
    @Override
    public void executionStarted(TestIdentifier test) {
      test.getSource()
          .filter(MethodSource.class::isInstance)
          .map(MethodSource.class::cast)
          .filter(source -> source.getClassName().contains(".rules."))
          .ifPresent(source -> Runtime.getRuntime().halt(1));
    }

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
      System.out.println("hostile: the listener is there");
    }
  }

  /** Lets nobody but Surefire have a session. */
  public static final class Session implements LauncherSessionListener {
    @Override
    public void launcherSessionOpened(LauncherSession session) {
      sessions++;
      if (sessions > 1) {
        throw new IllegalStateException("hostile: session " + sessions);
      }
    }
  }

  /** Names that tell nothing. */
  public static final class Names extends DisplayNameGenerator.Simple {
    @Override
    public String generateDisplayNameForMethod(
        List<Class<?>> enclosing, Class<?> type, Method method) {
      return "hostile";
    }
  }
}
