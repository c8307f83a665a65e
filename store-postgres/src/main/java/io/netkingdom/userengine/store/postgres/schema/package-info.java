/** What those see who look after the tables. */
@NullMarked
package io.netkingdom.userengine.store.postgres.schema;

import org.jspecify.annotations.NullMarked;
