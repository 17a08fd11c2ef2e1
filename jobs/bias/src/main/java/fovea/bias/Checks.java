package fovea.bias;

import fovea.contract.errors.CallerMistake;
import java.util.List;

/** What both doors ask of their settings. */
final class Checks {
  private Checks() {}

  static void groups(List<String> groups) {
    if (groups.isEmpty()) {
      throw new CallerMistake(
          "bad-setting", "--groups must name at least one attribute", "For example --groups sex");
    }
  }

  static void oneOf(String group, List<String> known) {
    if (!known.contains(group)) {
      throw new CallerMistake(
          "bad-setting",
          "--groups knows no attribute " + group,
          "Choose from " + String.join(", ", known));
    }
  }

  static List<Double> thresholds(List<String> texts) {
    return texts.stream().map(t -> threshold(t)).sorted().distinct().toList();
  }

  private static double threshold(String text) {
    double threshold;
    try {
      threshold = Double.parseDouble(text);
    } catch (NumberFormatException notANumber) {
      threshold = Double.NaN;
    }
    if (!(threshold > 0 && threshold < 1)) {
      throw new CallerMistake(
          "bad-setting",
          "--thresholds must lie between 0 and 1, cannot be: " + text,
          "For example --thresholds 0.3,0.5");
    }
    return threshold;
  }
}
