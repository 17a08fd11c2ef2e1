package fovea.synthetic;

/** Red, green and blue of a square picture, 1 being full scale. */
record Planes(int size, float[] red, float[] green, float[] blue) {

  static Planes of(int size) {
    int pixels = size * size;
    return new Planes(size, new float[pixels], new float[pixels], new float[pixels]);
  }

  void set(int pixel, double r, double g, double b) {
    red[pixel] = (float) r;
    green[pixel] = (float) g;
    blue[pixel] = (float) b;
  }

  /** Gaussian blur as three running means, whose cost does not depend on the width. */
  void blur(double sigma) {
    if (sigma < 0.35) {
      return;
    }
    float[] spare = new float[size * size];
    for (float[] plane : new float[][] {red, green, blue}) {
      if (sigma < 1.2) {
        Blur.small(plane, spare, size, sigma);
      } else {
        Blur.boxes(plane, spare, size, sigma);
      }
    }
  }
}
