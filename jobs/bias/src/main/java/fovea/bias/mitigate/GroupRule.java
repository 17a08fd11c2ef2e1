package fovea.bias.mitigate;

import fovea.bias.metrics.Rounding;

/**
 * How a group's rows are called positive: with the chance {@code ignored} the score is ignored and
 * the answer is positive with the chance {@code constant}; else scores from {@code high} are
 * positive, those from {@code low} with the chance {@code between}, those below never.
 *
 * @param high infinite where no score is high enough by itself
 * @param low at most {@code high}
 */
public record GroupRule(double high, double low, double between, double ignored, double constant) {

  static GroupRule of(Hull.Mix mix) {
    // At either end one threshold does.
    if (mix.share() <= 0 || mix.share() >= 1) {
      double only = mix.share() <= 0 ? mix.high().threshold() : mix.low().threshold();
      return new GroupRule(only, only, 0, 0, 0);
    }
    return new GroupRule(mix.high().threshold(), mix.low().threshold(), mix.share(), 0, 0);
  }

  /** The same, worsened towards chance: with {@code part} the score is ignored. */
  GroupRule ignoring(double part, double constantChance) {
    return new GroupRule(high, low, between, part, constantChance);
  }

  /** The same with chances that give less away. */
  GroupRule rounded(Rounding rounding) {
    return new GroupRule(
        high, low, rounding.digits(between), rounding.digits(ignored), rounding.digits(constant));
  }

  /** The chance that a score, or the beginning of its bin, is called positive. */
  public double chance(double score) {
    double byScore = score >= high ? 1 : score >= low ? between : 0;
    return ignored * constant + (1 - ignored) * byScore;
  }

  /** Whether it is one plain threshold. */
  public boolean isPlain() {
    return high == low && ignored == 0;
  }
}
