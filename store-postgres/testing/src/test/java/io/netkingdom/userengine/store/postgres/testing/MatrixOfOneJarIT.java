package io.netkingdom.userengine.store.postgres.testing;

import java.util.List;

/** Run with {@code pgjdbc-ng-all} in the place of {@code pgjdbc-ng} on the class path. */
class MatrixOfOneJarIT extends MatrixOfServer {

  MatrixOfOneJarIT() {
    super(MatrixServer.MAJORS.get(0));
  }

  @Override
  List<MatrixCell> cells() {
    return List.of(MatrixCell.ofOneJar());
  }
}
