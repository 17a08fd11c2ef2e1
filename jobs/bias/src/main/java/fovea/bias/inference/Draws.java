package fovea.bias.inference;

import java.util.SplittableRandom;
import java.util.function.LongToDoubleFunction;

/**
 * Random counts, exact for any size: walking outward from the mode takes about as many steps as the
 * distribution has standard deviations wide.
 */
public final class Draws {
  private static final int SMALL = 64;
  private static final double[] LOG_FACTORIALS = logFactorials();

  private final SplittableRandom random;

  /** A stream of its own for each number. */
  public Draws(long seed, long number) {
    random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number * 0xBF58476D1CE4E5B9L);
  }

  long below(long bound) {
    return random.nextLong(bound);
  }

  long poisson(double mean) {
    if (mean < 12) {
      double u = random.nextDouble();
      double p = Math.exp(-mean);
      long k = 0;
      while (u >= p && k < 200) {
        u -= p;
        k++;
        p *= mean / k;
      }
      return k;
    }
    long mode = (long) mean;
    double log = mode * Math.log(mean) - mean - logFactorial(mode);
    return walk(mode, Math.exp(log), 0, Long.MAX_VALUE, k -> mean / (k + 1));
  }

  /** Successes among trials of one chance. */
  public long binomial(long trials, double chance) {
    if (chance <= 0 || chance >= 1) {
      return chance <= 0 ? 0 : trials;
    }
    long mode = Math.min(trials, (long) ((trials + 1) * chance));
    double odds = chance / (1 - chance);
    double log =
        logChoose(trials, mode) + mode * Math.log(chance) + (trials - mode) * Math.log1p(-chance);
    return walk(mode, Math.exp(log), 0, trials, k -> odds * (trials - k) / (k + 1));
  }

  /** Marked ones among {@code taken} out of {@code all}, {@code marked} of which are marked. */
  long hypergeometric(long all, long marked, long taken) {
    long least = Math.max(0, taken - (all - marked));
    long most = Math.min(marked, taken);
    if (least == most) {
      return least;
    }
    long rest = all - marked;
    long mode = (long) ((taken + 1.0) * (marked + 1.0) / (all + 2.0));
    double log = logChoose(marked, mode) + logChoose(rest, taken - mode) - logChoose(all, taken);
    return walk(
        mode,
        Math.exp(log),
        least,
        most,
        k -> (double) (marked - k) * (taken - k) / ((k + 1.0) * (rest - taken + k + 1)));
  }

  private long walk(long mode, double atMode, long least, long most, LongToDoubleFunction ratio) {
    double u = random.nextDouble() - atMode;
    long up = mode;
    long down = mode;
    double pUp = atMode;
    double pDown = atMode;
    while (u >= 0) {
      boolean higher = up < most && pUp > 1e-18;
      boolean lower = down > least && pDown > 1e-18;
      if (!higher && !lower) {
        return mode;
      }
      if (higher) {
        pUp *= ratio.applyAsDouble(up++);
        u -= pUp;
        if (u < 0) {
          return up;
        }
      }
      if (lower) {
        pDown /= ratio.applyAsDouble(--down);
        u -= pDown;
        if (u < 0) {
          return down;
        }
      }
    }
    return mode;
  }

  private static double logChoose(long all, long taken) {
    return logFactorial(all) - logFactorial(taken) - logFactorial(all - taken);
  }

  // Stirling's series; below 64 a table, so that the error stays under 1e-13.
  private static double logFactorial(long n) {
    if (n < SMALL) {
      return LOG_FACTORIALS[(int) n];
    }
    double inverse = 1.0 / n;
    return (n + 0.5) * Math.log(n)
        - n
        + 0.9189385332046727
        + inverse * (1 / 12.0 - inverse * inverse * (1 / 360.0 - inverse * inverse / 1260));
  }

  private static double[] logFactorials() {
    double[] logs = new double[SMALL];
    for (int i = 2; i < SMALL; i++) {
      logs[i] = logs[i - 1] + Math.log(i);
    }
    return logs;
  }
}
