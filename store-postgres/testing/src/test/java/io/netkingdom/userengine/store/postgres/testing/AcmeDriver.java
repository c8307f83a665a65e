package io.netkingdom.userengine.store.postgres.testing;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A driver that nobody foresaw, with a URL like no other's: {@code
 * jdbc:acme:127.0.0.1#5432#database#user}. It is there by its class and a line in {@code
 * META-INF/services/java.sql.Driver}, as from a jar.
 */
public final class AcmeDriver implements Driver {

  private static final Pattern URL =
      Pattern.compile("jdbc:acme:([0-9.]+)#([0-9]+)#(\\w+)#(\\w+)(?:#([\\w-]+))?");

  /** For {@link java.util.ServiceLoader}. */
  public AcmeDriver() {}

  @Override
  public @Nullable Connection connect(String url, Properties info) throws SQLException {
    Matcher form = URL.matcher(url);
    if (!form.matches()) {
      return null;
    }
    Properties properties = new Properties();
    // It leaves nothing prepared on the server, and so works behind any pooler.
    properties.setProperty("prepareThreshold", "0");
    properties.putAll(info);
    properties.putIfAbsent("user", form.group(4));
    if (form.group(5) != null) {
      properties.putIfAbsent("password", form.group(5));
    }
    try {
      return new org.postgresql.Driver()
          .connect(
              "jdbc:postgresql://" + form.group(1) + ":" + form.group(2) + "/" + form.group(3),
              properties);
    } catch (SQLException e) {
      // As drivers do.
      throw new SQLException("cannot connect to " + url, e.getSQLState(), e);
    }
  }

  @Override
  public boolean acceptsURL(String url) {
    return URL.matcher(url).matches();
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
    return new DriverPropertyInfo[0];
  }

  @Override
  public int getMajorVersion() {
    return 7;
  }

  @Override
  public int getMinorVersion() {
    return 1;
  }

  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getLogger(AcmeDriver.class.getPackageName());
  }
}
