@NullMarked
package io.netkingdom.userengine.store.spi;

import org.jspecify.annotations.NullMarked;
