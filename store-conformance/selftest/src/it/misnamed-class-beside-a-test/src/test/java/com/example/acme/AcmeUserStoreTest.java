package com.example.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.UserEngineStore;
import org.junit.jupiter.api.Test;

class AcmeUserStoreTest {
  @Test
  void keepsItsOptions() {
    try (UserEngineStore store = AcmeUserStore.open(StoreOptions.defaults())) {
      assertEquals(StoreOptions.defaults(), store.options());
    }
  }
}
