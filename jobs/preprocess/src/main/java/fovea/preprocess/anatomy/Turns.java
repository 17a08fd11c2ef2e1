package fovea.preprocess.anatomy;

/** Directions round a circle, evenly spaced. */
final class Turns {
  static final int COUNT = 32;
  static final double[] COS = new double[COUNT];
  static final double[] SIN = new double[COUNT];

  static {
    for (int i = 0; i < COUNT; i++) {
      COS[i] = Math.cos(2 * Math.PI * i / COUNT);
      SIN[i] = Math.sin(2 * Math.PI * i / COUNT);
    }
  }

  private Turns() {}
}
