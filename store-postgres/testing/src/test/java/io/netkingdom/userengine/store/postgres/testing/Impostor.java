package io.netkingdom.userengine.store.postgres.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Something on the loopback interface that listens and is no PostgreSQL. */
final class Impostor implements AutoCloseable {

  private final ServerSocket listening;
  private final Queue<Socket> accepted = new ConcurrentLinkedQueue<>();

  private Impostor(ServerSocket listening, Behaviour behaviour) {
    this.listening = listening;
    Thread thread = new Thread(() -> accept(behaviour), "impostor");
    thread.setDaemon(true);
    thread.start();
  }

  /** What it does with somebody who has connected. */
  @FunctionalInterface
  interface Behaviour {
    void meet(Socket client) throws IOException;
  }

  static Impostor on(ServerSocket listening, Behaviour behaviour) {
    return new Impostor(listening, behaviour);
  }

  static Impostor that(Behaviour behaviour) {
    try {
      return on(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), behaviour);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says something as soon as somebody connects, as servers of mail and of MySQL do. */
  static Behaviour greeting(String words) {
    return client -> say(client, words);
  }

  /** Answers the first thing that it hears, and hangs up, as servers of the web do. */
  static Behaviour answering(String words) {
    return client -> {
      if (client.getInputStream().read(new byte[1_024]) > 0) {
        say(client, words);
      }
      client.close();
    };
  }

  private static void say(Socket client, String words) throws IOException {
    client.getOutputStream().write(words.getBytes(StandardCharsets.ISO_8859_1));
    client.getOutputStream().flush();
  }

  int port() {
    return listening.getLocalPort();
  }

  private void accept(Behaviour behaviour) {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        accepted.add(client);
        behaviour.meet(client);
      } catch (IOException e) {
        // The client hung up, or this one was closed: the loop tells which.
      }
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket client : accepted) {
      client.close();
    }
  }
}
