package com.acme.application;

import io.netkingdom.userengine.store.spi.ConnectionProviders;
import io.netkingdom.userengine.store.spi.Dsn;

/** Compiled, so that the documentation's lines are known to compile. */
final class Choice {

  private Choice() {}

  static void show() {
    Dsn dsn = Dsn.parse("postgresql://app@db.example/accounts");
    ConnectionProviders providers = ConnectionProviders.discover();
    providers.candidates(dsn).forEach(candidate -> System.out.println(candidate.describe()));
    System.out.println(providers.choose(dsn).driver());
  }
}
