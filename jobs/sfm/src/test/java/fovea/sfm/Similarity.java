package fovea.sfm;

import fovea.sfm.geometry.Rotations;

/** Turn, scale and shift that lay places on places best (Horn 1987, by quaternions). */
record Similarity(double scale, double[] turn, double[] shift) {

  static Similarity of(double[][] from, double[][] to) {
    double[] a = mean(from);
    double[] b = mean(to);
    double[] s = new double[9];
    double spreadA = 0;
    double spreadB = 0;
    for (int i = 0; i < from.length; i++) {
      for (int r = 0; r < 3; r++) {
        for (int c = 0; c < 3; c++) {
          s[3 * r + c] += (from[i][r] - a[r]) * (to[i][c] - b[c]);
        }
        spreadA += Math.pow(from[i][r] - a[r], 2);
        spreadB += Math.pow(to[i][r] - b[r], 2);
      }
    }
    double[][] n = {
      {s[0] + s[4] + s[8], s[5] - s[7], s[6] - s[2], s[1] - s[3]},
      {s[5] - s[7], s[0] - s[4] - s[8], s[1] + s[3], s[6] + s[2]},
      {s[6] - s[2], s[1] + s[3], s[4] - s[0] - s[8], s[5] + s[7]},
      {s[1] - s[3], s[6] + s[2], s[5] + s[7], s[8] - s[0] - s[4]}
    };
    double[] q = greatest(n, spreadA + spreadB);
    double[] turn = new fovea.scene.Pose(q[0], q[1], q[2], q[3], 0, 0, 0).rotation();
    double scale = Math.sqrt(spreadB / spreadA);
    double[] turned = Rotations.turn(turn, a);
    double[] shift = new double[3];
    for (int k = 0; k < 3; k++) {
      shift[k] = b[k] - scale * turned[k];
    }
    return new Similarity(scale, turn, shift);
  }

  double[] of(double[] place) {
    double[] p = Rotations.turn(turn, place);
    for (int k = 0; k < 3; k++) {
      p[k] = scale * p[k] + shift[k];
    }
    return p;
  }

  /** A world-to-camera rotation in the other world. */
  double[] rotation(double[] worldToCamera) {
    return Rotations.product(worldToCamera, Rotations.transposed(turn));
  }

  private static double[] mean(double[][] places) {
    double[] mean = new double[3];
    for (double[] p : places) {
      for (int k = 0; k < 3; k++) {
        mean[k] += p[k] / places.length;
      }
    }
    return mean;
  }

  // The eigenvector of the greatest eigenvalue, by powers of the matrix made positive.
  private static double[] greatest(double[][] n, double enough) {
    double[] q = {1, 0.1, 0.2, 0.3};
    for (int round = 0; round < 5000; round++) {
      double[] next = new double[4];
      double length = 0;
      for (int i = 0; i < 4; i++) {
        next[i] = enough * q[i];
        for (int k = 0; k < 4; k++) {
          next[i] += n[i][k] * q[k];
        }
        length += next[i] * next[i];
      }
      for (int i = 0; i < 4; i++) {
        q[i] = next[i] / Math.sqrt(length);
      }
    }
    return q;
  }
}
