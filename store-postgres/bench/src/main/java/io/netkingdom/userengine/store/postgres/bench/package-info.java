/** What the PostgreSQL adapter costs over JDBC written by hand. Never published. */
@NullMarked
package io.netkingdom.userengine.store.postgres.bench;

import org.jspecify.annotations.NullMarked;
