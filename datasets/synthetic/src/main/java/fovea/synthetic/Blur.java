package fovea.synthetic;

/** Gaussian blur of a square plane. */
final class Blur {

  private Blur() {}

  /** Five taps in each direction: for widths of about a pixel. */
  static void small(float[] plane, float[] spare, int size, double sigma) {
    float one = (float) Math.exp(-0.5 / (sigma * sigma));
    float two = (float) Math.exp(-2 / (sigma * sigma));
    float sum = 1 + 2 * one + 2 * two;
    rows(plane, spare, size, 1 / sum, one / sum, two / sum);
    columns(spare, plane, size, 1 / sum, one / sum, two / sum);
  }

  private static void rows(float[] from, float[] to, int size, float c, float one, float two) {
    for (int row = 0; row < size; row++) {
      int start = row * size;
      int last = start + size - 1;
      for (int at = start; at <= last; at++) {
        to[at] =
            c * from[at]
                + one * (from[Math.max(start, at - 1)] + from[Math.min(last, at + 1)])
                + two * (from[Math.max(start, at - 2)] + from[Math.min(last, at + 2)]);
      }
    }
  }

  private static void columns(float[] from, float[] to, int size, float c, float one, float two) {
    int end = size - 1;
    for (int row = 0; row < size; row++) {
      int up = Math.max(0, row - 1) * size;
      int upper = Math.max(0, row - 2) * size;
      int down = Math.min(end, row + 1) * size;
      int lower = Math.min(end, row + 2) * size;
      for (int x = 0; x < size; x++) {
        to[row * size + x] =
            c * from[row * size + x]
                + one * (from[up + x] + from[down + x])
                + two * (from[upper + x] + from[lower + x]);
      }
    }
  }

  /** Three running means in each direction. */
  static void boxes(float[] plane, float[] spare, int size, double sigma) {
    int half = Math.max(1, (int) Math.round((Math.sqrt(4 * sigma * sigma + 1) - 1) / 2));
    for (int pass = 0; pass < 3; pass++) {
      running(plane, spare, size, half);
      running(spare, plane, size, half);
    }
  }

  private static void running(float[] from, float[] to, int size, int half) {
    float share = 1f / (2 * half + 1);
    for (int row = 0; row < size; row++) {
      int start = row * size;
      float sum = 0;
      for (int x = -half; x <= half; x++) {
        sum += from[start + Math.max(0, Math.min(size - 1, x))];
      }
      for (int x = 0; x < size; x++) {
        to[x * size + row] = sum * share;
        sum += from[start + Math.min(size - 1, x + half + 1)];
        sum -= from[start + Math.max(0, x - half)];
      }
    }
  }
}
