package io.netkingdom.userengine.store.postgres.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A throwaway server with TLS, with a role {@value #ROLE} that has a password, and with databases
 * that can be reached in different ways.
 */
final class TlsServer implements AutoCloseable {

  static final String ROLE = "app";
  static final String PASSWORD = "Canary-5e6f-7a8b";

  /** With TLS or without. */
  static final String EITHER = "either";

  static final String TLS_ONLY = "tls_only";
  static final String PLAIN_ONLY = "plain_only";

  /** With TLS, and the certificate of a client. */
  static final String CERTIFIED = "certified";

  /** A name that has to be encoded in a URL. */
  static final String ODD = "a b+c%d";

  private static final String RULES =
      """
      host      all         postgres  samehost  trust
      host      either      app       samehost  scram-sha-256
      host      "a b+c%d"   app       samehost  scram-sha-256
      hostssl   tls_only    app       samehost  scram-sha-256
      hostnossl plain_only  app       samehost  scram-sha-256
      hostssl   certified   app       samehost  scram-sha-256  clientcert=verify-ca
      """;

  private final EmbeddedPostgres server;
  private final Certificates certificates;

  private TlsServer(EmbeddedPostgres server, Certificates certificates) {
    this.server = server;
    this.certificates = certificates;
  }

  static TlsServer start(Path directory)
      throws IOException, GeneralSecurityException, SQLException {
    Certificates certificates = Certificates.make(directory);
    Path rules = Files.writeString(directory.resolve("pg_hba.conf"), RULES);
    EmbeddedPostgres server =
        EmbeddedBinaries.builder()
            .setServerConfig("ssl", "on")
            .setServerConfig("ssl_cert_file", certificates.server().toString())
            .setServerConfig("ssl_key_file", certificates.serverKey().toString())
            .setServerConfig("ssl_ca_file", certificates.root().toString())
            .setServerConfig("hba_file", rules.toString())
            .setServerConfig("password_encryption", "scram-sha-256")
            .start();
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ROLE " + ROLE + " LOGIN PASSWORD '" + PASSWORD + "'");
      for (String database : new String[] {EITHER, TLS_ONLY, PLAIN_ONLY, CERTIFIED, ODD}) {
        statement.execute("CREATE DATABASE \"" + database + "\"");
      }
    }
    return new TlsServer(server, certificates);
  }

  int port() {
    return server.getPort();
  }

  Certificates certificates() {
    return certificates;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
