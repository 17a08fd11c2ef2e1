package fovea.bias.metrics;

/** The chi-square distribution. */
public final class ChiSquare {
  private static final double[] LANCZOS = {
    676.5203681218851,
    -1259.1392167224028,
    771.32342877765313,
    -176.61502916214059,
    12.507343278686905,
    -0.13857109526572012,
    9.9843695780195716e-6,
    1.5056327351493116e-7
  };

  private ChiSquare() {}

  /** The probability of at least {@code x}; 1 where there is no degree of freedom. */
  public static double upperTail(double x, long degrees) {
    if (degrees < 1 || x <= 0) {
      return 1;
    }
    double a = degrees / 2.0;
    double half = x / 2;
    return half < a + 1 ? 1 - series(a, half) : fraction(a, half);
  }

  // The regularised incomplete gamma function (Numerical Recipes 6.2): below by its series,
  private static double series(double a, double x) {
    double term = 1 / a;
    double sum = term;
    for (int n = 1; n < 10_000 && Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
      term *= x / (a + n);
      sum += term;
    }
    return sum * Math.exp(-x + a * Math.log(x) - logGamma(a));
  }

  // above by Lentz's continued fraction.
  private static double fraction(double a, double x) {
    double tiny = 1e-300;
    double b = x + 1 - a;
    double c = 1 / tiny;
    double d = 1 / b;
    double h = d;
    for (int i = 1; i < 10_000; i++) {
      double an = -i * (i - a);
      b += 2;
      d = 1 / guarded(an * d + b, tiny);
      c = guarded(b + an / c, tiny);
      h *= d * c;
      if (Math.abs(d * c - 1) < 1e-16) {
        break;
      }
    }
    return Math.exp(-x + a * Math.log(x) - logGamma(a)) * h;
  }

  private static double guarded(double value, double tiny) {
    return Math.abs(value) < tiny ? tiny : value;
  }

  // Lanczos with g = 7; 15 digits for arguments of at least one half.
  static double logGamma(double x) {
    double shifted = x - 1;
    double sum = 0.99999999999980993;
    for (int i = 0; i < LANCZOS.length; i++) {
      sum += LANCZOS[i] / (shifted + i + 1);
    }
    double t = shifted + 7.5;
    return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(t) - t + Math.log(sum);
  }
}
