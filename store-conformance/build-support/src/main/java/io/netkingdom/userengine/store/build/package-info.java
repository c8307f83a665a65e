/** What the build prints. Part of no artifact. */
@NullMarked
package io.netkingdom.userengine.store.build;

import org.jspecify.annotations.NullMarked;
