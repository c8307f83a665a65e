package io.netkingdom.userengine.store.conformance.rules;

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
 * Hands a check its {@link Trial}. Where the adapter lacks the rule's capability, the refusal is
 * observed in the check's place; a check that looked at nothing is reported.
 *
 * <p>A check runs in a thread of its own, which is left behind when its time is over. It may still
 * have transactions open then: the store that it shared is given up with it, so that the next check
 * begins with another, and its trial is of no use to it any more.
 */
final class RuleExtension
    implements ParameterResolver, InvocationInterceptor, AfterTestExecutionCallback {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(RuleExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Trial.class;
  }

  @Override
  public Trial resolveParameter(ParameterContext parameter, ExtensionContext context) {
    RuleRun run = RuleRun.of(context);
    Trial trial = new Trial(run, run.random(idOf(context.getRequiredTestMethod())));
    context.getStore(NAMESPACE).put(Trial.class, trial);
    return trial;
  }

  @Override
  public void interceptTestMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    Trial trial = trialOf(context);
    try {
      check(invocation, idOf(method.getExecutable()), trial, RuleRun.of(context));
    } catch (Throwable failure) {
      try {
        trial.end();
      } catch (Throwable after) {
        failure.addSuppressed(after);
      }
      throw failure;
    }
    trial.end();
  }

  private static void check(Invocation<Void> invocation, String id, Trial trial, RuleRun run)
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
    if (trial.observations() == 0) {
      run.findings().observedNothing(id);
    }
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    if (trialOf(context).abandon()) {
      RuleRun run = RuleRun.of(context);
      run.findings().leftBehind(idOf(context.getRequiredTestMethod()));
      run.giveUpShared();
    }
  }

  private static Trial trialOf(ExtensionContext context) {
    return Objects.requireNonNull(
        context.getStore(NAMESPACE).get(Trial.class, Trial.class), "a check takes a Trial");
  }

  private static String idOf(Method check) {
    return AnnotationSupport.findAnnotation(check, Rule.class).orElseThrow().value();
  }
}
