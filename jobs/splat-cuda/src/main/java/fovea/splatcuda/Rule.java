package fovea.splatcuda;

import fovea.splat.train.Adam;
import fovea.splat.train.Mcmc;
import fovea.splat.train.Rates;

/** The numbers of one step, in the order of {@code fovea_splat.h}. */
final class Rule {
  private static final int EXPOSURE = 10;

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
      Mcmc.REGULARISATION,
      Mcmc.REGULARISATION,
      0,
      0
    };
  }

  /**
   * Lets a step move its photograph's exposure too.
   *
   * @param visit how often the photograph was seen, from 1
   */
  static float[] exposing(float[] rule, double rate, int visit) {
    float[] out = rule.clone();
    out[EXPOSURE] = (float) (rate / Adam.firstCorrection(visit));
    out[EXPOSURE + 1] = (float) (1 / Adam.secondCorrection(visit));
    return out;
  }
}
