package io.netkingdom.userengine.store.postgres.testing;

class MatrixOf17IT extends MatrixOfServer {
  MatrixOf17IT() {
    super(17);
  }
}
