package com.example.acme.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.example.acme.AcmeUserStore;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.conformance.StoreConformanceTests;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ModulesTest {
  @Test
  void everythingIsANamedModule() {
    assertEquals(
        List.of(
            "com.example.acme.tests",
            "com.example.acme",
            "io.netkingdom.userengine.store",
            "io.netkingdom.userengine.store.conformance",
            "org.junit.jupiter.api"),
        Stream.of(
                ModulesTest.class,
                AcmeUserStore.class,
                UserEngineStore.class,
                StoreConformanceTests.class,
                Test.class)
            .map(type -> type.getModule().getName())
            .toList());
  }
}
