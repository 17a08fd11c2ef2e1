package fovea.bias.inference;

import fovea.bias.metrics.AttributeFrames;
import java.util.Map;

/**
 * An attribute with intervals and p-values not yet adjusted.
 *
 * @param p by metric; those without comparison are missing
 */
record Tested(AttributeFrames frames, Map<String, Double> p) {
  static Tested untested(AttributeFrames frames) {
    return new Tested(frames, Map.of());
  }
}
