package fovea.scene;

/**
 * World to camera: {@code camera = rotation * world + translation}, OpenCV's axes (x right, y down,
 * z forward). The rotation is a unit quaternion.
 */
public record Pose(double qw, double qx, double qy, double qz, double tx, double ty, double tz) {

  /** Normalises the quaternion. */
  public Pose {
    double length = Math.sqrt(qw * qw + qx * qx + qy * qy + qz * qz);
    if (!(length > 1e-12) || !Double.isFinite(length + tx + ty + tz)) {
      throw new IllegalArgumentException("a pose must be finite with a rotation that is not zero");
    }
    qw /= length;
    qx /= length;
    qy /= length;
    qz /= length;
  }

  /**
   * From a matrix.
   *
   * @param r rotation, row-major, 9 numbers
   * @param t translation, 3 numbers
   * @throws IllegalArgumentException where r is no rotation (to 1 in 100)
   */
  public static Pose of(double[] r, double[] t) {
    requireRotation(r);
    double trace = r[0] + r[4] + r[8];
    if (trace > 0) {
      double s = 2 * Math.sqrt(1 + trace);
      return new Pose(
          s / 4, (r[7] - r[5]) / s, (r[2] - r[6]) / s, (r[3] - r[1]) / s, t[0], t[1], t[2]);
    }
    if (r[0] > r[4] && r[0] > r[8]) {
      double s = 2 * Math.sqrt(1 + r[0] - r[4] - r[8]);
      return new Pose(
          (r[7] - r[5]) / s, s / 4, (r[1] + r[3]) / s, (r[2] + r[6]) / s, t[0], t[1], t[2]);
    }
    if (r[4] > r[8]) {
      double s = 2 * Math.sqrt(1 + r[4] - r[0] - r[8]);
      return new Pose(
          (r[2] - r[6]) / s, (r[1] + r[3]) / s, s / 4, (r[5] + r[7]) / s, t[0], t[1], t[2]);
    }
    double s = 2 * Math.sqrt(1 + r[8] - r[0] - r[4]);
    return new Pose(
        (r[3] - r[1]) / s, (r[2] + r[6]) / s, (r[5] + r[7]) / s, s / 4, t[0], t[1], t[2]);
  }

  /** The rotation, row-major, 9 numbers. */
  public double[] rotation() {
    return new double[] {
      1 - 2 * (qy * qy + qz * qz),
      2 * (qx * qy - qw * qz),
      2 * (qx * qz + qw * qy),
      2 * (qx * qy + qw * qz),
      1 - 2 * (qx * qx + qz * qz),
      2 * (qy * qz - qw * qx),
      2 * (qx * qz - qw * qy),
      2 * (qy * qz + qw * qx),
      1 - 2 * (qx * qx + qy * qy)
    };
  }

  /** A world point in camera coordinates. */
  public double[] toCamera(double x, double y, double z) {
    double[] r = rotation();
    return new double[] {
      r[0] * x + r[1] * y + r[2] * z + tx,
      r[3] * x + r[4] * y + r[5] * z + ty,
      r[6] * x + r[7] * y + r[8] * z + tz
    };
  }

  /** Where the camera stands, in world coordinates. */
  public double[] centre() {
    double[] r = rotation();
    return new double[] {
      -(r[0] * tx + r[3] * ty + r[6] * tz),
      -(r[1] * tx + r[4] * ty + r[7] * tz),
      -(r[2] * tx + r[5] * ty + r[8] * tz)
    };
  }

  /** Where the camera looks: a unit vector in world coordinates. */
  public double[] forward() {
    double[] r = rotation();
    return new double[] {r[6], r[7], r[8]};
  }

  private static void requireRotation(double[] r) {
    double worst = 0;
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        double dot =
            r[3 * i] * r[3 * j] + r[3 * i + 1] * r[3 * j + 1] + r[3 * i + 2] * r[3 * j + 2];
        worst = Math.max(worst, Math.abs(dot - (i == j ? 1 : 0)));
      }
    }
    double determinant =
        r[0] * (r[4] * r[8] - r[5] * r[7])
            - r[1] * (r[3] * r[8] - r[5] * r[6])
            + r[2] * (r[3] * r[7] - r[4] * r[6]);
    if (!(worst < 0.01) || determinant < 0) {
      throw new IllegalArgumentException("the matrix of a pose must be a rotation");
    }
  }
}
