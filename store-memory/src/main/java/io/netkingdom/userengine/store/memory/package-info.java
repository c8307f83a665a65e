/**
 * The reference adapter: the whole contract in memory, for tests, for small installations, and as
 * the embedded default.
 *
 * <p>All records are one immutable value, so that a reader needs no lock and sees one moment. A
 * transaction that writes has its tenant to itself from its first write to its end.
 */
@NullMarked
package io.netkingdom.userengine.store.memory;

import org.jspecify.annotations.NullMarked;
