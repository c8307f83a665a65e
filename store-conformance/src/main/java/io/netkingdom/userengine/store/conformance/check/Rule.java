package io.netkingdom.userengine.store.conformance.check;

import io.netkingdom.userengine.store.conformance.Capability;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The check of one rule, and the one place where that rule stands. The kit's manifest, the tables
 * of docs/contract.md and the tests in {@code RuleTests} repeat it; ContractTest holds them to it.
 */
@Test
@ExtendWith(RuleExtension.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Rule {

  /** The rule's id, such as {@code TXN-04}. */
  String id();

  /** The rule in one sentence that says what MUST be. */
  String sentence();

  /** The capability that it belongs to; none for a core rule. */
  Capability[] capability() default {};

  /** The version of the kit that the rule came with. */
  String since();
}
