package fovea.sfm.bundle;

import fovea.sfm.geometry.Lens;

/**
 * What an adjustment works on; solved in place.
 *
 * <p>Sightings are sorted by point: those of point p are {@code starts[p]} to {@code starts[p +
 * 1]}. A change of a camera is a turn of its rotation from the left (radians) and a shift of its
 * translation.
 */
public final class Problem {
  /** Unknowns of a camera: turn, then shift. */
  public static final int CAMERA = 6;

  /** World to camera, one a camera, 9 numbers row by row. */
  public final double[][] rotations;

  /** World to camera, one a camera. */
  public final double[][] translations;

  /** Which lens a camera has. */
  public final int[] lensOf;

  public final Lens[] lenses;

  /** x y z of each point. */
  public final double[] points;

  public final int[] starts;

  /** Of each sighting. */
  public final int[] cameras;

  /** x y of each sighting, pixels. */
  public final double[] pixels;

  /** Unknowns that may change: CAMERA for each camera, then Lens.FREE for each lens. */
  public final boolean[] free;

  /** Whether points may change. */
  public boolean pointsFree = true;

  /** Takes the arrays as they are; everything is free but the lenses. */
  public Problem(
      double[][] rotations,
      double[][] translations,
      int[] lensOf,
      Lens[] lenses,
      double[] points,
      int[] starts,
      int[] cameras,
      double[] pixels) {
    this.rotations = rotations;
    this.translations = translations;
    this.lensOf = lensOf;
    this.lenses = lenses;
    this.points = points;
    this.starts = starts;
    this.cameras = cameras;
    this.pixels = pixels;
    this.free = new boolean[CAMERA * rotations.length + Lens.FREE * lenses.length];
    java.util.Arrays.fill(free, 0, CAMERA * rotations.length, true);
  }

  /** Holds a camera where it is. */
  public void hold(int camera) {
    for (int k = 0; k < CAMERA; k++) {
      free[CAMERA * camera + k] = false;
    }
  }

  /** Holds one coordinate of a camera's translation: with a held camera it fixes the scale. */
  public void holdShift(int camera, int axis) {
    free[CAMERA * camera + 3 + axis] = false;
  }

  /** Lets a lens change: 0 nothing, 1 its focal length, 2 and k1, 3 and k2. */
  public void freeLens(int lens, int howMuch) {
    for (int k = 0; k < howMuch; k++) {
      free[lensAt(lens) + k] = true;
    }
  }

  int lensAt(int lens) {
    return CAMERA * rotations.length + Lens.FREE * lens;
  }

  int pointCount() {
    return points.length / 3;
  }

  /** The pixel minus where it was seen, into {@code out}; false where it lies behind the camera. */
  boolean error(int sighting, int point, double[] out) {
    int c = cameras[sighting];
    double[] r = rotations[c];
    double[] t = translations[c];
    double x = points[3 * point];
    double y = points[3 * point + 1];
    double z = points[3 * point + 2];
    double depth = r[6] * x + r[7] * y + r[8] * z + t[2];
    if (depth <= 1e-9) {
      return false;
    }
    lenses[lensOf[c]].project(
        r[0] * x + r[1] * y + r[2] * z + t[0], r[3] * x + r[4] * y + r[5] * z + t[1], depth, out);
    out[0] -= pixels[2 * sighting];
    out[1] -= pixels[2 * sighting + 1];
    return true;
  }
}
