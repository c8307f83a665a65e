/** Connections: borrowed, bounded, pooled, joined; and what their failures mean. */
@NullMarked
package io.netkingdom.userengine.store.postgres.jdbc;

import org.jspecify.annotations.NullMarked;
