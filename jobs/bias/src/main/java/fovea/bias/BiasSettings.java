package fovea.bias;

import fovea.bias.calibration.Edges;
import fovea.bias.metrics.Crossing;
import fovea.bias.metrics.Reference;
import fovea.bias.metrics.Rounding;
import fovea.contract.consent.ConsentRule;
import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How {@link BiasJob} compares groups.
 *
 * @param groups attributes of patients and photographs to compare by
 * @param smallestCell fewer patients than that make a figure {@code too few}
 * @param subject {@code data}, {@code model} or {@code all}
 * @param trainingRun whose predictions; empty for the newest
 * @param thresholds of the score at which rates are reported too
 * @param reference how groups ought to be spread
 * @param replicates of the bootstrap; at least as many permutations
 * @param curveBins how reliability curves are cut
 * @param remedy what to try against gaps
 * @param crossings pairs of attributes that are compared too
 * @param rounding of counts that are published
 */
public record BiasSettings(
    List<String> groups,
    int smallestCell,
    String subject,
    Optional<String> trainingRun,
    List<Double> thresholds,
    Reference reference,
    int replicates,
    Edges.Rule curveBins,
    Remedy remedy,
    List<Crossing> crossings,
    Rounding rounding) {

  /** Attributes on the platform. */
  static final List<String> ATTRIBUTES =
      List.of("age_band", "sex", "ethnicity", "camera", "laterality");

  /** {@code --groups}. */
  public static final Setting<List<String>> GROUPS =
      Setting.list(
          "groups",
          String.join(",", ATTRIBUTES),
          "attributes to compare by, out of " + String.join(", ", ATTRIBUTES));

  /** {@code --min-cell}. */
  public static final Setting<Integer> SMALLEST_CELL =
      Setting.integer(
          "min-cell", 10, 1, 100_000, "figures over fewer people than that are withheld");

  /** {@code --subject}. */
  public static final Setting<String> SUBJECT =
      Setting.choice(
          "subject", "all", List.of("all", "data", "model"), "what to look at for differences");

  /** {@code --training-run}. */
  public static final Setting<Optional<String>> TRAINING_RUN =
      Setting.optional("training-run", "whose predictions to look at; the newest by default");

  /** {@code --thresholds}. */
  public static final Setting<List<String>> THRESHOLDS =
      Setting.list(
          "thresholds", "", "scores at which rates are reported too, for example 0.3,0.5,0.7");

  /** {@code --reference}. */
  public static final Setting<String> REFERENCE =
      Setting.text(
          "reference",
          "",
          "how groups ought to be spread, for example sex=female:0.5,male:0.5; else evenly");

  /** {@code --replicates}. */
  public static final Setting<Integer> REPLICATES =
      Setting.integer(
          "replicates", 1000, 100, 20_000, "resamples of patients for intervals and p-values");

  /** {@code --curve-bins}. */
  public static final Setting<String> CURVE_BINS =
      Setting.choice(
          "curve-bins",
          Edges.Rule.WIDTH.word(),
          List.of(Edges.Rule.WIDTH.word(), Edges.Rule.QUANTILES.word()),
          "how reliability curves are cut: ten bins equally wide, or of equally many rows");

  /** {@code --count-rounding}. */
  public static final Setting<Integer> COUNT_ROUNDING =
      Setting.integer(
          "count-rounding",
          5,
          1,
          100,
          "published counts are multiples of that, and rates are made of them; 1 for exact ones");

  /** {@code --intersections}. */
  public static final Setting<Integer> INTERSECTIONS =
      Setting.integer(
          "intersections",
          1,
          1,
          2,
          "attributes at a time: 1 each by itself, 2 also every pair, for example sex and age");

  /** All of them. */
  public static final List<Setting<?>> ALL =
      List.of(
          GROUPS,
          SMALLEST_CELL,
          SUBJECT,
          TRAINING_RUN,
          THRESHOLDS,
          REFERENCE,
          REPLICATES,
          CURVE_BINS,
          INTERSECTIONS,
          COUNT_ROUNDING,
          ConsentRule.UNRECORDED,
          Remedy.MITIGATE,
          Remedy.CRITERION,
          Remedy.OBJECTIVE);

  /** Copies. */
  public BiasSettings {
    groups = List.copyOf(groups);
    thresholds = List.copyOf(thresholds);
    crossings = List.copyOf(crossings);
  }

  /** Reads the settings. */
  public static BiasSettings of(SettingValues values) {
    List<String> groups = values.value(GROUPS).stream().distinct().toList();
    Checks.groups(groups);
    for (String group : groups) {
      Checks.oneOf(group, ATTRIBUTES);
    }
    return new BiasSettings(
        groups,
        values.value(SMALLEST_CELL),
        values.value(SUBJECT),
        values.value(TRAINING_RUN),
        Checks.thresholds(values.value(THRESHOLDS)),
        Reference.parse(values.value(REFERENCE)),
        values.value(REPLICATES),
        curveBins(values),
        Remedy.of(values),
        crossings(groups, values),
        new Rounding(values.value(COUNT_ROUNDING)));
  }

  /** Attributes and pairs of them, in the order of the report. */
  List<String> attributes() {
    return Stream.concat(groups.stream(), crossings.stream().map(Crossing::attribute)).toList();
  }

  static List<Crossing> crossings(List<String> groups, SettingValues values) {
    return values.value(INTERSECTIONS) < 2 ? List.of() : Crossing.pairs(groups);
  }

  /** How predictions are looked at. */
  Audit.Options audit() {
    return new Audit.Options(
        smallestCell, thresholds, replicates, curveBins, remedy, crossings, rounding);
  }

  static Edges.Rule curveBins(SettingValues values) {
    return Edges.Rule.valueOf(values.value(CURVE_BINS).toUpperCase(Locale.ROOT));
  }
}
