/**
 * Test support for whoever tests against PostgreSQL: this project, and the repositories of those
 * who write connection providers.
 *
 * <p>{@link io.netkingdom.userengine.store.postgres.testing.LiveGate} decides from the environment
 * whether there is a database that may be emptied; {@link
 * io.netkingdom.userengine.store.postgres.testing.LivePostgres} is the same as a JUnit extension;
 * {@link io.netkingdom.userengine.store.postgres.testing.LiveDatabase} is what it lets through, and
 * {@link io.netkingdom.userengine.store.postgres.testing.PostgresStoreFixture} runs the conformance
 * kit on it.
 */
@NullMarked
package io.netkingdom.userengine.store.postgres.testing;

import org.jspecify.annotations.NullMarked;
