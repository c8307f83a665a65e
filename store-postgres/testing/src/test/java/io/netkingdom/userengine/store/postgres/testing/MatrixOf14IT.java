package io.netkingdom.userengine.store.postgres.testing;

class MatrixOf14IT extends MatrixOfServer {
  MatrixOf14IT() {
    super(14);
  }
}
