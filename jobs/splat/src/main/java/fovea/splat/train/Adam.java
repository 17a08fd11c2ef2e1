package fovea.splat.train;

import fovea.splat.model.Splats;

/** Adam (Kingma and Ba 2015) over all parameters, with a rate for each kind. */
public final class Adam {
  static final float BETA1 = 0.9f;
  static final float BETA2 = 0.999f;
  static final float EPSILON = 1e-15f;
  private static final float TINY = 1e-30f;

  private final Splats first;
  private final Splats second;
  private int step;

  Adam(Splats splats) {
    first = new Splats(splats.capacity(), splats.degree());
    second = new Splats(splats.capacity(), splats.degree());
  }

  /** What divides the mean of the gradients after so many steps, for it began at zero. */
  public static double firstCorrection(int steps) {
    return 1 - Math.pow(BETA1, steps);
  }

  /** What divides the mean of their squares. */
  public static double secondCorrection(int steps) {
    return 1 - Math.pow(BETA2, steps);
  }

  /** Begins a step, whose parts {@link #update} does. */
  void begin() {
    step++;
  }

  /** Moves the Gaussians {@code from} (included) to {@code to} (excluded). */
  void update(Splats splats, Splats gradients, Rates rates, int activeDegree, int from, int to) {
    double[] each = rates.each();
    float scale = (float) (1 / secondCorrection(step));
    double correction = 1 / firstCorrection(step);
    int parts = activeDegree > 0 ? each.length : each.length - 1;
    for (int part = 0; part < parts; part++) {
      float[] p = splats.parts().get(part);
      int stride = p.length / splats.capacity();
      update(
          p,
          gradients.parts().get(part),
          first.parts().get(part),
          second.parts().get(part),
          stride * from,
          stride * to,
          (float) (each[part] * correction),
          scale);
    }
  }

  Splats first() {
    return first;
  }

  Splats second() {
    return second;
  }

  /** After the moments were read from a checkpoint. */
  void done(int steps) {
    step = steps;
  }

  /** Forgets the past of a Gaussian that became another one. */
  void forget(int i) {
    first.clear(i);
    second.clear(i);
  }

  static void update(
      float[] p, float[] g, float[] m, float[] v, int from, int to, float rate, float scale) {
    for (int i = from; i < to; i++) {
      float gradient = g[i];
      // Added and taken away again, TINY turns what is far below it into zero: numbers below 1e-38
      // take the processor a hundred times as long.
      float mean = BETA1 * m[i] + (1 - BETA1) * gradient + TINY - TINY;
      float square = BETA2 * v[i] + (1 - BETA2) * gradient * gradient + TINY - TINY;
      m[i] = mean;
      v[i] = square;
      p[i] -= rate * mean / ((float) Math.sqrt(square * scale) + EPSILON);
    }
  }
}
