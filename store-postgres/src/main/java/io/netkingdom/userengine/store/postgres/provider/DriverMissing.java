package io.netkingdom.userengine.store.postgres.provider;

/** There is no driver here, or none that will do. */
final class DriverMissing extends Exception {

  private static final long serialVersionUID = 1L;
  private final String reason;

  /**
   * @param reason why, for people, without anything of a DSN
   */
  DriverMissing(String reason) {
    super(reason);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
