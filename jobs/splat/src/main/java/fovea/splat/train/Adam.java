package fovea.splat.train;

import fovea.splat.model.Splats;
import fovea.splat.render.Workers;

/** Adam (Kingma and Ba 2015) over all parameters, with a rate for each kind. */
public final class Adam {
  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-15f;
  private static final int PIECE = 1 << 14;

  private final Workers workers;
  private final Splats first;
  private final Splats second;
  private int step;

  Adam(Splats splats, Workers workers) {
    this.workers = workers;
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

  void step(Splats splats, Splats gradients, Rates rates, int activeDegree) {
    step++;
    int n = splats.count();
    run(splats.means, gradients.means, first.means, second.means, 3 * n, rates.means());
    run(
        splats.rotations,
        gradients.rotations,
        first.rotations,
        second.rotations,
        4 * n,
        rates.rotations());
    run(
        splats.logScales,
        gradients.logScales,
        first.logScales,
        second.logScales,
        3 * n,
        rates.scales());
    run(
        splats.logitOpacities,
        gradients.logitOpacities,
        first.logitOpacities,
        second.logitOpacities,
        n,
        rates.opacities());
    run(splats.sh0, gradients.sh0, first.sh0, second.sh0, 3 * n, rates.sh0());
    if (activeDegree > 0) {
      int rest = splats.restSize() * n;
      run(splats.shRest, gradients.shRest, first.shRest, second.shRest, rest, rates.shRest());
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

  private void run(float[] p, float[] g, float[] m, float[] v, int size, double rate) {
    float corrected = (float) (rate / firstCorrection(step));
    float scale = (float) (1 / secondCorrection(step));
    workers.loop(size, PIECE, (from, to, worker) -> update(p, g, m, v, from, to, corrected, scale));
  }

  private static void update(
      float[] p, float[] g, float[] m, float[] v, int from, int to, float rate, float scale) {
    for (int i = from; i < to; i++) {
      float gradient = g[i];
      float mean = BETA1 * m[i] + (1 - BETA1) * gradient;
      float square = BETA2 * v[i] + (1 - BETA2) * gradient * gradient;
      m[i] = mean;
      v[i] = square;
      p[i] -= rate * mean / ((float) Math.sqrt(square * scale) + EPSILON);
    }
  }
}
