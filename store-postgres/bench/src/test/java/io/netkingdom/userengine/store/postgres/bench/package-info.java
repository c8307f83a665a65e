/** The benchmarks measure what they say. */
@NullMarked
package io.netkingdom.userengine.store.postgres.bench;

import org.jspecify.annotations.NullMarked;
