package fovea.splat.train;

import fovea.splat.model.Quaternions;
import fovea.splat.model.Splats;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Densification as Markov chain Monte Carlo (Kheradmand et al. 2024): dead Gaussians move to where
 * living ones are, the number grows to a cap, positions take noise, opacity and scale are
 * regularised. The number of Gaussians, and with it memory, is bounded.
 */
final class Mcmc {
  private static final float DEAD = 0.005f;
  private static final double GROWTH = 1.05;
  static final float REGULARISATION = 0.01f;
  private static final double NOISE = 5e5;
  private static final int MOST_COPIES = 51;

  private final double extent;
  private final long seed;
  private final double[][] binomials = binomials();

  /**
   * @param extent spread of the cameras: scales and noise are measured by it, so that a scene in
   *     millimetres gives the same model as one in metres
   */
  Mcmc(double extent, long seed) {
    this.extent = extent;
    this.seed = seed;
  }

  /** Weight of the mean scale in the loss; the mean opacity's is {@link #REGULARISATION}. */
  static double scaleWeight(double extent) {
    return REGULARISATION / extent;
  }

  /** Strength of the noise. */
  static double noise(double meansRate, double extent) {
    return NOISE * meansRate / (extent * extent);
  }

  static long noiseSeed(long seed, int iteration) {
    return seed ^ (iteration * 0x9E3779B97F4A7C15L);
  }

  static long refineSeed(long seed, int iteration) {
    return seed + 31L * iteration;
  }

  /** Adds the gradients of 0.01 mean opacity + 0.01 mean scale. */
  void regularise(Splats splats, Splats gradients, int from, int to) {
    int n = splats.count();
    float weight = (float) (scaleWeight(extent) / (3 * n));
    for (int i = from; i < to; i++) {
      float opacity = splats.opacity(i);
      gradients.logitOpacities[i] += REGULARISATION / n * opacity * (1 - opacity);
      for (int k = 3 * i; k < 3 * i + 3; k++) {
        gradients.logScales[k] += weight * (float) Math.exp(splats.logScales[k]);
      }
    }
  }

  /**
   * Shakes nearly transparent Gaussians along their own shape. Seeded by {@code from}: the same
   * noise whichever thread takes the piece.
   */
  void perturb(Splats splats, double meansRate, int iteration, int from, int to) {
    float strength = (float) noise(meansRate, extent);
    SplittableRandom random =
        new SplittableRandom(noiseSeed(seed, iteration) ^ ((long) from << 32));
    float[] r = new float[9];
    for (int i = from; i < to; i++) {
      shake(splats, i, strength, random, r);
    }
  }

  private static void shake(
      Splats splats, int i, float strength, SplittableRandom random, float[] r) {
    float opacity = splats.opacity(i);
    if (opacity > DEAD + 0.14f) {
      return; // the gate is below 1e-6
    }
    float gate = (float) (1 / (1 + Math.exp(100 * (opacity - DEAD))));
    Quaternions.matrix(splats.rotations, 4 * i, r);
    float[] local = new float[3];
    for (int axis = 0; axis < 3; axis++) { // round noise needs no turning into the axes
      float variance = (float) Math.exp(2 * splats.logScales[3 * i + axis]);
      local[axis] = (float) normal(random) * variance * gate * strength;
    }
    for (int k = 0; k < 3; k++) {
      splats.means[3 * i + k] +=
          r[3 * k] * local[0] + r[3 * k + 1] * local[1] + r[3 * k + 2] * local[2];
    }
  }

  private static double normal(SplittableRandom random) {
    double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
    return radius * Math.cos(2 * Math.PI * random.nextDouble());
  }

  /** Moves the dead to the living, then grows by a twentieth, at most to the capacity. */
  void refine(Splats splats, Adam adam, int iteration) {
    SplittableRandom random = new SplittableRandom(refineSeed(seed, iteration));
    double[] weights = new double[splats.count()];
    int[] dead = new int[splats.count()];
    int deadCount = 0;
    for (int i = 0; i < splats.count(); i++) {
      boolean alive = splats.opacity(i) > DEAD && Float.isFinite(splats.means[3 * i]);
      weights[i] = alive ? splats.opacity(i) : 0;
      if (!alive) {
        dead[deadCount++] = i;
      }
    }
    if (deadCount == splats.count()) {
      return;
    }
    spawn(splats, adam, weights, Arrays.copyOf(dead, deadCount), random);
    int old = splats.count();
    int grown = (int) Math.min(splats.capacity(), Math.ceil(old * GROWTH));
    int[] added = new int[grown - old];
    Arrays.setAll(added, k -> old + k);
    for (int i = 0; i < old; i++) {
      weights[i] = splats.opacity(i) > DEAD ? splats.opacity(i) : 0;
    }
    splats.resize(grown);
    spawn(splats, adam, weights, added, random);
  }

  // Each target becomes a copy of a Gaussian drawn by opacity; the copies together look like it.
  private void spawn(
      Splats splats, Adam adam, double[] weights, int[] targets, SplittableRandom random) {
    double[] sums = weights.clone();
    Arrays.parallelPrefix(sums, Double::sum);
    int[] copies = new int[weights.length];
    int[] sources = new int[targets.length];
    for (int k = 0; k < targets.length; k++) {
      double pick = random.nextDouble() * sums[sums.length - 1];
      int found = Arrays.binarySearch(sums, pick);
      int source = Math.min(sums.length - 1, found < 0 ? -found - 1 : found + 1);
      sources[k] = weights[source] > 0 ? source : livingBefore(weights, source);
      copies[sources[k]]++;
    }
    for (int i = 0; i < copies.length; i++) {
      if (copies[i] > 0) {
        share(splats, i, Math.min(MOST_COPIES, copies[i] + 1));
        adam.forget(i);
      }
    }
    for (int k = 0; k < targets.length; k++) {
      splats.copy(splats, sources[k], targets[k]);
      adam.forget(targets[k]);
    }
  }

  private static int livingBefore(double[] weights, int from) {
    int i = from;
    while (i > 0 && weights[i] <= 0) {
      i--;
    }
    return i;
  }

  // Equation 9 of the paper: opacity and scale of each of n copies.
  private void share(Splats splats, int i, int n) {
    double old = splats.opacity(i);
    double opacity = 1 - Math.pow(1 - old, 1.0 / n);
    double sum = 0;
    for (int a = 1; a <= n; a++) {
      for (int k = 0; k < a; k++) {
        double sign = k % 2 == 0 ? 1 : -1;
        sum += binomials[a - 1][k] * sign * Math.pow(opacity, k + 1) / Math.sqrt(k + 1);
      }
    }
    float scale = (float) Math.log(Math.max(1e-3, Math.min(1, old / sum)));
    double kept = Math.max(DEAD, Math.min(1 - 1e-6, opacity));
    splats.logitOpacities[i] = (float) Math.log(kept / (1 - kept));
    for (int k = 3 * i; k < 3 * i + 3; k++) {
      splats.logScales[k] += scale;
    }
  }

  private static double[][] binomials() {
    double[][] b = new double[MOST_COPIES][];
    for (int n = 0; n < MOST_COPIES; n++) {
      b[n] = new double[n + 1];
      b[n][0] = 1;
      b[n][n] = 1;
      for (int k = 1; k < n; k++) {
        b[n][k] = b[n - 1][k - 1] + b[n - 1][k];
      }
    }
    return b;
  }
}
