package fovea.synthetic;

/** Small functions of shading. */
final class Shades {

  private Shades() {}

  /** Smooth step from 0 at {@code zero} to 1 at {@code one}, in either direction. */
  static double step(double zero, double one, double x) {
    double t = Math.max(0, Math.min(1, (x - zero) / (one - zero)));
    return t * t * (3 - 2 * t);
  }

  static double mix(double a, double b, double t) {
    return a + (b - a) * t;
  }

  /** Length of a short vector; Math.hypot guards against overflow and is ten times slower. */
  static double length(double x, double y) {
    return Math.sqrt(x * x + y * y);
  }

  /** A bell of height 1 at 0. */
  static double bell(double x, double width) {
    double square = x * x / (width * width);
    return square > 7 ? 0 : Math.exp(-square);
  }
}
