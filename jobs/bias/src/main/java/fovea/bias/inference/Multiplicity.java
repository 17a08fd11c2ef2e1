package fovea.bias.inference;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Adjusts p-values for how many there are. */
public final class Multiplicity {
  private Multiplicity() {}

  /** Holm's step-down adjustment: the chance of any false finding (family-wise). */
  public static double[] holm(double[] p) {
    double[] adjusted = new double[p.length];
    double most = 0;
    int[] order = ascending(p);
    for (int i = 0; i < order.length; i++) {
      most = Math.max(most, Math.min(1, (p.length - i) * p[order[i]]));
      adjusted[order[i]] = most;
    }
    return adjusted;
  }

  /**
   * Benjamini and Hochberg's step-up adjustment: the share of false findings among the findings.
   */
  public static double[] benjaminiHochberg(double[] p) {
    double[] adjusted = new double[p.length];
    double least = 1;
    int[] order = ascending(p);
    for (int i = order.length - 1; i >= 0; i--) {
      least = Math.min(least, p[order[i]] * p.length / (i + 1));
      adjusted[order[i]] = least;
    }
    return adjusted;
  }

  private static int[] ascending(double[] p) {
    return IntStream.range(0, p.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> p[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /**
   * The p-value of a statistic among as many drawn where there is nothing to find; those as large
   * count half (mid-p), or counts, which tie often, would be found less often than 5 times in 100.
   */
  static double rank(double observed, double[] drawn) {
    double larger = 0;
    for (double one : drawn) {
      boolean tie = Math.abs(one - observed) <= 1e-9 * observed;
      larger += tie ? 0.5 : one > observed ? 1 : 0;
    }
    return (1 + larger) / (1 + drawn.length);
  }
}
