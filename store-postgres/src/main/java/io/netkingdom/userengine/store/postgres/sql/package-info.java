/**
 * SQL as templates: the schema filled in, every name qualified, parameters by name. Knows no
 * connection.
 */
@NullMarked
package io.netkingdom.userengine.store.postgres.sql;

import org.jspecify.annotations.NullMarked;
