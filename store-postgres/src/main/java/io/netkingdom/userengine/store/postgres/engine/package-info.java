/** The storage engine that the repositories and the migrations make up. */
@NullMarked
package io.netkingdom.userengine.store.postgres.engine;

import org.jspecify.annotations.NullMarked;
