package fovea.train.linear;

import java.util.List;

/**
 * A fitted linear model, complete: an answer is the intercept plus the sum of coefficients times
 * features, of a yes-or-no question through the logistic function.
 *
 * @param features their names, in order
 * @param medians what stands in for a feature that is missing; empty where none may be
 * @param coefficients a feature each, in the feature's own unit
 */
public record LinearModel(
    List<String> features, List<Double> medians, List<Double> coefficients, double intercept) {

  /** As many coefficients as features. */
  public LinearModel {
    features = List.copyOf(features);
    medians = List.copyOf(medians);
    coefficients = List.copyOf(coefficients);
    if (features.size() != coefficients.size()) {
      throw new IllegalArgumentException(
          features.size() + " features, " + coefficients.size() + " coefficients");
    }
  }
}
