package fovea.splat.model;

/**
 * Real spherical harmonics to degree 3 in the order and signs of INRIA's implementation (16
 * functions; the first is the constant {@link #C0}).
 */
public final class Harmonics {
  /** The constant of degree 0: 1 / (2 sqrt(pi)). */
  public static final float C0 = 0.28209479177387814f;

  private static final float C1 = 0.4886025119029199f;
  private static final float[] C2 = {
    1.0925484305920792f,
    -1.0925484305920792f,
    0.31539156525252005f,
    -1.0925484305920792f,
    0.5462742152960396f
  };
  private static final float[] C3 = {
    -0.5900435899266435f,
    2.890611442640554f,
    -0.4570457994644658f,
    0.3731763325901154f,
    -0.4570457994644658f,
    1.445305721320277f,
    -0.5900435899266435f
  };

  private Harmonics() {}

  /** Values for a unit direction; {@code b} gets (degree+1)^2 of them. */
  public static void basis(int degree, float x, float y, float z, float[] b) {
    b[0] = C0;
    if (degree < 1) {
      return;
    }
    b[1] = -C1 * y;
    b[2] = C1 * z;
    b[3] = -C1 * x;
    if (degree < 2) {
      return;
    }
    float xx = x * x;
    float yy = y * y;
    float zz = z * z;
    b[4] = C2[0] * x * y;
    b[5] = C2[1] * y * z;
    b[6] = C2[2] * (2 * zz - xx - yy);
    b[7] = C2[3] * x * z;
    b[8] = C2[4] * (xx - yy);
    if (degree < 3) {
      return;
    }
    b[9] = C3[0] * y * (3 * xx - yy);
    b[10] = C3[1] * x * y * z;
    b[11] = C3[2] * y * (4 * zz - xx - yy);
    b[12] = C3[3] * z * (2 * zz - 3 * xx - 3 * yy);
    b[13] = C3[4] * x * (4 * zz - xx - yy);
    b[14] = C3[5] * z * (xx - yy);
    b[15] = C3[6] * x * (xx - 3 * yy);
  }

  /**
   * Adds dLoss/dDirection for dLoss/dBasis.
   *
   * @param g dLoss/dBasis, (degree+1)^2 numbers
   * @param out 3 numbers, added to
   */
  public static void gradient(int degree, float x, float y, float z, float[] g, float[] out) {
    if (degree < 1) {
      return;
    }
    float dx = -C1 * g[3];
    float dy = -C1 * g[1];
    float dz = C1 * g[2];
    if (degree >= 2) {
      dx += C2[0] * y * g[4] - 2 * C2[2] * x * g[6] + C2[3] * z * g[7] + 2 * C2[4] * x * g[8];
      dy += C2[0] * x * g[4] + C2[1] * z * g[5] - 2 * C2[2] * y * g[6] - 2 * C2[4] * y * g[8];
      dz += C2[1] * y * g[5] + 4 * C2[2] * z * g[6] + C2[3] * x * g[7];
    }
    if (degree >= 3) {
      float xx = x * x;
      float yy = y * y;
      float zz = z * z;
      dx +=
          6 * C3[0] * x * y * g[9]
              + C3[1] * y * z * g[10]
              - 2 * C3[2] * x * y * g[11]
              - 6 * C3[3] * x * z * g[12]
              + C3[4] * (4 * zz - 3 * xx - yy) * g[13]
              + 2 * C3[5] * x * z * g[14]
              + 3 * C3[6] * (xx - yy) * g[15];
      dy +=
          3 * C3[0] * (xx - yy) * g[9]
              + C3[1] * x * z * g[10]
              + C3[2] * (4 * zz - xx - 3 * yy) * g[11]
              - 6 * C3[3] * y * z * g[12]
              - 2 * C3[4] * x * y * g[13]
              - 2 * C3[5] * y * z * g[14]
              - 6 * C3[6] * x * y * g[15];
      dz +=
          C3[1] * x * y * g[10]
              + 8 * C3[2] * y * z * g[11]
              + C3[3] * (6 * zz - 3 * xx - 3 * yy) * g[12]
              + 8 * C3[4] * x * z * g[13]
              + C3[5] * (xx - yy) * g[14];
    }
    out[0] += dx;
    out[1] += dy;
    out[2] += dz;
  }
}
