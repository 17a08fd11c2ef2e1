package fovea.splat.train;

import java.util.SplittableRandom;

/** What each step of a training does, by its number alone: the same on every device. */
public final class Schedule {
  private static final int MOST_STEPS_A_DEGREE = 1000;
  private static final double REFINE_FROM = 0.05;
  private static final double REFINE_TO = 0.85;
  private static final int REFINEMENTS = 60;
  private static final int LEAST_REFINE_EVERY = 20;
  private static final int MOST_REFINE_EVERY = 100;
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final TrainSettings settings;
  private final double extent;
  private final int[] order;
  private int shuffled = -1;

  /** Of a training. */
  public Schedule(TrainingScene scene, TrainSettings settings) {
    this.settings = settings;
    extent = scene.extent();
    order = new int[scene.views().size()];
  }

  /**
   * Which photograph: each once, in a new order each time. By the round's number alone, so that a
   * resumed training takes the same.
   */
  public int view(int iteration) {
    int round = iteration / order.length;
    if (round != shuffled) {
      SplittableRandom random = new SplittableRandom(settings.seed() + GOLDEN * round);
      for (int i = 0; i < order.length; i++) {
        int other = random.nextInt(i + 1);
        order[i] = order[other];
        order[other] = i;
      }
      shuffled = round;
    }
    return order[iteration % order.length];
  }

  /** Degree of the harmonics in use: colours first, then how they change with direction. */
  public int degree(int iteration) {
    // Short runs climb faster.
    int every = Math.max(1, Math.min(MOST_STEPS_A_DEGREE, settings.iterations() / 5));
    return Math.min(settings.degree(), iteration / every);
  }

  /** Learning rates. */
  public Rates rates(int iteration) {
    return Rates.at((double) iteration / settings.iterations(), extent);
  }

  /** Weight of the mean opacity in the loss. */
  public double opacityWeight() {
    return Mcmc.REGULARISATION;
  }

  /** Weight of the mean scale in the loss. */
  public double scaleWeight() {
    return Mcmc.scaleWeight(extent);
  }

  /** Strength of the noise. */
  public double noise(int iteration) {
    return Mcmc.noise(rates(iteration).means(), extent);
  }

  /** How often the step's photograph was seen, this time included. */
  public int visit(int iteration) {
    return iteration / order.length + 1;
  }

  /** Learning rate of the photograph's exposure; 0 where all have the same. */
  public double exposureRate(int iteration) {
    return settings.exposure() == TrainSettings.Exposure.SAME
        ? 0
        : Exposures.rate((double) iteration / settings.iterations());
  }

  /** Whether Gaussians are moved and added after so many steps. */
  public boolean refines(int iteration) {
    int every =
        Math.max(
            LEAST_REFINE_EVERY, Math.min(MOST_REFINE_EVERY, settings.iterations() / REFINEMENTS));
    return iteration % every == 0
        && iteration >= REFINE_FROM * settings.iterations()
        && iteration <= REFINE_TO * settings.iterations();
  }

  /** Seed of the draws of {@link #refines}. */
  public long refineSeed(int iteration) {
    return Mcmc.refineSeed(settings.seed(), iteration);
  }

  /** Seed of a step's noise. */
  public long noiseSeed(int iteration) {
    return Mcmc.noiseSeed(settings.seed(), iteration);
  }
}
