/**
 * What an adapter builds on: it implements {@link
 * io.netkingdom.userengine.store.adapter.StorageEngine}, that is storage, constraints and
 * isolation, and {@link io.netkingdom.userengine.store.adapter.TransactionalStore} adds what is the
 * same for all: nesting, doom, retries, read-only access, thread and lifetime of handles.
 */
@NullMarked
package io.netkingdom.userengine.store.adapter;

import org.jspecify.annotations.NullMarked;
