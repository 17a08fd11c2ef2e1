package fovea.splat.export;

import fovea.splat.model.Harmonics;
import fovea.splat.model.Splats;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * antimatter15's {@code .splat}: 32 bytes a Gaussian, little-endian, no header. Three floats of
 * position, three of scale (not its logarithm), r g b and opacity in a byte each, and the rotation
 * w x y z as bytes {@code 128 + 128 q}. Colour from one side only. The largest and most opaque come
 * first, so that a viewer shows the whole before it has the details.
 */
public final class SplatRows {
  /** Bytes of a Gaussian. */
  public static final int BYTES = 32;

  private SplatRows() {}

  /** Writes a file, whole or not at all. */
  public static void write(Splats splats, Path file) throws IOException {
    WholeFile.write(file, out -> write(splats, out));
  }

  private static void write(Splats s, OutputStream out) throws IOException {
    ByteBuffer row = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (long entry : byImportance(s)) {
      out.write(row(s, (int) entry, row.clear()).array());
    }
  }

  // The index in the low half; positive floats sort as their bits do, and here the largest first.
  private static long[] byImportance(Splats s) {
    long[] order = new long[s.count()];
    for (int i = 0; i < order.length; i++) {
      float size = s.logScales[3 * i] + s.logScales[3 * i + 1] + s.logScales[3 * i + 2];
      float importance = (float) (Math.exp(Math.min(size, 60)) * s.opacity(i));
      order[i] = (long) -Float.floatToIntBits(importance) << 32 | i;
    }
    Arrays.sort(order);
    return order;
  }

  private static ByteBuffer row(Splats s, int i, ByteBuffer row) {
    for (int k = 3 * i; k < 3 * i + 3; k++) {
      row.putFloat(s.means[k]);
    }
    for (int k = 3 * i; k < 3 * i + 3; k++) {
      row.putFloat((float) Math.exp(s.logScales[k]));
    }
    for (int k = 3 * i; k < 3 * i + 3; k++) {
      row.put(bounded(255 * (0.5f + Harmonics.C0 * s.sh0[k])));
    }
    row.put(bounded(255 * s.opacity(i)));
    float[] q = Rotations.unit(s, i);
    for (float part : q) {
      row.put(bounded(128 + 128 * part));
    }
    return row;
  }

  /** A byte of 0 to 255, whatever comes. */
  static byte bounded(float value) {
    return (byte) Math.max(0, Math.min(255, Math.round(value)));
  }
}
