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
}
