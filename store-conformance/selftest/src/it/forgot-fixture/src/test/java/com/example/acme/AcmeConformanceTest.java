package com.example.acme;

import io.netkingdom.userengine.store.conformance.StoreConformanceTests;

class AcmeConformanceTest extends StoreConformanceTests {}
