package fovea.preprocess.anatomy;

/** The circle near a place across which the picture darkens most: the disc's edge. */
final class DiscFit {
  private static final int REACH = 10;
  private static final int SMALLEST = 11;
  private static final int LARGEST = 25;
  private static final double WITHIN = 0.82;
  private static final double BEYOND = 1.22;

  private DiscFit() {}

  /**
   * A disc in pixels of the full-size study.
   *
   * @param contrast how much brighter it is inside than outside; 0.1 is ten percent
   */
  record Disc(int x, int y, double radius, double contrast) {}

  static Disc near(Plane smooth, int x, int y) {
    Disc best = new Disc(x, y, 0, Double.NEGATIVE_INFINITY);
    for (int dy = -REACH; dy <= REACH; dy += 2) {
      for (int dx = -REACH; dx <= REACH; dx += 2) {
        best = better(best, smooth, x + dx, y + dy);
      }
    }
    Disc coarse = best;
    for (int dy = -1; dy <= 1; dy++) {
      for (int dx = -1; dx <= 1; dx++) {
        best = better(best, smooth, coarse.x + dx, coarse.y + dy);
      }
    }
    return best;
  }

  private static Disc better(Disc best, Plane smooth, int x, int y) {
    double[] rings = new double[(int) (BEYOND * LARGEST) + 2];
    for (int r = (int) (WITHIN * SMALLEST); r < rings.length; r++) {
      rings[r] = smooth.ring(x, y, r);
    }
    Disc winner = best;
    for (int radius = SMALLEST; radius <= LARGEST; radius++) {
      double within = rings[(int) Math.round(WITHIN * radius)];
      double contrast = within - rings[(int) Math.round(BEYOND * radius)];
      if (contrast > winner.contrast) {
        winner = new Disc(x, y, radius, contrast);
      }
    }
    return winner;
  }
}
