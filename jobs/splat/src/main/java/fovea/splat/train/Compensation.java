package fovea.splat.train;

/** Compares after the gain and offset of each colour that bring a drawing closest to its photo. */
final class Compensation {
  private static final int COLOURS = 3;

  private Compensation() {}

  /** Decibels; least squares leave of the photograph what the drawing does not explain. */
  static double psnr(float[] drawn, byte[] photo) {
    int size = drawn.length / COLOURS;
    double left = 0;
    for (int colour = 0; colour < COLOURS; colour++) {
      left += left(drawn, photo, colour * size, size) / drawn.length;
    }
    return Math.min(99, -10 * Math.log10(Math.max(left, 1e-12)));
  }

  // Sum of squares of the photograph's plane about the fitted line.
  private static double left(float[] drawn, byte[] photo, int from, int size) {
    double x = 0;
    double y = 0;
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (int i = from; i < from + size; i++) {
      double d = drawn[i];
      double p = (photo[i] & 0xff) / 255.0;
      x += d;
      y += p;
      xx += d * d;
      yy += p * p;
      xy += d * p;
    }
    double varied = xx - x * x / size;
    double common = xy - x * y / size;
    double all = yy - y * y / size;
    return varied <= 1e-9 * size ? all : Math.max(0, all - common * common / varied);
  }
}
