package fovea.synthetic;

import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import java.util.List;
import java.util.Map;

/**
 * A synthetic cohort and the bias injected into it. In {@code biasedGroup} photographs come more
 * often from the older camera, which adds haze, and referable disease (grade 2 and over) is
 * recorded as grade 0 or 1 with probability {@code underLabelling}. Everywhere else the recorded
 * grade is the true one, and nothing but chance tells the groups apart.
 *
 * @param seed of the whole cohort; patient i depends on the seed and i alone
 * @param patients how many
 * @param size edge of the photographs in pixels
 * @param biasedGroup the ethnicity that the bias is injected into, or {@code none}
 * @param olderCamera share of patients photographed with the older camera outside the group
 * @param olderCameraInGroup the same inside the group
 * @param haze strength of the haze in photographs of the older camera, 0 to 1
 * @param underLabelling probability that a referable eye in the group is recorded as not referable
 * @param defects share of photographs with a defect that has nothing to do with the group
 */
public record CohortSettings(
    long seed,
    int patients,
    int size,
    String biasedGroup,
    double olderCamera,
    double olderCameraInGroup,
    double haze,
    double underLabelling,
    double defects) {

  static final Setting<Integer> SEED =
      Setting.integer("seed", 7, 0, Integer.MAX_VALUE, "Seed of the synthetic cohort");
  static final Setting<Integer> PATIENTS =
      Setting.integer("patients", 60, 1, 10_000_000, "Synthetic patients, two eyes each");
  static final Setting<Integer> SIZE =
      Setting.integer("size", 512, 32, 4096, "Edge of synthetic photographs in pixels");
  static final Setting<String> BIASED_GROUP =
      Setting.text("biased-group", "black", "Ethnicity the bias is injected into, or none");
  static final Setting<Double> OLDER_CAMERA =
      Setting.decimal("older-camera", 0.15, 0, 1, "Share of older cameras outside the group");
  static final Setting<Double> OLDER_CAMERA_IN_GROUP =
      Setting.decimal("older-camera-in-group", 0.65, 0, 1, "Share of older cameras in the group");
  static final Setting<Double> HAZE =
      Setting.decimal("haze", 0.35, 0, 1, "Strength of the older camera's haze");
  static final Setting<Double> UNDER_LABELLING =
      Setting.decimal(
          "under-labelling", 0.35, 0, 1, "Share of the group's referable eyes recorded as healthy");
  static final Setting<Double> DEFECTS =
      Setting.decimal("defects", 0.08, 0, 1, "Share of photographs with some other defect");

  /** Every setting of this room. */
  public static final List<Setting<?>> ALL =
      List.of(
          SEED,
          PATIENTS,
          SIZE,
          BIASED_GROUP,
          OLDER_CAMERA,
          OLDER_CAMERA_IN_GROUP,
          HAZE,
          UNDER_LABELLING,
          DEFECTS);

  /** The settings a caller gave. */
  public static CohortSettings of(SettingValues values) {
    return new CohortSettings(
        values.value(SEED),
        values.value(PATIENTS),
        values.value(SIZE),
        values.value(BIASED_GROUP),
        values.value(OLDER_CAMERA),
        values.value(OLDER_CAMERA_IN_GROUP),
        values.value(HAZE),
        values.value(UNDER_LABELLING),
        values.value(DEFECTS));
  }

  /** Defaults, with another seed and number of patients. */
  public static CohortSettings of(long seed, int patients, int size) {
    CohortSettings standard = of(SettingValues.of(Map.of()));
    return new CohortSettings(
        seed,
        patients,
        size,
        standard.biasedGroup,
        standard.olderCamera,
        standard.olderCameraInGroup,
        standard.haze,
        standard.underLabelling,
        standard.defects);
  }
}
