/**
 * Canonical keys: the PRECIS framework (RFC 8264) and the profiles that user names (RFC 8265) and
 * group names (RFC 8266) follow.
 *
 * <p>Not exported. All Unicode data is ICU4J's, seen as of one pinned version of Unicode ({@link
 * io.netkingdom.userengine.store.precis.PinnedUnicode}); nothing here asks the JDK about a
 * character, nor for the default locale.
 */
@NullMarked
package io.netkingdom.userengine.store.precis;

import org.jspecify.annotations.NullMarked;
