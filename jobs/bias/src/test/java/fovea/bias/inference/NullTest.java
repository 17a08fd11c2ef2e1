package fovea.bias.inference;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.bias.metrics.AttributeFrames;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Where groups do not differ, 4 to 6 of 100 cohorts are called different at the 5% level, give or
 * take the chance of so many cohorts: with two eyes alike a patient, with groups of unequal size
 * and base rate, and between the two eyes of the same patients.
 */
class NullTest {
  private static final int PERMUTATIONS = 99;
  private static final int COHORTS = 1000;
  // Of a rate of 5% over the cohorts, 2.6 standard errors: 99 of 100 runs of a true 4% or 6% pass.
  private static final double CHANCE = 2.6 * Math.sqrt(5.0 * 95 / COHORTS);

  @Test
  void equal_groups_of_patients_with_two_eyes() {
    rejected(
        i ->
            new Synthetic(i)
                .group("a", 120, 2, 0.4, 1.5, 0.6)
                .group("b", 120, 2, 0.4, 1.5, 0.6)
                .group("c", 60, 2, 0.4, 1.5, 0.6),
        0,
        "selection_rate",
        "true_positive_rate",
        "accuracy");
  }

  @Test
  void equal_areas_under_the_curve() {
    rejected(
        i -> new Synthetic(i).group("a", 100, 2, 0.4, 1.5, 0.6).group("b", 60, 2, 0.4, 1.5, 0.6),
        8,
        "auc");
  }

  @Test
  void equal_rates_although_base_rates_and_numbers_of_eyes_differ() {
    rejected(
        i -> new Synthetic(i).group("a", 150, 2, 0.3, 1.5, 0.6).group("b", 200, 1, 0.6, 1.5, 0.6),
        0,
        "true_positive_rate",
        "false_positive_rate");
  }

  @Test
  void the_two_eyes_of_the_same_patients() {
    rejected(
        i -> new Synthetic(i).pairs("left", "right", 400, 0.4, 0.3),
        0,
        "selection_rate",
        "accuracy");
  }

  private static void rejected(LongFunction<Synthetic> cohort, int bins, String... metrics) {
    int[] rejected = new int[metrics.length];
    IntStream.range(0, COHORTS)
        .parallel()
        .mapToObj(i -> p(cohort.apply(i), bins, i, metrics))
        .forEach(p -> count(p, metrics, rejected));
    for (int m = 0; m < metrics.length; m++) {
      assertThat(100.0 * rejected[m] / COHORTS).as(metrics[m]).isBetween(4 - CHANCE, 6 + CHANCE);
    }
  }

  private static synchronized void count(Map<String, Double> p, String[] metrics, int[] rejected) {
    for (int m = 0; m < metrics.length; m++) {
      rejected[m] += p.getOrDefault(metrics[m], 1.0) <= 0.05 ? 1 : 0;
    }
  }

  private static Map<String, Double> p(Synthetic cohort, int bins, long seed, String[] metrics) {
    AttributeFrames frames = cohort.points().attributes().get(0);
    // Two resamples: their intervals do not matter here, only the permutations.
    return new Attribute(
            frames,
            cohort.counts().get("g"),
            cohort.cohort(bins),
            cohort.measures().stream().filter(m -> List.of(metrics).contains(m.word())).toList(),
            new Inference.Plan(2, seed, 10))
        .tested(PERMUTATIONS)
        .p();
  }
}
