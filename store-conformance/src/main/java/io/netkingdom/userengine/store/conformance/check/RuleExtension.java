package io.netkingdom.userengine.store.conformance.check;

import io.netkingdom.userengine.store.conformance.Capability;
import io.netkingdom.userengine.store.conformance.Manifest;
import java.lang.reflect.Method;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Hands a check its {@link RuleContext}. Where the adapter lacks the rule's capability, the refusal
 * is observed in the check's place; a check that looked at nothing is reported.
 *
 * <p>A check runs in a thread of its own, which is left behind when its time is over. It may still
 * have transactions open then: the store that it shared is given up with it, so that the next check
 * begins with another, and its context is of no use to it any more.
 */
final class RuleExtension
    implements ParameterResolver, InvocationInterceptor, AfterTestExecutionCallback {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(RuleExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == RuleContext.class;
  }

  @Override
  public RuleContext resolveParameter(ParameterContext parameter, ExtensionContext context) {
    RuleRun run = RuleRun.of(context);
    RuleContext rule = new RuleContext(run, run.random(idOf(context.getRequiredTestMethod())));
    context.getStore(NAMESPACE).put(RuleContext.class, rule);
    return rule;
  }

  @Override
  public void interceptTestMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    RuleContext rule = contextOf(context);
    try {
      check(invocation, idOf(method.getExecutable()), rule, RuleRun.of(context));
    } catch (Throwable failure) {
      try {
        rule.end();
      } catch (Throwable after) {
        failure.addSuppressed(after);
      }
      throw failure;
    }
    rule.end();
  }

  private static void check(Invocation<Void> invocation, String id, RuleContext rule, RuleRun run)
      throws Throwable {
    Optional<Capability> missing =
        run.manifest()
            .find(id)
            .map(Manifest.Entry::capability)
            .filter(capability -> !capability.isDeclaredBy(run.fixture()));
    if (missing.isPresent()) {
      invocation.skip();
      run.findings().refused(id, run.refusalOf(missing.get()));
      return;
    }
    invocation.proceed();
    if (rule.observations() == 0) {
      run.findings().observedNothing(id);
    }
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    if (contextOf(context).abandon()) {
      RuleRun run = RuleRun.of(context);
      run.findings().leftBehind(idOf(context.getRequiredTestMethod()));
      run.giveUpShared();
    }
  }

  private static RuleContext contextOf(ExtensionContext context) {
    return Objects.requireNonNull(
        context.getStore(NAMESPACE).get(RuleContext.class, RuleContext.class),
        "a check takes a RuleContext");
  }

  private static String idOf(Method check) {
    return AnnotationSupport.findAnnotation(check, Rule.class).orElseThrow().id();
  }
}
