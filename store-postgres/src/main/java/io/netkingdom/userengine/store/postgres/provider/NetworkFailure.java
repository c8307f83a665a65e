package io.netkingdom.userengine.store.postgres.provider;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What the network did, out of the causes that a driver gives: one of the Java platform's own
 * exceptions, without its words, which repeat addresses.
 */
final class NetworkFailure {

  /** Causes of causes that are looked at; a chain may be a ring. */
  private static final int DEPTH = 20;

  private NetworkFailure() {}

  /** A new exception of the first kind that is found; null if the network is not to blame. */
  static @Nullable Throwable among(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; i < DEPTH && cause != null; i++) {
      Throwable clean = clean(cause);
      if (clean != null) {
        return clean;
      }
      cause = cause.getCause();
    }
    return null;
  }

  private static @Nullable Throwable clean(Throwable cause) {
    if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
      return new UnknownHostException();
    }
    if (cause instanceof NoRouteToHostException) {
      return new NoRouteToHostException();
    }
    if (cause instanceof ConnectException) {
      return new ConnectException();
    }
    if (cause instanceof SocketTimeoutException) {
      return new SocketTimeoutException();
    }
    if (cause instanceof SSLException) {
      return new SSLException((String) null);
    }
    if (cause instanceof SocketException) {
      return new SocketException();
    }
    if (cause instanceof EOFException) {
      return new EOFException();
    }
    return null;
  }
}
