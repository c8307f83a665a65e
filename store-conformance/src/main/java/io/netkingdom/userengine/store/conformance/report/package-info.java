/** What a run leaves behind: the ledger's file, read back and verified, and what is made of it. */
@NullMarked
package io.netkingdom.userengine.store.conformance.report;

import org.jspecify.annotations.NullMarked;
