/**
 * The durable adapter: PostgreSQL through {@code java.sql}, with whatever JDBC driver the
 * application brings.
 *
 * <p>Start at {@link io.netkingdom.userengine.store.postgres.PostgresUserEngineStore}. Each
 * operation is one statement; constraints decide races, and version numbers prevent lost updates.
 */
@NullMarked
package io.netkingdom.userengine.store.postgres;

import org.jspecify.annotations.NullMarked;
