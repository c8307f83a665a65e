/** Migrations: inspect a schema, plan what it lacks, run it. */
@NullMarked
package io.netkingdom.userengine.store.postgres.migration;

import org.jspecify.annotations.NullMarked;
