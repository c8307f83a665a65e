package io.netkingdom.userengine.store.postgres.testing;

import io.netkingdom.userengine.store.spi.ConnectionProviders;
import io.netkingdom.userengine.store.spi.Dsn;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A driver of the matrix, and how a DSN reaches it. */
enum MatrixDriver {
  PGJDBC("pgjdbc", "jdbc:postgresql://127.0.0.1:PORT/DATABASE?user=postgres&prepareThreshold=0"),
  /** Not behind a pooler: the same statement's messages may reach several connections there. */
  PGJDBC_NG("pgjdbc-ng", "jdbc:pgsql://127.0.0.1:PORT/DATABASE?user=postgres"),
  YUGABYTEDB(
      "yugabytedb", "jdbc:yugabytedb://127.0.0.1:PORT/DATABASE?user=postgres&prepareThreshold=0"),
  AWS_WRAPPER(
      "aws-wrapper",
      "jdbc:aws-wrapper:postgresql://127.0.0.1:PORT/DATABASE?user=postgres&prepareThreshold=0"),
  AWS_WRAPPER_WITH_PLUGINS(
      "aws-wrapper",
      "jdbc:aws-wrapper:postgresql://127.0.0.1:PORT/DATABASE?user=postgres&prepareThreshold=0"
          + "&wrapperPlugins=initialConnection,auroraConnectionTracker,failover2,efm2"),
  /** With nothing but the driver on the class path. */
  UNFORESEEN("jdbc", "jdbc:acme:127.0.0.1#PORT#DATABASE#postgres"),
  DATA_SOURCE_BY_CLASS(
      "datasource",
      "datasource:org.postgresql.ds.PGSimpleDataSource?serverName=127.0.0.1&portNumber=PORT"
          + "&databaseName=DATABASE&user=postgres&prepareThreshold=0"),
  /** The same driver as {@link #PGJDBC_NG} in one jar, which has to be alone on the class path. */
  PGJDBC_NG_ALL("pgjdbc-ng", "jdbc:pgsql://127.0.0.1:PORT/DATABASE?user=postgres");

  /** All that can be on one class path. */
  static final Set<MatrixDriver> TOGETHER = EnumSet.complementOf(EnumSet.of(PGJDBC_NG_ALL));

  /** Those that serve a DSN which belongs to no driver. */
  private static final Set<MatrixDriver> NEUTRAL =
      EnumSet.of(PGJDBC, PGJDBC_NG, YUGABYTEDB, AWS_WRAPPER, PGJDBC_NG_ALL);

  private final String provider;
  private final String ownDsn;

  MatrixDriver(String provider, String ownDsn) {
    this.provider = provider;
    this.ownDsn = ownDsn;
  }

  /** The adapter's name in the ledger; it tells what the driver's name and version do not. */
  String adapter() {
    return switch (this) {
      case AWS_WRAPPER_WITH_PLUGINS -> "postgres-plugins";
      case PGJDBC_NG_ALL -> "postgres-one-jar";
      default -> "postgres";
    };
  }

  /** The live database at a port of this machine. */
  LiveDatabase databaseAt(int port) {
    return EmbeddedServer.databaseOf(dsn(port), provider);
  }

  /** The same behind a pooler in transaction mode, with what the driver needs there. */
  LiveDatabase databaseBehindPooler(int port) {
    return EmbeddedServer.databaseOf(ownDsn(port), provider);
  }

  /** The driver, for the live database at a port of this machine. */
  ConnectionProviders.Choice choiceAt(int port) {
    return ConnectionProviders.discover().choose(dsn(port), provider);
  }

  private Dsn dsn(int port) {
    return NEUTRAL.contains(this)
        ? new Dsn.Postgres(
            List.of(new Dsn.Host("127.0.0.1", port)),
            EmbeddedServer.DATABASE,
            "postgres",
            null,
            Map.of())
        : ownDsn(port);
  }

  private Dsn ownDsn(int port) {
    // No environment completes a URL that names its driver.
    return Dsn.parse(
        ownDsn
            .replace("PORT", Integer.toString(port))
            .replace("DATABASE", EmbeddedServer.DATABASE));
  }
}
