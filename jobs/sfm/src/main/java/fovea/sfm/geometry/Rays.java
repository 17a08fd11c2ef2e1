package fovea.sfm.geometry;

/** Where rays meet. */
public final class Rays {
  private static final double PARALLEL = 1e-14;

  private Rays() {}

  /**
   * The point nearest to two rays, by least squares of the distances.
   *
   * @param c where a ray begins
   * @param d its unit direction
   * @param out the point
   * @return false where they are parallel
   */
  public static boolean meet(double[] c1, double[] d1, double[] c2, double[] d2, double[] out) {
    double b = d1[0] * d2[0] + d1[1] * d2[1] + d1[2] * d2[2];
    double determinant = 1 - b * b;
    if (determinant < PARALLEL) {
      return false;
    }
    double p = 0;
    double q = 0;
    for (int i = 0; i < 3; i++) {
      double between = c2[i] - c1[i];
      p += d1[i] * between;
      q += d2[i] * between;
    }
    double along1 = (p - b * q) / determinant;
    double along2 = (b * p - q) / determinant;
    for (int i = 0; i < 3; i++) {
      out[i] = (c1[i] + along1 * d1[i] + c2[i] + along2 * d2[i]) / 2;
    }
    return true;
  }

  /** The angle at which two places are seen from a point, degrees. */
  public static double degreesAt(double[] point, double[] c1, double[] c2) {
    double dot = 0;
    double a = 0;
    double b = 0;
    for (int i = 0; i < 3; i++) {
      double p = c1[i] - point[i];
      double q = c2[i] - point[i];
      dot += p * q;
      a += p * p;
      b += q * q;
    }
    double cosine = dot / Math.sqrt(a * b);
    return Math.toDegrees(Math.acos(Math.max(-1, Math.min(1, cosine))));
  }
}
