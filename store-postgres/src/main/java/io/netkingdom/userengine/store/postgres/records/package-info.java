/** The repositories: their statements, and the rows that these answer with. */
@NullMarked
package io.netkingdom.userengine.store.postgres.records;

import org.jspecify.annotations.NullMarked;
