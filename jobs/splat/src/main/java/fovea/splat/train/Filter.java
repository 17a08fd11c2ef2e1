package fovea.splat.train;

/** SSIM's window: 11 taps of a Gaussian of sigma 1.5, with zeros beyond the edges. */
final class Filter {
  static final int RADIUS = 5;

  private static final float[] W = weights();

  private Filter() {}

  private static float[] weights() {
    float[] w = new float[RADIUS + 1];
    double sum = 0;
    for (int i = -RADIUS; i <= RADIUS; i++) {
      sum += Math.exp(-i * i / 4.5);
    }
    for (int i = 0; i <= RADIUS; i++) {
      w[i] = (float) (Math.exp(-i * i / 4.5) / sum);
    }
    return w;
  }

  /**
   * Filters a row.
   *
   * @param padded the row with {@link #RADIUS} zeros on both sides
   */
  static void row(float[] padded, float[] out, int at, int width) {
    float w0 = W[0];
    float w1 = W[1];
    float w2 = W[2];
    float w3 = W[3];
    float w4 = W[4];
    float w5 = W[5];
    for (int x = 0; x < width; x++) {
      out[at + x] =
          w5 * (padded[x] + padded[x + 10])
              + w4 * (padded[x + 1] + padded[x + 9])
              + w3 * (padded[x + 2] + padded[x + 8])
              + w2 * (padded[x + 3] + padded[x + 7])
              + w1 * (padded[x + 4] + padded[x + 6])
              + w0 * padded[x + 5];
    }
  }

  /** Filters down the columns at one row of a plane that begins at {@code plane}. */
  static void column(float[] in, int plane, int width, int height, int y, float[] out) {
    java.util.Arrays.fill(out, 0, width, 0);
    for (int k = Math.max(-RADIUS, -y); k <= Math.min(RADIUS, height - 1 - y); k++) {
      float weight = W[Math.abs(k)];
      int from = plane + (y + k) * width;
      for (int x = 0; x < width; x++) {
        out[x] += weight * in[from + x];
      }
    }
  }
}
