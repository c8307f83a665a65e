package io.netkingdom.userengine.store.postgres.testing;

class MatrixOf18IT extends MatrixOfServer {
  MatrixOf18IT() {
    super(18);
  }
}
