/** The command for a schema. */
@NullMarked
package io.netkingdom.userengine.store.postgres.cli;

import org.jspecify.annotations.NullMarked;
