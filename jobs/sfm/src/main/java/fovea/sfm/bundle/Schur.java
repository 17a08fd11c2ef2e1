package fovea.sfm.bundle;

import fovea.sfm.geometry.Cholesky;
import fovea.sfm.geometry.Crew;
import fovea.sfm.geometry.Lens;
import java.util.Arrays;

/**
 * One damped Gauss-Newton step. Points are eliminated (each meets only the cameras that see it);
 * what is left, cameras and lenses, is dense and solved by Cholesky. After Triggs et al., "Bundle
 * adjustment: a modern synthesis", 1999.
 *
 * <p>Points are dealt to a number of pieces that depends on the problem alone, and the pieces are
 * added in order: the sum is the same with any number of threads.
 */
final class Schur {
  private static final int MOST_PIECES = 16;
  private static final int MOST_NUMBERS = 1 << 25; // 256 MiB of doubles in all pieces
  private static final int BLOCK = 18; // 6 x 3
  private static final int LENS_BLOCK = 9; // 3 x 3

  private final Problem problem;
  private final Crew crew;
  private final Loss loss;
  private final double scale;
  private final int size;
  private final int pieces;
  private final double[] shortcut; // camera blocks times the inverse, one a sighting
  private final double[] lensShortcut;
  private final double[] inverse; // of each point's 3 x 3
  private final double[] slope; // of each point

  /** The step: cameras and lenses. */
  final double[] step;

  /** The step: points. */
  final double[] pointStep;

  Schur(Problem problem, Loss loss, double scale, Crew crew) {
    this.problem = problem;
    this.loss = loss;
    this.scale = scale;
    this.crew = crew;
    this.size = problem.free.length;
    this.pieces = (int) Math.max(1, Math.min(MOST_PIECES, MOST_NUMBERS / ((long) size * size)));
    this.shortcut = new double[BLOCK * problem.cameras.length];
    this.lensShortcut = new double[LENS_BLOCK * problem.cameras.length];
    this.inverse = new double[9 * problem.pointCount()];
    this.slope = new double[3 * problem.pointCount()];
    this.step = new double[size];
    this.pointStep = new double[3 * problem.pointCount()];
  }

  /** Finds the step; false where the system has no answer. */
  boolean solve(double damping) {
    Sum[] sums = new Sum[pieces];
    int points = problem.pointCount();
    crew.each(
        pieces,
        piece -> {
          Sum sum = new Sum(size);
          int to = (int) ((long) points * (piece + 1) / pieces);
          for (int p = (int) ((long) points * piece / pieces); p < to; p++) {
            eliminate(p, damping, sum);
          }
          sums[piece] = sum;
        });
    Sum all = sums[0];
    for (int piece = 1; piece < pieces; piece++) {
      all.add(sums[piece]);
    }
    finish(all, damping);
    System.arraycopy(all.right, 0, step, 0, size);
    if (!Cholesky.solve(all.matrix, step, size)) {
      return false;
    }
    crew.each(
        pieces,
        piece -> {
          int to = (int) ((long) points * (piece + 1) / pieces);
          for (int p = (int) ((long) points * piece / pieces); p < to; p++) {
            substitute(p);
          }
        });
    return true;
  }

  private static final class Sum {
    final double[] matrix;
    final double[] right;
    final double[] diagonal; // of the cameras' own part: what damping is a share of
    final Sight sight = new Sight();
    double[] blocks = new double[BLOCK * 64];
    double[] lensBlocks = new double[LENS_BLOCK * 64];

    Sum(int size) {
      matrix = new double[size * size];
      right = new double[size];
      diagonal = new double[size];
    }

    void add(Sum other) {
      for (int i = 0; i < matrix.length; i++) {
        matrix[i] += other.matrix[i];
      }
      for (int i = 0; i < right.length; i++) {
        right[i] += other.right[i];
        diagonal[i] += other.diagonal[i];
      }
    }
  }

  private void finish(Sum all, double damping) {
    for (int i = 0; i < size; i++) {
      if (problem.free[i]) {
        all.matrix[i * size + i] += damping * all.diagonal[i] + 1e-12;
      } else {
        Arrays.fill(all.matrix, i * size, (i + 1) * size, 0);
        for (int j = 0; j < size; j++) {
          all.matrix[j * size + i] = 0;
        }
        all.matrix[i * size + i] = 1;
        all.right[i] = 0;
      }
    }
  }

  private void eliminate(int point, double damping, Sum sum) {
    int from = problem.starts[point];
    int to = problem.starts[point + 1];
    int seen = to - from;
    if (sum.blocks.length < BLOCK * seen) {
      sum.blocks = new double[BLOCK * 2 * seen];
      sum.lensBlocks = new double[LENS_BLOCK * 2 * seen];
    }
    Arrays.fill(sum.blocks, 0, BLOCK * seen, 0);
    Arrays.fill(sum.lensBlocks, 0, LENS_BLOCK * seen, 0);
    double[] own = new double[9];
    double[] g = new double[3];
    for (int s = from; s < to; s++) {
      look(s, point, s - from, sum, own, g);
    }
    System.arraycopy(g, 0, slope, 3 * point, 3);
    for (int k = 0; k < 3; k++) {
      own[4 * k] += damping * own[4 * k] + 1e-12;
    }
    double[] inv = new double[9];
    invert(own, inv);
    System.arraycopy(inv, 0, inverse, 9 * point, 9);
    if (problem.pointsFree) {
      carry(from, to, sum, inv, g);
    }
  }

  private void look(int s, int point, int place, Sum sum, double[] own, double[] g) {
    Sight sight = sum.sight;
    if (!sight.look(problem, s, point)) {
      return;
    }
    double square = sight.error[0] * sight.error[0] + sight.error[1] * sight.error[1];
    sight.weigh(Math.sqrt(loss.weight(square, scale)), problem, s);
    double[] e = sight.error;
    double[] jc = sight.byCamera;
    double[] jl = sight.byLens;
    double[] jp = sight.byPoint;
    int camera = Problem.CAMERA * problem.cameras[s];
    int lens = problem.lensAt(problem.lensOf[problem.cameras[s]]);
    for (int i = 0; i < 3; i++) {
      g[i] += jp[i] * e[0] + jp[3 + i] * e[1];
      for (int j = 0; j < 3; j++) {
        own[3 * i + j] += jp[i] * jp[j] + jp[3 + i] * jp[3 + j];
      }
    }
    for (int i = 0; i < 6; i++) {
      double a = jc[i];
      double b = jc[6 + i];
      int row = (camera + i) * size;
      sum.right[camera + i] -= a * e[0] + b * e[1];
      sum.diagonal[camera + i] += a * a + b * b;
      for (int j = 0; j <= i; j++) {
        sum.matrix[row + camera + j] += a * jc[j] + b * jc[6 + j];
      }
      for (int j = 0; j < 3; j++) {
        sum.blocks[BLOCK * place + 3 * i + j] = a * jp[j] + b * jp[3 + j];
      }
    }
    for (int i = 0; i < Lens.FREE; i++) {
      double a = jl[i];
      double b = jl[3 + i];
      int row = (lens + i) * size;
      sum.right[lens + i] -= a * e[0] + b * e[1];
      sum.diagonal[lens + i] += a * a + b * b;
      for (int j = 0; j < 6; j++) {
        sum.matrix[row + camera + j] += a * jc[j] + b * jc[6 + j];
      }
      for (int j = 0; j <= i; j++) {
        sum.matrix[row + lens + j] += a * jl[j] + b * jl[3 + j];
      }
      for (int j = 0; j < 3; j++) {
        sum.lensBlocks[LENS_BLOCK * place + 3 * i + j] = a * jp[j] + b * jp[3 + j];
      }
    }
  }

  // Subtracts W V^-1 W' and W V^-1 g of one point; lower half only.
  private void carry(int from, int to, Sum sum, double[] inv, double[] g) {
    int[] at = new int[2 * (to - from)];
    for (int s = from; s < to; s++) {
      int place = s - from;
      multiply(sum.blocks, BLOCK * place, 6, inv, shortcut, BLOCK * s);
      multiply(sum.lensBlocks, LENS_BLOCK * place, 3, inv, lensShortcut, LENS_BLOCK * s);
      at[2 * place] = Problem.CAMERA * problem.cameras[s];
      at[2 * place + 1] = problem.lensAt(problem.lensOf[problem.cameras[s]]);
      right(shortcut, BLOCK * s, 6, g, sum.right, at[2 * place]);
      right(lensShortcut, LENS_BLOCK * s, 3, g, sum.right, at[2 * place + 1]);
    }
    for (int s = from; s < to; s++) {
      int i = s - from;
      for (int j = 0; j < to - from; j++) {
        if (at[2 * j] <= at[2 * i]) {
          block(shortcut, BLOCK * s, 6, at[2 * i], sum.blocks, BLOCK * j, 6, at[2 * j], sum.matrix);
        }
        block(
            lensShortcut,
            LENS_BLOCK * s,
            3,
            at[2 * i + 1],
            sum.blocks,
            BLOCK * j,
            6,
            at[2 * j],
            sum.matrix);
        if (at[2 * j + 1] <= at[2 * i + 1]) {
          block(
              lensShortcut,
              LENS_BLOCK * s,
              3,
              at[2 * i + 1],
              sum.lensBlocks,
              LENS_BLOCK * j,
              3,
              at[2 * j + 1],
              sum.matrix);
        }
      }
    }
  }

  private static void multiply(
      double[] w, int at, int rows, double[] inv, double[] out, int outAt) {
    for (int i = 0; i < rows; i++) {
      double a = w[at + 3 * i];
      double b = w[at + 3 * i + 1];
      double c = w[at + 3 * i + 2];
      for (int j = 0; j < 3; j++) {
        out[outAt + 3 * i + j] = a * inv[j] + b * inv[3 + j] + c * inv[6 + j];
      }
    }
  }

  private static void right(double[] y, int at, int rows, double[] g, double[] right, int rightAt) {
    for (int i = 0; i < rows; i++) {
      right[rightAt + i] +=
          y[at + 3 * i] * g[0] + y[at + 3 * i + 1] * g[1] + y[at + 3 * i + 2] * g[2];
    }
  }

  private void block(
      double[] y,
      int yAt,
      int rows,
      int row,
      double[] w,
      int wAt,
      int columns,
      int column,
      double[] matrix) {
    for (int i = 0; i < rows; i++) {
      double a = y[yAt + 3 * i];
      double b = y[yAt + 3 * i + 1];
      double c = y[yAt + 3 * i + 2];
      int out = (row + i) * size + column;
      for (int j = 0; j < columns; j++) {
        int k = wAt + 3 * j;
        matrix[out + j] -= a * w[k] + b * w[k + 1] + c * w[k + 2];
      }
    }
  }

  // The point's own step: -V^-1 g - (W V^-1)' step.
  private void substitute(int point) {
    if (!problem.pointsFree) {
      return;
    }
    double[] out = new double[3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        out[i] -= inverse[9 * point + 3 * i + j] * slope[3 * point + j];
      }
    }
    for (int s = problem.starts[point]; s < problem.starts[point + 1]; s++) {
      int camera = Problem.CAMERA * problem.cameras[s];
      int lens = problem.lensAt(problem.lensOf[problem.cameras[s]]);
      for (int j = 0; j < 3; j++) {
        for (int i = 0; i < 6; i++) {
          out[j] -= shortcut[BLOCK * s + 3 * i + j] * step[camera + i];
        }
        for (int i = 0; i < 3; i++) {
          out[j] -= lensShortcut[LENS_BLOCK * s + 3 * i + j] * step[lens + i];
        }
      }
    }
    System.arraycopy(out, 0, pointStep, 3 * point, 3);
  }

  // Of a symmetric 3 x 3.
  private static void invert(double[] m, double[] out) {
    double a = m[4] * m[8] - m[5] * m[7];
    double b = m[5] * m[6] - m[3] * m[8];
    double c = m[3] * m[7] - m[4] * m[6];
    double determinant = m[0] * a + m[1] * b + m[2] * c;
    double by = 1 / determinant;
    if (!Double.isFinite(by)) {
      Arrays.fill(out, 0);
      return;
    }
    out[0] = a * by;
    out[1] = out[3] = (m[2] * m[7] - m[1] * m[8]) * by;
    out[2] = out[6] = (m[1] * m[5] - m[2] * m[4]) * by;
    out[4] = (m[0] * m[8] - m[2] * m[6]) * by;
    out[5] = out[7] = (m[2] * m[3] - m[0] * m[5]) * by;
    out[8] = (m[0] * m[4] - m[1] * m[3]) * by;
  }
}
