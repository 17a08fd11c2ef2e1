package fovea.bias;

import fovea.bias.mitigate.Criterion;
import fovea.bias.mitigate.Objective;
import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import java.util.List;
import java.util.Locale;

/**
 * What is to be tried against gaps.
 *
 * @param kind {@code none}, {@code reweighing} or {@code thresholds}
 * @param criterion of thresholds
 * @param objective of thresholds
 */
public record Remedy(String kind, Criterion criterion, Objective objective) {
  /** {@code --mitigate}. */
  public static final Setting<String> MITIGATE =
      Setting.choice(
          "mitigate",
          "none",
          List.of("none", "reweighing", "thresholds"),
          "what to try against gaps: weights for training, or thresholds by group");

  /** {@code --mitigate-criterion}. */
  public static final Setting<String> CRITERION =
      Setting.choice(
          "mitigate-criterion",
          Criterion.EQUAL_OPPORTUNITY.word(),
          List.of(Criterion.EQUAL_OPPORTUNITY.word(), Criterion.EQUALISED_ODDS.word()),
          "what thresholds by group make equal: how often positives are found, or errors of both"
              + " kinds");

  /** {@code --mitigate-objective}. */
  public static final Setting<String> OBJECTIVE =
      Setting.choice(
          "mitigate-objective",
          Objective.SENSITIVITY.word(),
          List.of(
              Objective.SENSITIVITY.word(),
              Objective.ACCURACY.word(),
              Objective.BALANCED_ACCURACY.word()),
          "what thresholds by group keep or make best: the model's overall sensitivity, or how"
              + " often it is right");

  static final List<Setting<?>> SETTINGS = List.of(MITIGATE, CRITERION, OBJECTIVE);

  static Remedy of(SettingValues values) {
    return new Remedy(
        values.value(MITIGATE),
        Criterion.valueOf(constant(values.value(CRITERION))),
        Objective.valueOf(constant(values.value(OBJECTIVE))));
  }

  boolean isReweighing() {
    return kind.equals("reweighing");
  }

  boolean isThresholds() {
    return kind.equals("thresholds");
  }

  private static String constant(String word) {
    return word.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
