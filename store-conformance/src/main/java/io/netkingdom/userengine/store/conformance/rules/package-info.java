/**
 * The checks, one class per section of the contract, and nothing else. Not exported: adapters see
 * rules by their ids only.
 */
@NullMarked
package io.netkingdom.userengine.store.conformance.rules;

import org.jspecify.annotations.NullMarked;
