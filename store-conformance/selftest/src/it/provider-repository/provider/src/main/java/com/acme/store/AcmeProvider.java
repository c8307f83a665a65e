package com.acme.store;

import com.google.auto.service.AutoService;
import io.netkingdom.userengine.store.spi.ConnectionProvider;
import io.netkingdom.userengine.store.spi.Dsn;
import io.netkingdom.userengine.store.spi.Usability;
import javax.sql.DataSource;

@AutoService(ConnectionProvider.class)
public final class AcmeProvider implements ConnectionProvider {

  @Override
  public String name() {
    return "acme";                       // a-z, 0-9 and -; users ask for it by this name
  }

  @Override
  public int priority() {
    return 50;                           // pgjdbc, which comes with store-postgres, has 100
  }

  @Override
  public Usability usability(Dsn dsn) {  // no network, no exception: an answer
    if (!(dsn instanceof Dsn.Postgres postgres)) {
      return new Usability.Unusable("acme serves no jdbc: URL");
    }
    if (!postgres.parameters().isEmpty()) {
      return new Usability.Unusable("acme cannot honour " + postgres.parameters().keySet());
    }
    try {
      Class.forName("com.acme.Driver");
      return new Usability.Usable("Acme JDBC");
    } catch (ClassNotFoundException e) {
      return new Usability.Unusable("com.acme.Driver is not on the class path");
    }
  }

  @Override
  public DataSource dataSource(Dsn dsn) {
    return new AcmeDataSource((Dsn.Postgres) dsn);
  }
}
