package io.netkingdom.userengine.store.postgres.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and a server on the loopback interface, and can lose the server's answer
 * to a message: the server has done what it was told, and the client never hears of it.
 */
final class LossyProxy implements AutoCloseable {

  private final ServerSocket listening;
  private final int serverPort;
  private final AtomicReference<@Nullable String> loseAnswerTo = new AtomicReference<>();
  private final AtomicReference<@Nullable String> loseAnswerAfter = new AtomicReference<>();

  LossyProxy(int serverPort) {
    this.serverPort = serverPort;
    try {
      this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** Loses the answer to the next message that contains these words, once. */
  void loseAnswerTo(String words) {
    loseAnswerTo.set(words);
  }

  /**
   * Loses the answer to what a connection says after a message that contains these words, once. A
   * driver says COMMIT in words only the first time.
   */
  void loseAnswerAfter(String words) {
    loseAnswerAfter.set(words);
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "lossy-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        Link link = new Link(client, new Socket(InetAddress.getLoopbackAddress(), serverPort));
        start(link::requests);
        start(link::answers);
      } catch (IOException e) {
        // Closed, here or by the server: there is nothing more to pass on.
        return;
      }
    }
  }

  /** One connection and its other half. */
  private final class Link {
    private final Socket client;
    private final Socket server;
    private volatile boolean losing;
    private boolean losesNext;

    Link(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void requests() {
      pump(client, server, true);
    }

    void answers() {
      pump(server, client, false);
    }

    private void pump(Socket from, Socket to, boolean requests) {
      byte[] buffer = new byte[65_536];
      try (from;
          to) {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          if (!requests && losing) {
            return;
          }
          if (requests) {
            String text = new String(buffer, 0, n, StandardCharsets.ISO_8859_1);
            losing |= losesNext || isMeant(text, loseAnswerTo);
            losesNext |= isMeant(text, loseAnswerAfter);
          }
          out.write(buffer, 0, n);
          out.flush();
        }
      } catch (IOException e) {
        // One side hung up; try-with-resources does the same to the other.
      }
    }
  }

  private static boolean isMeant(String text, AtomicReference<@Nullable String> words) {
    String wanted = words.get();
    return wanted != null && text.contains(wanted) && words.compareAndSet(wanted, null);
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
