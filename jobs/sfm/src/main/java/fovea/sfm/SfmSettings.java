package fovea.sfm;

/**
 * How much work.
 *
 * @param longest edge of the reduced photographs in which points are sought, pixels
 * @param features of a photograph at most
 * @param contrast least contrast of a point, share of the range: low, for skin and plaster
 * @param seed of all randomness
 * @param threads whatever their number, the result is the same
 */
public record SfmSettings(int longest, int features, double contrast, int seed, int threads) {

  /** What serves most sessions. */
  public static SfmSettings standard(int seed, int threads) {
    return new SfmSettings(1600, 3000, 0.01, seed, threads);
  }
}
