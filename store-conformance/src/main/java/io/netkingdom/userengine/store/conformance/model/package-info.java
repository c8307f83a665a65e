/**
 * Random histories, run against a store and against a model of what a store is, which is as plain
 * as it can be. No part of the kit's interface.
 */
@NullMarked
package io.netkingdom.userengine.store.conformance.model;

import org.jspecify.annotations.NullMarked;
