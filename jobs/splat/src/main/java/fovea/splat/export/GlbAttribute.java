package fovea.splat.export;

import fovea.splat.model.Harmonics;
import fovea.splat.model.Splats;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One attribute of the points of a GLB.
 *
 * @param type {@code SCALAR}, {@code VEC3} or {@code VEC4}
 * @param componentType glTF's: 5126 for floats, 5121 for normalised bytes
 * @param bytesEach of one Gaussian, a multiple of 4
 * @param row writes those of one
 */
record GlbAttribute(String name, String type, int componentType, int bytesEach, Row row) {
  static final int FLOAT = 5126;
  static final int BYTE = 5121;

  private static final String SPLAT = "KHR_gaussian_splatting:";
  private static final int MOST_LOG_SCALE = 80;

  /** Writes the numbers of one Gaussian. */
  @FunctionalInterface
  interface Row {
    void put(int i, ByteBuffer out);
  }

  static List<GlbAttribute> of(Splats s) {
    List<GlbAttribute> all = new ArrayList<>();
    all.add(floats("POSITION", 3, (i, out) -> position(s, i, out)));
    all.add(new GlbAttribute("COLOR_0", "VEC4", BYTE, 4, (i, out) -> colour(s, i, out)));
    all.add(floats(SPLAT + "ROTATION", 4, (i, out) -> rotation(s, i, out)));
    all.add(floats(SPLAT + "SCALE", 3, (i, out) -> scale(s, i, out)));
    all.add(floats(SPLAT + "OPACITY", 1, (i, out) -> out.putFloat(s.opacity(i))));
    all.add(floats(SPLAT + "SH_DEGREE_0_COEF_0", 3, (i, out) -> put(s.sh0, 3 * i, 1, out)));
    int rest = s.restSize();
    for (int degree = 1, k = 0; degree <= s.degree(); degree++) {
      for (int n = 0; n <= 2 * degree; n++, k++) {
        int at = 3 * k;
        float sign = Upright.HARMONICS[k];
        all.add(
            floats(
                SPLAT + "SH_DEGREE_" + degree + "_COEF_" + n,
                3,
                (i, out) -> put(s.shRest, rest * i + at, sign, out)));
      }
    }
    return all;
  }

  private static GlbAttribute floats(String name, int components, Row row) {
    String type = components == 1 ? "SCALAR" : "VEC" + components;
    return new GlbAttribute(name, type, FLOAT, components * Float.BYTES, row);
  }

  private static void put(float[] values, int at, float sign, ByteBuffer out) {
    for (int k = at; k < at + 3; k++) {
      out.putFloat(sign * values[k]);
    }
  }

  static void position(Splats s, int i, ByteBuffer out) {
    for (int k = 0; k < 3; k++) {
      out.putFloat(Upright.POSITION[k] * s.means[3 * i + k]);
    }
  }

  private static void colour(Splats s, int i, ByteBuffer out) {
    for (int k = 3 * i; k < 3 * i + 3; k++) {
      out.put(SplatRows.bounded(255 * (0.5f + Harmonics.C0 * s.sh0[k])));
    }
    out.put(SplatRows.bounded(255 * s.opacity(i)));
  }

  private static void rotation(Splats s, int i, ByteBuffer out) {
    float[] q = Rotations.unit(s, i);
    for (int k : new int[] {1, 2, 3, 0}) {
      out.putFloat(Upright.ROTATION[k] * q[k]);
    }
  }

  private static void scale(Splats s, int i, ByteBuffer out) {
    for (int k = 3 * i; k < 3 * i + 3; k++) {
      out.putFloat((float) Math.exp(Math.min(MOST_LOG_SCALE, s.logScales[k])));
    }
  }
}
