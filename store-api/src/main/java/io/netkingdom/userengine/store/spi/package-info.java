/**
 * How a store reaches a database: a {@link io.netkingdom.userengine.store.spi.Dsn} says where it
 * is, in words that belong to no driver; a {@link
 * io.netkingdom.userengine.store.spi.ConnectionProvider} knows one JDBC driver; and {@link
 * io.netkingdom.userengine.store.spi.ConnectionProviders} finds the providers that are there and
 * chooses one.
 *
 * <p>Nothing in this package opens a connection, and no message of it repeats a DSN.
 */
@NullMarked
package io.netkingdom.userengine.store.spi;

import org.jspecify.annotations.NullMarked;
