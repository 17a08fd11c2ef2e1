package fovea.preprocess.anatomy;

/** Directions round a circle, evenly spaced, and the pixels that lie there on small circles. */
final class Turns {
  static final int COUNT = 32;
  private static final int LARGEST = 32;
  private static final int[][] ACROSS = new int[LARGEST][COUNT];
  private static final int[][] DOWN = new int[LARGEST][COUNT];

  static {
    for (int radius = 0; radius < LARGEST; radius++) {
      for (int i = 0; i < COUNT; i++) {
        double turn = 2 * Math.PI * i / COUNT;
        ACROSS[radius][i] = (int) Math.floor(radius * Math.cos(turn) + 0.5);
        DOWN[radius][i] = (int) Math.floor(radius * Math.sin(turn) + 0.5);
      }
    }
  }

  private Turns() {}

  /** Columns off the middle, a number for every direction. */
  static int[] across(int radius) {
    return ACROSS[radius];
  }

  /** Rows off the middle. */
  static int[] down(int radius) {
    return DOWN[radius];
  }
}
