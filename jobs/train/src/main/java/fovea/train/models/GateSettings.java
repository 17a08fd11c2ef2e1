package fovea.train.models;

import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a network must reach before it may be published.
 *
 * @param floors least value by metric, in the order to show them
 * @param testImages least number of held-out test images
 * @param ceilings largest gap between groups by metric of {@code bias_findings}
 * @param groups attributes that a bias audit must have compared; others are judged where it did
 */
public record GateSettings(
    Map<String, Double> floors, int testImages, Map<String, Double> ceilings, List<String> groups) {

  // Abramoff et al., npj Digital Medicine 1:39 (2018): the endpoints of the pivotal trial of an
  // autonomous system for referable retinopathy were 85% and 82.5%.
  static final Setting<Double> MIN_SENSITIVITY =
      Setting.decimal("min-sensitivity", 0.85, 0, 1, "Least sensitivity on the held-out test")
          .orVariable("FOVEA_GATE_MIN_SENSITIVITY");
  static final Setting<Double> MIN_SPECIFICITY =
      Setting.decimal("min-specificity", 0.825, 0, 1, "Least specificity on the held-out test")
          .orVariable("FOVEA_GATE_MIN_SPECIFICITY");
  static final Setting<Double> MIN_AUC =
      Setting.decimal("min-auc", 0.85, 0, 1, "Least AUC on the held-out test")
          .orVariable("FOVEA_GATE_MIN_AUC");
  static final Setting<Integer> MIN_TEST_IMAGES =
      Setting.integer("min-test-images", 100, 1, 100_000_000, "Least number of test images")
          .orVariable("FOVEA_GATE_MIN_TEST_IMAGES");
  static final Setting<List<String>> MIN_METRICS =
      Setting.list(
              "min-metrics", "", "Floors of other metrics, for example balancedAccuracy=0.8,...")
          .orVariable("FOVEA_GATE_MIN_METRICS");
  static final Setting<Double> MAX_TPR_GAP =
      Setting.decimal("max-tpr-gap", 0.1, 0, 1, "Largest gap in sensitivity between groups")
          .orVariable("FOVEA_GATE_MAX_TPR_GAP");
  static final Setting<Double> MAX_FPR_GAP =
      Setting.decimal("max-fpr-gap", 0.1, 0, 1, "Largest gap in false alarms between groups")
          .orVariable("FOVEA_GATE_MAX_FPR_GAP");
  static final Setting<Double> MAX_AUC_GAP =
      Setting.decimal("max-auc-gap", 0.1, 0, 1, "Largest gap in AUC between groups")
          .orVariable("FOVEA_GATE_MAX_AUC_GAP");
  static final Setting<List<String>> GAP_GROUPS =
      Setting.list(
              "gap-groups",
              "age_band,sex",
              "Attributes a bias audit must have compared; others are judged where it did")
          .orVariable("FOVEA_GATE_GAP_GROUPS");

  /** All of them, for help and parsing. */
  public static final List<Setting<?>> ALL =
      List.of(
          MIN_AUC,
          MIN_SENSITIVITY,
          MIN_SPECIFICITY,
          MIN_TEST_IMAGES,
          MIN_METRICS,
          MAX_TPR_GAP,
          MAX_FPR_GAP,
          MAX_AUC_GAP,
          GAP_GROUPS);

  /** Reads them. */
  public static GateSettings of(SettingValues values) {
    Map<String, Double> floors = new LinkedHashMap<>();
    floors.put("auc", values.value(MIN_AUC));
    floors.put("sensitivity", values.value(MIN_SENSITIVITY));
    floors.put("specificity", values.value(MIN_SPECIFICITY));
    values.value(MIN_METRICS).forEach(text -> addFloor(floors, text));
    Map<String, Double> ceilings = new LinkedHashMap<>();
    ceilings.put(Words.TPR, values.value(MAX_TPR_GAP));
    ceilings.put(Words.FPR, values.value(MAX_FPR_GAP));
    ceilings.put(Words.AUC, values.value(MAX_AUC_GAP));
    return new GateSettings(
        floors, values.value(MIN_TEST_IMAGES), ceilings, values.value(GAP_GROUPS));
  }

  private static void addFloor(Map<String, Double> floors, String text) {
    int equals = text.indexOf('=');
    try {
      double least = Double.parseDouble(text.substring(equals + 1));
      if (equals > 0 && Double.isFinite(least)) {
        floors.put(text.substring(0, equals).strip(), least);
        return;
      }
    } catch (NumberFormatException notANumber) {
      // told below, as what has no name
    }
    throw new CallerMistake(
        "bad-setting",
        "--min-metrics needs NAME=NUMBER, cannot be: " + text,
        "For example --min-metrics balancedAccuracy=0.8");
  }
}
