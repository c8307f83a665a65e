package io.netkingdom.userengine.store.postgres.jdbc;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/**
 * What the network did, out of the causes that a driver gives: one of the Java platform's own
 * exceptions, whose words are not read, since they repeat addresses. The first that fits counts.
 */
@SuppressWarnings("ImmutableEnumChecker") // the functions hold no state
public enum NetworkFailure {
  UNKNOWN_HOST(
      "the host name could not be resolved",
      cause -> cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException,
      UnknownHostException::new),
  NO_ROUTE(
      "there is no route to the host",
      NoRouteToHostException.class::isInstance,
      NoRouteToHostException::new),
  REFUSED(
      "the connection was refused: nothing listens at that address and port",
      ConnectException.class::isInstance,
      ConnectException::new),
  TIMEOUT(
      "the server did not answer in time",
      SocketTimeoutException.class::isInstance,
      SocketTimeoutException::new),
  TLS(
      "the TLS handshake failed",
      SSLException.class::isInstance,
      () -> new SSLException((String) null)),
  CLOSED("the server closed the connection", EOFException.class::isInstance, EOFException::new),
  // Reset by the server, or a Unix-domain socket that does not exist.
  SOCKET(
      "the connection to the server could not be made, or was reset",
      SocketException.class::isInstance,
      SocketException::new);

  /** Causes of causes that are looked at; a chain may be a ring. */
  private static final int DEPTH = 20;

  private final String description;
  private final Predicate<Throwable> fits;
  private final Supplier<Throwable> exception;

  NetworkFailure(String description, Predicate<Throwable> fits, Supplier<Throwable> exception) {
    this.description = description;
    this.fits = fits;
    this.exception = exception;
  }

  /** The first one among a failure and its causes; empty if the network is not to blame. */
  public static Optional<NetworkFailure> among(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; i < DEPTH && cause != null; i++) {
      for (NetworkFailure each : values()) {
        if (each.fits.test(cause)) {
          return Optional.of(each);
        }
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }

  /** In words, without an address. */
  public String description() {
    return description;
  }

  /** A new exception of this kind, without words. */
  public Throwable exception() {
    return exception.get();
  }
}
