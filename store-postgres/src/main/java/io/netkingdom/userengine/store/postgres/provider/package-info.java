/**
 * The connection providers that come with this adapter. Each knows one driver, by name only: no
 * driver is a dependency, and none of their classes is linked.
 */
@NullMarked
package io.netkingdom.userengine.store.postgres.provider;

import org.jspecify.annotations.NullMarked;
