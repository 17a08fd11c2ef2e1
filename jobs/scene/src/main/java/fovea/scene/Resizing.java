package fovea.scene;

/** Shrinks pictures by area: every source pixel counts by the share of it that is covered. */
public final class Resizing {
  private Resizing() {}

  /** The picture at another size; enlarging repeats pixels. */
  public static Picture to(Picture picture, int width, int height) {
    if (picture.width() == width && picture.height() == height) {
      return picture;
    }
    byte[] out = new byte[3 * width * height];
    float[] across = new float[width * picture.height()];
    for (int plane = 0; plane < 3; plane++) {
      rows(picture, plane, across, width);
      columns(across, picture.height(), out, plane * width * height, width, height);
    }
    return new Picture(width, height, out);
  }

  private static void rows(Picture picture, int plane, float[] out, int width) {
    double step = (double) picture.width() / width;
    for (int x = 0; x < width; x++) {
      double from = x * step;
      double to = Math.min(picture.width(), (x + 1) * step);
      for (int y = 0; y < picture.height(); y++) {
        double sum = 0;
        for (int i = (int) from; i < to; i++) {
          sum += picture.value(plane, i, y) * (Math.min(to, i + 1) - Math.max(from, i));
        }
        out[y * width + x] = (float) (sum / (to - from));
      }
    }
  }

  private static void columns(
      float[] in, int inHeight, byte[] out, int offset, int width, int height) {
    double step = (double) inHeight / height;
    for (int y = 0; y < height; y++) {
      double from = y * step;
      double to = Math.min(inHeight, (y + 1) * step);
      for (int x = 0; x < width; x++) {
        double sum = 0;
        for (int i = (int) from; i < to; i++) {
          sum += in[i * width + x] * (Math.min(to, i + 1) - Math.max(from, i));
        }
        out[offset + y * width + x] = (byte) Math.round(sum / (to - from));
      }
    }
  }
}
