package fovea.bias.inference;

import fovea.bias.metrics.AttributeFrames;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/** Cohorts whose groups do not differ, and how often they are called different at the 5% level. */
enum NullScenario {
  /** Two eyes alike a patient. */
  TWO_EYES(
      0,
      i ->
          new Synthetic(i)
              .group("a", 120, 2, 0.4, 1.5, 0.6)
              .group("b", 120, 2, 0.4, 1.5, 0.6)
              .group("c", 60, 2, 0.4, 1.5, 0.6),
      "selection_rate",
      "true_positive_rate",
      "accuracy"),
  /** Equal areas under the curve. */
  AREAS(
      8,
      i -> new Synthetic(i).group("a", 100, 2, 0.4, 1.5, 0.6).group("b", 60, 2, 0.4, 1.5, 0.6),
      "auc"),
  /** Equal rates although base rates and numbers of eyes differ. */
  UNEQUAL_GROUPS(
      0,
      i -> new Synthetic(i).group("a", 150, 2, 0.3, 1.5, 0.6).group("b", 200, 1, 0.6, 1.5, 0.6),
      "true_positive_rate",
      "false_positive_rate"),
  /** The two eyes of the same patients. */
  EYES_OF_ONE(
      0, i -> new Synthetic(i).pairs("left", "right", 400, 0.4, 0.3), "selection_rate", "accuracy");

  private static final int PERMUTATIONS = 99;

  private final int bins;
  private final LongFunction<Synthetic> cohort;
  private final List<String> metrics;

  NullScenario(int bins, LongFunction<Synthetic> cohort, String... metrics) {
    this.bins = bins;
    this.cohort = cohort;
    this.metrics = List.of(metrics);
  }

  List<String> metrics() {
    return metrics;
  }

  /** By metric, how many of the cohorts of seeds {@code from} to {@code to} are rejected. */
  int[] rejected(long from, long to) {
    return LongStream.range(from, to)
        .parallel()
        .mapToObj(this::rejected)
        .reduce(
            new int[metrics.size()],
            (a, b) -> {
              int[] sum = a.clone();
              for (int m = 0; m < sum.length; m++) {
                sum[m] += b[m];
              }
              return sum;
            });
  }

  private int[] rejected(long seed) {
    Map<String, Double> p = p(cohort.apply(seed), seed);
    return metrics.stream().mapToInt(m -> p.getOrDefault(m, 1.0) <= 0.05 ? 1 : 0).toArray();
  }

  private Map<String, Double> p(Synthetic made, long seed) {
    AttributeFrames frames = made.points().attributes().get(0);
    // Two resamples: their intervals do not matter here, only the permutations.
    return new Attribute(
            frames,
            made.counts().get("g"),
            made.cohort(bins),
            made.measures().stream().filter(m -> metrics.contains(m.word())).toList(),
            new Inference.Plan(2, seed, 10))
        .tested(PERMUTATIONS)
        .p();
  }
}
