package fovea.bias.metrics;

import fovea.contract.errors.CallerMistake;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How groups ought to be spread, by attribute; an attribute that is not named ought to be even.
 *
 * @param shares attribute to group to share; a group that is not named has none
 */
public record Reference(Map<String, Map<String, Double>> shares) {
  /** Every attribute even. */
  public static final Reference EVEN = new Reference(Map.of());

  private static final String FORM = "For example sex=female:0.5,male:0.5;camera=A:2,B:1";

  /** Copies, in an order of its own: a report's identity is made from its settings' text. */
  public Reference {
    shares = Collections.unmodifiableMap(new TreeMap<>(shares));
  }

  /**
   * Reads {@code sex=female:0.5,male:0.5;camera=A:2,B:1}; shares are scaled to sum to 1.
   *
   * @throws CallerMistake where it cannot be read
   */
  public static Reference parse(String text) {
    Map<String, Map<String, Double>> shares = new HashMap<>();
    for (String attribute : text.isBlank() ? new String[0] : text.split(";")) {
      int equals = attribute.indexOf('=');
      if (equals < 1) {
        throw mistake(attribute);
      }
      Map<String, Double> groups = new LinkedHashMap<>();
      for (String group : attribute.substring(equals + 1).split(",")) {
        int colon = group.lastIndexOf(':');
        if (colon < 1) {
          throw mistake(group);
        }
        groups.put(group.substring(0, colon).strip(), weight(group.substring(colon + 1)));
      }
      shares.put(attribute.substring(0, equals).strip(), groups);
    }
    return new Reference(shares);
  }

  /** The shares of groups of an attribute, summing to 1. */
  double[] of(String attribute, List<String> groups) {
    Map<String, Double> known = shares.getOrDefault(attribute, Map.of());
    double[] weights =
        groups.stream()
            .mapToDouble(g -> known.isEmpty() ? 1 : known.getOrDefault(g, 0.0))
            .toArray();
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return weights;
  }

  private static double weight(String text) {
    try {
      double weight = Double.parseDouble(text.strip());
      if (weight > 0 && weight < 1e9) {
        return weight;
      }
    } catch (NumberFormatException notANumber) {
      throw mistake(text);
    }
    throw mistake(text);
  }

  private static CallerMistake mistake(String text) {
    return new CallerMistake("bad-setting", "--reference cannot be read at: " + text, FORM);
  }
}
