package fovea.splatcuda;

import fovea.splat.train.Adam;
import fovea.splat.train.Rates;
import fovea.splat.train.Schedule;

/** The numbers of one step, in the order of {@code fovea_splat.h}. */
final class Rule {
  private Rule() {}

  /**
   * Of a step.
   *
   * @param iteration from 0
   */
  static float[] of(Schedule schedule, int iteration) {
    Rates rates = schedule.rates(iteration);
    double first = Adam.firstCorrection(iteration + 1);
    int visit = schedule.visit(iteration);
    return new float[] {
      (float) (rates.means() / first),
      (float) (rates.rotations() / first),
      (float) (rates.scales() / first),
      (float) (rates.opacities() / first),
      (float) (rates.sh0() / first),
      (float) (rates.shRest() / first),
      (float) (1 / Adam.secondCorrection(iteration + 1)),
      (float) schedule.noise(iteration),
      (float) schedule.opacityWeight(),
      (float) schedule.scaleWeight(),
      (float) (schedule.exposureRate(iteration) / Adam.firstCorrection(visit)),
      (float) (1 / Adam.secondCorrection(visit))
    };
  }
}
