package fovea.splat.export;

/**
 * From the axes of poses and PLY (x right, y down, z ahead) to those of SPZ and glTF (x right, y
 * up, z back): half a turn about x, which is also the way back. Every number keeps its size; these
 * are the signs.
 */
final class Upright {
  /** Of x y z. */
  static final float[] POSITION = {1, -1, -1};

  /** Of a quaternion w x y z. */
  static final float[] ROTATION = {1, 1, -1, -1};

  /** Of the spherical harmonics from degree 1: -1 where y and z together have an odd power. */
  static final float[] HARMONICS = {-1, -1, 1, -1, 1, 1, -1, 1, -1, 1, -1, -1, 1, -1, 1};

  private Upright() {}
}
