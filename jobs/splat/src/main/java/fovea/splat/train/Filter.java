package fovea.splat.train;

/**
 * SSIM's window: 11 taps of a Gaussian of sigma 1.5, with zeros beyond the edges.
 *
 * <p>Rows carry {@link #RADIUS} zeros on both sides. All arrays of a loop are read and written at
 * the same index but for constants: what the compiler needs to use vector instructions.
 */
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

  /** Filters a padded row into one without zeros, of {@code width}. */
  static void row(float[] padded, float[] out, int width) {
    float w0 = W[0];
    float w1 = W[1];
    float w2 = W[2];
    float w3 = W[3];
    float w4 = W[4];
    float w5 = W[5];
    for (int x = 0; x < width; x++) {
      out[x] =
          w5 * (padded[x] + padded[x + 10])
              + w4 * (padded[x + 1] + padded[x + 9])
              + w3 * (padded[x + 2] + padded[x + 8])
              + w2 * (padded[x + 3] + padded[x + 7])
              + w1 * (padded[x + 4] + padded[x + 6])
              + w0 * padded[x + 5];
    }
  }

  /**
   * Filters down the columns.
   *
   * @param rows planes of {@code height} rows each
   * @param row which, counted over all planes
   */
  static void column(float[][] rows, int row, int height, float[] out) {
    int y = row % height;
    java.util.Arrays.fill(out, 0);
    for (int k = Math.max(-RADIUS, -y); k <= Math.min(RADIUS, height - 1 - y); k++) {
      add(weight(k), rows[row + k], out);
    }
  }

  /** The tap at this distance. */
  static float weight(int distance) {
    return W[Math.abs(distance)];
  }

  private static void add(float weight, float[] in, float[] out) {
    for (int x = 0; x < out.length; x++) {
      out[x] += weight * in[x];
    }
  }
}
