/** What the packages of this module share, and nobody else sees. */
@NullMarked
package io.netkingdom.userengine.store.internal;

import org.jspecify.annotations.NullMarked;
