package io.netkingdom.userengine.store.conformance.plan;

import io.netkingdom.userengine.store.conformance.check.Rule;
import io.netkingdom.userengine.store.conformance.rules.RuleClasses;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/** The checks of some classes, by the rule that they check. */
public final class Checks {

  private final Map<String, List<Method>> methods;

  private Checks(Map<String, List<Method>> methods) {
    this.methods = methods;
  }

  /** The kit's. */
  public static Checks all() {
    return in(RuleClasses.all());
  }

  /** Those of some classes. */
  public static Checks in(List<? extends Class<?>> classes) {
    Map<String, List<Method>> methods = new LinkedHashMap<>();
    for (Class<?> type : classes) {
      for (Method method :
          AnnotationSupport.findAnnotatedMethods(
              type, Rule.class, HierarchyTraversalMode.TOP_DOWN)) {
        methods
            .computeIfAbsent(method.getAnnotation(Rule.class).id(), id -> new ArrayList<>())
            .add(method);
      }
    }
    return new Checks(methods);
  }

  /** The rules that there is a check for. */
  List<String> rules() {
    return List.copyOf(methods.keySet());
  }

  /** The checks of a rule; there should be exactly one. */
  public List<Method> of(String rule) {
    return methods.getOrDefault(rule, List.of());
  }
}
