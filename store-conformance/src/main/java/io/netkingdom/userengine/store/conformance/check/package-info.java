/**
 * What checks are written with, and what runs them. Knows no check: {@code rules} depends on this
 * package, never the reverse. Not exported.
 */
@NullMarked
package io.netkingdom.userengine.store.conformance.check;

import org.jspecify.annotations.NullMarked;
