package fovea.splat.export;

import fovea.splat.model.Splats;
import java.util.Arrays;

/** How SPZ writes a number in few bits, and the way back. */
final class SpzCode {
  static final int MAGIC = 0x5053474e; // "NGSP"
  static final int MOST_FRACTION_BITS = 23;

  private static final float COLOUR = 0.15f * 255;
  private static final float MIDDLE = 0.5f * 255;
  private static final int FIXED_BITS = 24;
  private static final int SAMPLE = 4096;

  /** A position may be off by this share of the size of small Gaussians. */
  private static final double SHARE = 1 / 64.0;

  private SpzCode() {}

  /** Bytes of one Gaussian before packing. */
  static int bytes(int degree, int rotationBytes) {
    return 9 + 1 + 3 + 3 + rotationBytes + new Splats(0, degree).restSize();
  }

  /**
   * Bits after the point for positions: as few as keep the error well below the size of the small
   * Gaussians, whatever the unit of the scene, and no more than leave room for the farthest.
   */
  static int fractionBits(Splats s) {
    float farthest = 1e-6f;
    for (int k = 0; k < 3 * s.count(); k++) {
      farthest = Math.max(farthest, Math.abs(s.means[k]));
    }
    // 2^23 would be one too many for a number at the very end.
    int room = FIXED_BITS - 2 - Math.getExponent(farthest);
    int needed = -(int) Math.floor(Math.log(2 * SHARE * smallSize(s)) / Math.log(2));
    return Math.max(0, Math.min(MOST_FRACTION_BITS, Math.min(room, needed)));
  }

  // The middle axis of Gaussians that are small among some thousand of them.
  private static double smallSize(Splats s) {
    int n = Math.min(SAMPLE, s.count());
    if (n == 0) {
      return 1;
    }
    float[] sizes = new float[n];
    float[] axes = new float[3];
    for (int i = 0; i < n; i++) {
      System.arraycopy(s.logScales, 3 * (int) ((long) i * s.count() / n), axes, 0, 3);
      Arrays.sort(axes);
      sizes[i] = axes[1];
    }
    Arrays.sort(sizes);
    return Math.exp(sizes[n / 20]);
  }

  static int fixed(float value, int fractionBits) {
    long rounded = Math.round((double) value * (1L << fractionBits));
    long most = (1L << FIXED_BITS - 1) - 1;
    return (int) Math.max(-most, Math.min(most, rounded));
  }

  static float position(int low, int middle, int high, int fractionBits) {
    int fixed = low | middle << 8 | (byte) high << 16;
    return (float) Math.scalb((double) fixed, -fractionBits);
  }

  static byte scale(float logScale) {
    return SplatRows.bounded((logScale + 10) * 16);
  }

  static float logScale(int code) {
    return code / 16f - 10;
  }

  static byte alpha(float opacity) {
    return SplatRows.bounded(255 * opacity);
  }

  // All and nothing have no logit: half a step from the end stands for them.
  static float logit(int code) {
    double alpha = Math.max(0.5, Math.min(254.5, code)) / 255;
    return (float) Math.log(alpha / (1 - alpha));
  }

  static byte colour(float sh0) {
    return SplatRows.bounded(sh0 * COLOUR + MIDDLE);
  }

  static float sh0(int code) {
    return (code - MIDDLE) / COLOUR;
  }

  /**
   * A coefficient of -1 to 1 in 7 bits. Niantic's own 5 for degree 1 and 4 above round most
   * coefficients of a short training to zero, which costs up to 2 dB.
   */
  static byte harmonic(float value) {
    int code = 128 + 2 * Math.round(value * 64);
    return (byte) Math.max(0, Math.min(255, code));
  }

  static float harmonic(int code) {
    return (code - 128) / 128f;
  }
}
