package fovea.splat.train;

/**
 * Learning rates of one step.
 *
 * @param means world units
 */
public record Rates(
    double means, double rotations, double scales, double opacities, double sh0, double shRest) {
  private static final double MEANS = 1.6e-4;
  private static final double MEANS_DECAY = 0.01;

  /**
   * The usual rates (Kerbl et al. 2023).
   *
   * @param done share of the training that is over, 0 to 1
   * @param extent spread of the cameras, world units
   */
  static Rates at(double done, double extent) {
    return new Rates(
        MEANS * extent * Math.pow(MEANS_DECAY, done), 1e-3, 5e-3, 5e-2, 2.5e-3, 1.25e-4);
  }

  /** In the order of {@link fovea.splat.model.Splats#parts}. */
  double[] each() {
    return new double[] {means, rotations, scales, opacities, sh0, shRest};
  }
}
