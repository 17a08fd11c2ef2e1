package fovea.bias.metrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything about one attribute.
 *
 * @param attribute for example {@code sex}
 * @param metrics one frame a metric
 * @param summary figures of the attribute as a whole, by name, in the order to print them: for
 *     example {@code equalized_odds_difference}
 */
public record AttributeFrames(
    String attribute, List<MetricFrame> metrics, Map<String, Estimate> summary) {

  /** Copies. */
  public AttributeFrames {
    metrics = List.copyOf(metrics);
    summary = new LinkedHashMap<>(summary);
  }

  /** The frame of a metric. */
  public Optional<MetricFrame> frame(String metric) {
    return metrics.stream().filter(f -> f.metric().equals(metric)).findFirst();
  }
}
