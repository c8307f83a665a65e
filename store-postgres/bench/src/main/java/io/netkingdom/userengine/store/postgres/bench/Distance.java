package io.netkingdom.userengine.store.postgres.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * A way to a server of this machine as if it stood in another room: what goes in at one end comes
 * out at the other a while later, in both directions.
 */
final class Distance implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Distance.class.getName());

  /** What is under way, and when it arrives; no bytes are the end. */
  private record Parcel(ByteBuffer bytes, long due) {}

  private final ServerSocket entrance;
  private final int target;
  private final long oneWayNanos;

  private Distance(ServerSocket entrance, int target, Duration roundTrip) {
    this.entrance = entrance;
    this.target = target;
    this.oneWayNanos = roundTrip.toNanos() / 2;
  }

  static Distance to(int port, Duration roundTrip) throws IOException {
    ServerSocket entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Distance distance = new Distance(entrance, port, roundTrip);
    run("distance", distance::accept);
    return distance;
  }

  int port() {
    return entrance.getLocalPort();
  }

  private void accept() throws IOException {
    while (!entrance.isClosed()) {
      Socket near = entrance.accept();
      Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
      near.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
      carry(near, far);
      carry(far, near);
    }
  }

  private void carry(Socket from, Socket to) {
    BlockingQueue<Parcel> road = new LinkedBlockingQueue<>();
    run("distance-in", () -> send(from.getInputStream(), road));
    run(
        "distance-out",
        () -> {
          try (from;
              to) {
            deliver(road, to.getOutputStream());
          }
        });
  }

  private void send(InputStream in, BlockingQueue<Parcel> road) throws IOException {
    byte[] buffer = new byte[65_536];
    try {
      for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
        road.add(
            new Parcel(
                ByteBuffer.wrap(Arrays.copyOf(buffer, count)), System.nanoTime() + oneWayNanos));
      }
    } finally {
      road.add(new Parcel(ByteBuffer.allocate(0), System.nanoTime()));
    }
  }

  private static void deliver(BlockingQueue<Parcel> road, OutputStream out)
      throws IOException, InterruptedException {
    for (Parcel next = road.take(); next.bytes().hasRemaining(); next = road.take()) {
      for (long left = left(next); left > 0; left = left(next)) {
        LockSupport.parkNanos(left);
      }
      out.write(next.bytes().array());
    }
  }

  private static long left(Parcel parcel) {
    return parcel.due() - System.nanoTime();
  }

  @FunctionalInterface
  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  /** Runs until a socket is closed, which is how all of it ends. */
  private static void run(String name, Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException | InterruptedException e) {
                LOG.log(Level.DEBUG, name, e);
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    entrance.close();
  }
}
