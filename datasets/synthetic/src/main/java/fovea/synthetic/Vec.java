package fovea.synthetic;

/** Vectors of three. */
final class Vec {

  private Vec() {}

  static double[] minus(double[] a, double[] b) {
    return new double[] {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
  }

  /** {@code from + t * along}. */
  static double[] along(double[] from, double[] along, double t) {
    return new double[] {from[0] + t * along[0], from[1] + t * along[1], from[2] + t * along[2]};
  }

  static double dot(double[] a, double[] b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  }

  static double[] cross(double[] a, double[] b) {
    return new double[] {
      a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
    };
  }

  static double[] unit(double[] a) {
    double length = Math.sqrt(dot(a, a));
    return new double[] {a[0] / length, a[1] / length, a[2] / length};
  }
}
