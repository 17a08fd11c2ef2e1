package fovea.bias.inference;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.bias.metrics.AttributeFrames;
import fovea.bias.metrics.Estimate;
import fovea.bias.metrics.MetricFrame;
import fovea.bias.metrics.Section;
import fovea.contract.statistics.Interval;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Nominal 95% intervals hold the truth in 93 to 97 of 100 cohorts whose patients have two eyes that
 * are alike. The truth is a cohort of 200,000 eyes.
 */
class CoverageTest {
  private static final int COHORTS = 1000;

  @Test
  void intervals_of_rates_areas_and_the_rest_hold_the_truth_as_often_as_they_say() {
    Map<String, Double> truth = truth();
    Map<String, int[]> held = new LinkedHashMap<>();
    truth.keySet().forEach(metric -> held.put(metric, new int[1]));
    IntStream.range(0, COHORTS)
        .parallel()
        .mapToObj(i -> new Synthetic(1000L + i).group("a", 200, 2, 0.4, 1.5, 0.6))
        .map(cohort -> cohort.intervals(32, 149))
        .forEach(frames -> count(frames, truth, held));
    held.forEach(
        (metric, times) -> assertThat(100.0 * times[0] / COHORTS).as(metric).isBetween(93.0, 97.0));
  }

  private static synchronized void count(
      AttributeFrames frames, Map<String, Double> truth, Map<String, int[]> held) {
    truth.forEach(
        (metric, value) -> {
          Estimate estimate = frame(frames, metric).group("a");
          Interval interval = Objects.requireNonNull(estimate.interval(), metric);
          held.get(metric)[0] += interval.contains(value) ? 1 : 0;
        });
  }

  private static Map<String, Double> truth() {
    Section large = new Synthetic(7).group("a", 100_000, 2, 0.4, 1.5, 0.6).points();
    Map<String, Double> truth = new LinkedHashMap<>();
    for (String metric :
        new String[] {
          "selection_rate",
          "true_positive_rate",
          "false_positive_rate",
          "precision",
          "negative_predictive_value",
          "accuracy",
          "balanced_accuracy",
          "quadratic_weighted_kappa",
          "auc",
          "auprc",
          "brier"
        }) {
      truth.put(metric, frame(large.attributes().get(0), metric).group("a").value());
    }
    return truth;
  }

  private static MetricFrame frame(AttributeFrames frames, String metric) {
    return frames.frame(metric).orElseThrow();
  }
}
