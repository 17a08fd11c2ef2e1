package fovea.sfm.bundle;

import fovea.sfm.geometry.Lens;

/** One sighting's error and its slopes. Scratch: one a worker. */
final class Sight {
  /** Pixel minus where it was seen. */
  final double[] error = new double[2];

  /** 2 x 6: by the camera's turn and shift. */
  final double[] byCamera = new double[12];

  /** 2 x 3: by f, k1, k2. */
  final double[] byLens = new double[6];

  /** 2 x 3: by the point. */
  final double[] byPoint = new double[6];

  private final double[] bySeen = new double[6];

  /** False where the point lies behind the camera: then nothing is to be learnt from it. */
  boolean look(Problem p, int sighting, int point) {
    int c = p.cameras[sighting];
    double[] r = p.rotations[c];
    double[] t = p.translations[c];
    double x = p.points[3 * point];
    double y = p.points[3 * point + 1];
    double z = p.points[3 * point + 2];
    double tx = r[0] * x + r[1] * y + r[2] * z;
    double ty = r[3] * x + r[4] * y + r[5] * z;
    double tz = r[6] * x + r[7] * y + r[8] * z;
    double depth = tz + t[2];
    if (depth <= 1e-9) {
      return false;
    }
    Lens lens = p.lenses[p.lensOf[c]];
    lens.project(tx + t[0], ty + t[1], depth, error, bySeen, byLens);
    error[0] -= p.pixels[2 * sighting];
    error[1] -= p.pixels[2 * sighting + 1];
    for (int i = 0; i < 2; i++) {
      double a = bySeen[3 * i];
      double b = bySeen[3 * i + 1];
      double d = bySeen[3 * i + 2];
      // A small turn w moves the turned point q by w x q.
      byCamera[6 * i] = d * ty - b * tz;
      byCamera[6 * i + 1] = a * tz - d * tx;
      byCamera[6 * i + 2] = b * tx - a * ty;
      byCamera[6 * i + 3] = a;
      byCamera[6 * i + 4] = b;
      byCamera[6 * i + 5] = d;
      byPoint[3 * i] = a * r[0] + b * r[3] + d * r[6];
      byPoint[3 * i + 1] = a * r[1] + b * r[4] + d * r[7];
      byPoint[3 * i + 2] = a * r[2] + b * r[5] + d * r[8];
    }
    return true;
  }

  /** Weighs error and slopes by the root of a weight, and holds what is not free. */
  void weigh(double root, Problem p, int sighting) {
    int camera = Problem.CAMERA * p.cameras[sighting];
    int lens = p.lensAt(p.lensOf[p.cameras[sighting]]);
    for (int i = 0; i < 2; i++) {
      error[i] *= root;
      for (int k = 0; k < 6; k++) {
        byCamera[6 * i + k] *= p.free[camera + k] ? root : 0;
      }
      for (int k = 0; k < 3; k++) {
        byLens[3 * i + k] *= p.free[lens + k] ? root : 0;
        byPoint[3 * i + k] *= p.pointsFree ? root : 0;
      }
    }
  }
}
