package io.netkingdom.userengine.store.postgres.testing;

class MatrixOf16IT extends MatrixOfServer {
  MatrixOf16IT() {
    super(16);
  }
}
