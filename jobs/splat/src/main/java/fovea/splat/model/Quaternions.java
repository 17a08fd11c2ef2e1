package fovea.splat.model;

/** Rotation matrices of quaternions, and the way back for gradients. */
public final class Quaternions {
  private Quaternions() {}

  /**
   * Writes the row-major matrix of the normalised quaternion.
   *
   * @param q quaternions w x y z, at {@code at}
   * @param r 9 numbers out
   */
  public static void matrix(float[] q, int at, float[] r) {
    float s = inverseLength(q, at);
    float w = q[at] * s;
    float x = q[at + 1] * s;
    float y = q[at + 2] * s;
    float z = q[at + 3] * s;
    r[0] = 1 - 2 * (y * y + z * z);
    r[1] = 2 * (x * y - w * z);
    r[2] = 2 * (x * z + w * y);
    r[3] = 2 * (x * y + w * z);
    r[4] = 1 - 2 * (x * x + z * z);
    r[5] = 2 * (y * z - w * x);
    r[6] = 2 * (x * z - w * y);
    r[7] = 2 * (y * z + w * x);
    r[8] = 1 - 2 * (x * x + y * y);
  }

  /**
   * From the gradient on the matrix to the gradient on the raw quaternion.
   *
   * @param g 9 numbers: dLoss/dMatrix, row-major
   * @param out written at {@code at}
   */
  public static void gradient(float[] q, int at, float[] g, float[] out) {
    float s = inverseLength(q, at);
    float w = q[at] * s;
    float x = q[at + 1] * s;
    float y = q[at + 2] * s;
    float z = q[at + 3] * s;
    float dw = 2 * (-z * g[1] + y * g[2] + z * g[3] - x * g[5] - y * g[6] + x * g[7]);
    float dx =
        2
            * (y * g[1]
                + z * g[2]
                + y * g[3]
                - 2 * x * g[4]
                - w * g[5]
                + z * g[6]
                + w * g[7]
                - 2 * x * g[8]);
    float dy =
        2
            * (-2 * y * g[0]
                + x * g[1]
                + w * g[2]
                + x * g[3]
                + z * g[5]
                - w * g[6]
                + z * g[7]
                - 2 * y * g[8]);
    float dz =
        2
            * (-2 * z * g[0]
                - w * g[1]
                + x * g[2]
                + w * g[3]
                - 2 * z * g[4]
                + y * g[5]
                + x * g[6]
                + y * g[7]);
    // Normalisation lets only the part across the quaternion through.
    float along = w * dw + x * dx + y * dy + z * dz;
    out[at] = (dw - w * along) * s;
    out[at + 1] = (dx - x * along) * s;
    out[at + 2] = (dy - y * along) * s;
    out[at + 3] = (dz - z * along) * s;
  }

  private static float inverseLength(float[] q, int at) {
    float square =
        q[at] * q[at] + q[at + 1] * q[at + 1] + q[at + 2] * q[at + 2] + q[at + 3] * q[at + 3];
    return (float) (1 / Math.sqrt(Math.max(square, 1e-24f)));
  }
}
