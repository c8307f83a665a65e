open module com.example.acme.tests {
  requires com.example.acme;
  requires io.netkingdom.userengine.store.conformance;
}
