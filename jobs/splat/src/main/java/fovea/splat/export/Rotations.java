package fovea.splat.export;

import fovea.splat.model.Splats;

/** Rotations as files want them: of unit length, and in four bytes. */
final class Rotations {
  private static final int[] FILE_ORDER = {1, 2, 3, 0}; // x y z w, of our w x y z
  private static final int MAGNITUDE = 511;
  private static final double MOST = Math.sqrt(0.5);

  private Rotations() {}

  /** w x y z of unit length; none at all becomes no turn. */
  static float[] unit(Splats s, int i) {
    double square = 0;
    for (int k = 4 * i; k < 4 * i + 4; k++) {
      square += (double) s.rotations[k] * s.rotations[k];
    }
    float[] q = {1, 0, 0, 0};
    for (int k = 0; square > 1e-24 && k < 4; k++) {
      q[k] = (float) (s.rotations[4 * i + k] / Math.sqrt(square));
    }
    return q;
  }

  /**
   * SPZ's smallest three: two bits say which of x y z w is largest, then a sign and nine bits for
   * each of the others, which are at most sqrt(1/2). The largest is made positive.
   */
  static int packed(float[] q) {
    int largest = 0;
    for (int k = 1; k < 4; k++) {
      if (Math.abs(q[FILE_ORDER[k]]) > Math.abs(q[FILE_ORDER[largest]])) {
        largest = k;
      }
    }
    boolean negate = q[FILE_ORDER[largest]] < 0;
    int bits = largest;
    for (int k = 0; k < 4; k++) {
      if (k != largest) {
        float part = q[FILE_ORDER[k]];
        int sign = part < 0 == negate ? 0 : 1;
        int size = (int) Math.min(MAGNITUDE, Math.round(MAGNITUDE * Math.abs(part) / MOST));
        bits = bits << 10 | sign << 9 | size;
      }
    }
    return bits;
  }

  /** The way back, into w x y z at {@code at}. */
  static void unpack(int packed, float[] out, int at) {
    int largest = packed >>> 30;
    int bits = packed;
    double square = 0;
    for (int k = 3; k >= 0; k--) {
      if (k != largest) {
        double size = MOST * (bits & MAGNITUDE) / MAGNITUDE;
        out[at + FILE_ORDER[k]] = (float) ((bits >> 9 & 1) == 0 ? size : -size);
        square += size * size;
        bits >>>= 10;
      }
    }
    out[at + FILE_ORDER[largest]] = (float) Math.sqrt(Math.max(0, 1 - square));
  }
}
