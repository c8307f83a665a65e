@NullMarked
package io.netkingdom.userengine.store.postgres.provider;

import org.jspecify.annotations.NullMarked;
