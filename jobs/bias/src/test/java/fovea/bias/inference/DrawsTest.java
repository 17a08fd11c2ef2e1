package fovea.bias.inference;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.bias.metrics.ChiSquare;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;

class DrawsTest {
  private static final int TIMES = 20_000;
  private final Draws draws = new Draws(5, 1);

  @Test
  void poisson_numbers_are_poisson() {
    for (double mean : new double[] {0.3, 1, 7, 12, 40}) {
      fits(() -> draws.poisson(mean), k -> Math.exp(k * Math.log(mean) - mean - logFactorial(k)));
    }
  }

  @Test
  void binomial_numbers_are_binomial() {
    for (double chance : new double[] {0.5, 1 / 3.0}) {
      fits(
          () -> draws.binomial(30, chance),
          k -> Math.exp(logChoose(30, k)) * Math.pow(chance, k) * Math.pow(1 - chance, 30 - k));
    }
  }

  @Test
  void hypergeometric_numbers_are_hypergeometric() {
    fits(
        () -> draws.hypergeometric(100, 30, 20),
        k -> Math.exp(logChoose(30, k) + logChoose(70, 20 - k) - logChoose(100, 20)));
    fits(
        () -> draws.hypergeometric(60, 50, 40),
        k -> Math.exp(logChoose(50, k) + logChoose(10, 40 - k) - logChoose(60, 40)));
    assertThat(draws.hypergeometric(10, 10, 4)).isEqualTo(4);
    assertThat(draws.hypergeometric(10, 0, 4)).isZero();
  }

  @Test
  void large_numbers_keep_their_mean_and_spread() {
    moments(() -> draws.poisson(1e6), 1e6, 1e6);
    moments(() -> draws.hypergeometric(3_000_000, 1_000_000, 900_000), 3e5, 9e5 * 2 / 9 * 0.7);
    moments(() -> draws.binomial(1_000_000, 0.5), 5e5, 2.5e5);
  }

  // Pearson's test at one in a thousand, with the cells that expect fewer than five pooled.
  private static void fits(LongSupplier draw, LongToDoubleFunction chance) {
    Map<Long, Integer> seen = new HashMap<>();
    for (int i = 0; i < TIMES; i++) {
      seen.merge(draw.getAsLong(), 1, Integer::sum);
    }
    double statistic = 0;
    double restExpected = TIMES;
    double restSeen = TIMES;
    int cells = 0;
    for (long k = 0; k < 200; k++) {
      double expected = chance.applyAsDouble(k) * TIMES;
      if (expected >= 5) {
        int found = seen.getOrDefault(k, 0);
        statistic += (found - expected) * (found - expected) / expected;
        restExpected -= expected;
        restSeen -= found;
        cells++;
      }
    }
    if (restExpected >= 1) {
      statistic += (restSeen - restExpected) * (restSeen - restExpected) / restExpected;
      cells++;
    }
    assertThat(ChiSquare.upperTail(statistic, cells - 1L)).isGreaterThan(0.001);
  }

  private static void moments(LongSupplier draw, double mean, double variance) {
    double sum = 0;
    double squares = 0;
    int times = 4000;
    for (int i = 0; i < times; i++) {
      double off = draw.getAsLong() - mean;
      sum += off;
      squares += off * off;
    }
    assertThat(Math.abs(sum / times)).isLessThan(4 * Math.sqrt(variance / times));
    assertThat(squares / times / variance).isBetween(0.9, 1.1);
  }

  private static double logChoose(long n, long k) {
    return k < 0 || k > n
        ? Double.NEGATIVE_INFINITY
        : logFactorial(n) - logFactorial(k) - logFactorial(n - k);
  }

  private static double logFactorial(long n) {
    double sum = 0;
    for (long i = 2; i <= n; i++) {
      sum += Math.log(i);
    }
    return sum;
  }
}
