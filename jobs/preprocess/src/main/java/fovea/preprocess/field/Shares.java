package fovea.preprocess.field;

/**
 * Which pixels of a line each pixel of a shorter one covers, and with what share.
 *
 * @param start the first of them
 * @param most how many it is at the most
 * @param weights {@code most} for every pixel, in 256ths of it; zeros behind the last
 */
record Shares(int[] start, int most, int[] weights) {
  /** {@code most} is a multiple of this. */
  static final int GROUP = 3;

  private static final int WHOLE = 256;

  /**
   * For a part of a line that becomes a line of {@code to} pixels.
   *
   * @param offset where the part begins
   * @param length of the part, at least {@code to}; at most a pixel of it beyond the line
   * @param from the line's pixels
   */
  static Shares of(double offset, double length, int from, int to) {
    double ratio = length / to;
    int most = ((int) Math.ceil(ratio) + GROUP) / GROUP * GROUP;
    int[] start = new int[to];
    int[] weights = new int[to * most];
    for (int i = 0; i < to; i++) {
      double left = Math.min(from - 1, offset + i * ratio);
      double right = Math.min(from, offset + (i + 1) * ratio);
      start[i] = (int) left;
      // Rounding the border between two shares, not the shares, keeps the sum.
      int before = 0;
      for (int k = 0; k < most; k++) {
        double end = Math.min(right, start[i] + k + 1.0);
        int until = Math.max(before, (int) Math.round(WHOLE * (end - left) / (right - left)));
        weights[i * most + k] = until - before;
        before = until;
      }
    }
    return new Shares(start, most, weights);
  }
}
