/** The kit's command line. */
@NullMarked
package io.netkingdom.userengine.store.conformance.cli;

import org.jspecify.annotations.NullMarked;
