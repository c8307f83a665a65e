/** Runs the rules, one at a time, and keeps account of what was heard of each. */
@NullMarked
package io.netkingdom.userengine.store.conformance.plan;

import org.jspecify.annotations.NullMarked;
