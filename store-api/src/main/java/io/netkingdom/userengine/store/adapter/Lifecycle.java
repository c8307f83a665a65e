package io.netkingdom.userengine.store.adapter;

import io.netkingdom.userengine.store.StoreException;

/**
 * Open, closed, and how many are inside. What is inside when the store is closed may leave in
 * peace; the last one out releases the engine. Safe for use by many threads.
 */
final class Lifecycle {

  private final Runnable release;
  private int inside;
  private boolean closed;

  Lifecycle(Runnable release) {
    this.release = release;
  }

  /**
   * Enters; {@link #leave} is to follow, whatever happens inside.
   *
   * @throws StoreException.IllegalUse if the store is closed
   */
  synchronized void enter() {
    if (closed) {
      throw new StoreException.IllegalUse("the store is closed");
    }
    inside++;
  }

  synchronized boolean isClosed() {
    return closed;
  }

  void close() {
    boolean last;
    synchronized (this) {
      last = !closed && inside == 0;
      closed = true;
    }
    if (last) {
      release.run();
    }
  }

  void leave() {
    boolean last;
    synchronized (this) {
      inside--;
      last = closed && inside == 0;
    }
    if (last) {
      release.run();
    }
  }
}
