package fovea.sfm.geometry;

/**
 * A camera's optics while they are being found out: {@code pixel = (f u + cx, f aspect v + cy)}
 * with OpenCV's distortion of the normalised point. Several photographs may share one lens.
 */
public final class Lens {
  /** What an adjustment may change: focal length, k1, k2. */
  public static final int FREE = 3;

  private static final int UNBENDING_ROUNDS = 20;
  private static final double UNBENT = 1e-12;

  public double f;
  public double k1;
  public double k2;
  public final double aspect;
  public final double cx;
  public final double cy;
  public final double p1;
  public final double p2;

  /** Pixels for f, cx, cy; aspect is fy / fx. */
  public Lens(
      double f, double aspect, double cx, double cy, double k1, double k2, double p1, double p2) {
    this.f = f;
    this.aspect = aspect;
    this.cx = cx;
    this.cy = cy;
    this.k1 = k1;
    this.k2 = k2;
    this.p1 = p1;
    this.p2 = p2;
  }

  /** A copy that is changed on its own. */
  public Lens copy() {
    return new Lens(f, aspect, cx, cy, k1, k2, p1, p2);
  }

  /** Takes over what another's adjustment found. */
  public void set(Lens other) {
    f = other.f;
    k1 = other.k1;
    k2 = other.k2;
  }

  /** The pixel of a point in camera coordinates: x and y into {@code out}. */
  public void project(double x, double y, double z, double[] out) {
    double u = x / z;
    double v = y / z;
    double r2 = u * u + v * v;
    double radial = 1 + r2 * (k1 + r2 * k2);
    out[0] = f * (u * radial + 2 * p1 * u * v + p2 * (r2 + 2 * u * u)) + cx;
    out[1] = f * aspect * (v * radial + p1 * (r2 + 2 * v * v) + 2 * p2 * u * v) + cy;
  }

  /**
   * The pixel and how it moves.
   *
   * @param point 2 x 3, row by row: by the point in camera coordinates
   * @param optics 2 x 3, row by row: by f, k1, k2
   */
  public void project(double x, double y, double z, double[] out, double[] point, double[] optics) {
    double u = x / z;
    double v = y / z;
    double r2 = u * u + v * v;
    double radial = 1 + r2 * (k1 + r2 * k2);
    double slope = 2 * (k1 + 2 * k2 * r2);
    double bentU = u * radial + 2 * p1 * u * v + p2 * (r2 + 2 * u * u);
    double bentV = v * radial + p1 * (r2 + 2 * v * v) + 2 * p2 * u * v;
    out[0] = f * bentU + cx;
    out[1] = f * aspect * bentV + cy;
    double uu = f * (radial + u * u * slope + 2 * p1 * v + 6 * p2 * u);
    double cross = u * v * slope + 2 * p1 * u + 2 * p2 * v;
    double vv = f * aspect * (radial + v * v * slope + 6 * p1 * v + 2 * p2 * u);
    row(point, 0, uu, f * cross, u, v, z);
    row(point, 3, f * aspect * cross, vv, u, v, z);
    optics[0] = bentU;
    optics[1] = f * u * r2;
    optics[2] = f * u * r2 * r2;
    optics[3] = aspect * bentV;
    optics[4] = f * aspect * v * r2;
    optics[5] = f * aspect * v * r2 * r2;
  }

  private static void row(
      double[] out, int at, double byU, double byV, double u, double v, double z) {
    out[at] = byU / z;
    out[at + 1] = byV / z;
    out[at + 2] = -(byU * u + byV * v) / z;
  }

  /** The undistorted normalised point of a pixel, by fixed-point rounds. */
  public void normalise(double px, double py, double[] out) {
    double bentU = (px - cx) / f;
    double bentV = (py - cy) / (f * aspect);
    double u = bentU;
    double v = bentV;
    for (int i = 0; i < UNBENDING_ROUNDS; i++) {
      double r2 = u * u + v * v;
      double radial = Math.max(0.1, 1 + r2 * (k1 + r2 * k2));
      double nextU = (bentU - 2 * p1 * u * v - p2 * (r2 + 2 * u * u)) / radial;
      double nextV = (bentV - p1 * (r2 + 2 * v * v) - 2 * p2 * u * v) / radial;
      double step = Math.abs(nextU - u) + Math.abs(nextV - v);
      u = nextU;
      v = nextV;
      if (step < UNBENT) {
        break;
      }
    }
    out[0] = u;
    out[1] = v;
  }
}
