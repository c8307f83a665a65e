/**
 * The conformance kit. The author of a storage adapter implements {@link
 * io.netkingdom.userengine.store.conformance.StoreFixture} and adds one test class that extends
 * {@link io.netkingdom.userengine.store.conformance.StoreConformanceTests}; each rule of the
 * contract then is a test, and a ledger of verdicts is left behind.
 */
@NullMarked
package io.netkingdom.userengine.store.conformance;

import org.jspecify.annotations.NullMarked;
