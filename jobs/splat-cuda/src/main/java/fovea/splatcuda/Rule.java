package fovea.splatcuda;

import fovea.splat.train.Adam;
import fovea.splat.train.Mcmc;
import fovea.splat.train.Rates;

/** The numbers of one step, in the order of {@code fovea_splat.h}. */
final class Rule {
  private Rule() {}

  /**
   * Of a step.
   *
   * @param iteration from 0
   */
  static float[] of(Rates rates, int iteration) {
    double first = Adam.firstCorrection(iteration + 1);
    return new float[] {
      (float) (rates.means() / first),
      (float) (rates.rotations() / first),
      (float) (rates.scales() / first),
      (float) (rates.opacities() / first),
      (float) (rates.sh0() / first),
      (float) (rates.shRest() / first),
      (float) (1 / Adam.secondCorrection(iteration + 1)),
      (float) (Mcmc.NOISE * rates.means()),
      Mcmc.REGULARISATION
    };
  }
}
