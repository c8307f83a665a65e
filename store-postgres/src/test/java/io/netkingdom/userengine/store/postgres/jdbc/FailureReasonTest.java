package io.netkingdom.userengine.store.postgres.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FailureReasonTest {

  private static final String WORDS = "hunter2-canary";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "08P01 | what answers at that address does not speak PostgreSQL's protocol",
        "28P01 | the server refused the role or its password",
        "28000 | the server refused the role, or the place that it connects from",
        "3D000 | the database does not exist",
        "42501 | the role may not connect to the database, or not look at it",
        "53100 | the server's disk is full",
        "53200 | the server is out of memory",
        "53300 | the server has no connection left for this role",
        "55000 | the database takes no connections",
        "57014 | the server cancelled the statement",
        "57P01 | the server ended the connection",
        "57P03 | the server is starting up or shutting down",
        "08001 | the server did not answer in time, or the driver gave no reason",
        "XX000 | the database refused"
      })
  void aServersOwnCodeIsPutIntoWords(String state, String reason) {
    assertEquals(
        reason + " (SQLSTATE " + state + ")",
        FailureReason.describe(new SQLException(WORDS, state)));
  }

  static Stream<Arguments> causes() {
    return Stream.of(
        Arguments.of(
            new ConnectException(WORDS),
            "the connection was refused: nothing listens at that address and port"),
        Arguments.of(new UnknownHostException(WORDS), "the host name could not be resolved"),
        Arguments.of(new UnresolvedAddressException(), "the host name could not be resolved"),
        Arguments.of(new NoRouteToHostException(WORDS), "there is no route to the host"),
        Arguments.of(new SocketTimeoutException(WORDS), "the server did not answer in time"),
        Arguments.of(new SSLHandshakeException(WORDS), "the TLS handshake failed"),
        Arguments.of(new EOFException(WORDS), "the server closed the connection"),
        Arguments.of(
            new SocketException(WORDS),
            "the connection to the server could not be made, or was reset"));
  }

  @ParameterizedTest
  @MethodSource("causes")
  void withoutAServersCodeTheNetworksExceptionTells(Exception cause, String reason) {
    SQLException failure = new SQLException(WORDS, "08001", new RuntimeException(WORDS, cause));

    assertEquals(reason + " (SQLSTATE 08001)", FailureReason.describe(failure));
  }

  @Test
  void theServersCodeComesBeforeTheNetworksException() {
    SQLException failure = new SQLException(WORDS, "57P03", new EOFException(WORDS));

    assertEquals(
        "the server is starting up or shutting down (SQLSTATE 57P03)",
        FailureReason.describe(failure));
  }

  @Test
  void aPoolThatHasNoFailureToShowHasWaitedInVain() {
    assertEquals(
        "the server did not answer in time (SQLSTATE unknown)",
        FailureReason.describe(new SQLTransientConnectionException(WORDS)));
  }

  @Test
  void aRingOfCausesEnds() {
    SQLException one = new SQLException(WORDS, "08006");
    RuntimeException other = new RuntimeException(one);
    one.initCause(other);

    assertEquals(
        "the server did not answer in time, or the driver gave no reason" + " (SQLSTATE 08006)",
        FailureReason.describe(one));
  }
}
