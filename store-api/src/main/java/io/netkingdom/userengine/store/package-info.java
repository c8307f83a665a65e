/**
 * The contract of the user-engine store: what an application calls, what it gets back, and what can
 * go wrong.
 *
 * <p>Start at {@link io.netkingdom.userengine.store.UserEngineStore}. Records are immutable and
 * validated where they are made: a {@code UserDraft} that exists is one that every adapter accepts.
 * Names are those of SCIM 2.0 (RFC 7643) and OpenID Connect Core 1.0.
 */
@NullMarked
package io.netkingdom.userengine.store;

import org.jspecify.annotations.NullMarked;
