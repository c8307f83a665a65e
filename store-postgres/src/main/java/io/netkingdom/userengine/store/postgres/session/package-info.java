/** What one operation or transaction works with: its connection, statements, tenant and clock. */
@NullMarked
package io.netkingdom.userengine.store.postgres.session;

import org.jspecify.annotations.NullMarked;
