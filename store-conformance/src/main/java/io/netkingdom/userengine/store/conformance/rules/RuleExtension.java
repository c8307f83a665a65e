package io.netkingdom.userengine.store.conformance.rules;

import io.netkingdom.userengine.store.conformance.Capability;
import io.netkingdom.userengine.store.conformance.Manifest;
import java.lang.reflect.Method;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Hands a check its {@link Trial}. Where the adapter lacks the rule's capability, the refusal is
 * observed in the check's place; and a check that looked at nothing is reported.
 */
final class RuleExtension implements ParameterResolver, InvocationInterceptor {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(RuleExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Trial.class;
  }

  @Override
  public Trial resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Trial trial = new Trial(RuleRun.of(context));
    context.getStore(NAMESPACE).put(Trial.class, trial);
    return trial;
  }

  @Override
  public void interceptTestMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    RuleRun run = RuleRun.of(context);
    String id =
        AnnotationSupport.findAnnotation(method.getExecutable(), Rule.class).orElseThrow().value();
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
    try (Trial trial =
        Objects.requireNonNull(context.getStore(NAMESPACE).get(Trial.class, Trial.class))) {
      invocation.proceed();
      if (trial.observations() == 0) {
        run.findings().observedNothing(id);
      }
    }
  }
}
