package io.netkingdom.userengine.store.postgres.testing;

class MatrixOf15IT extends MatrixOfServer {
  MatrixOf15IT() {
    super(15);
  }
}
