package fovea.sfm.geometry;

/** Symmetric positive systems, dense. */
public final class Cholesky {
  private Cholesky() {}

  /**
   * Solves {@code a x = b}; {@code a} (n x n, row by row, lower half used) and {@code b} are
   * overwritten, the answer lies in {@code b}.
   *
   * @return false where the matrix is not positive
   */
  public static boolean solve(double[] a, double[] b, int n) {
    for (int i = 0; i < n; i++) {
      int row = i * n;
      for (int j = 0; j <= i; j++) {
        double sum = a[row + j] - dot(a, row, j * n, j);
        if (j < i) {
          a[row + j] = sum / a[j * n + j];
        } else if (sum > 0) {
          a[row + i] = Math.sqrt(sum);
        } else {
          return false;
        }
      }
    }
    for (int i = 0; i < n; i++) {
      double sum = b[i];
      for (int k = 0; k < i; k++) {
        sum -= a[i * n + k] * b[k];
      }
      b[i] = sum / a[i * n + i];
    }
    for (int i = n - 1; i >= 0; i--) {
      double x = b[i] / a[i * n + i];
      b[i] = x;
      for (int k = 0; k < i; k++) {
        b[k] -= a[i * n + k] * x;
      }
    }
    return true;
  }

  // Four sums: one alone would wait for itself at every step.
  private static double dot(double[] a, int p, int q, int length) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int k = 0;
    for (; k + 3 < length; k += 4) {
      s0 += a[p + k] * a[q + k];
      s1 += a[p + k + 1] * a[q + k + 1];
      s2 += a[p + k + 2] * a[q + k + 2];
      s3 += a[p + k + 3] * a[q + k + 3];
    }
    for (; k < length; k++) {
      s0 += a[p + k] * a[q + k];
    }
    return s0 + s1 + s2 + s3;
  }
}
