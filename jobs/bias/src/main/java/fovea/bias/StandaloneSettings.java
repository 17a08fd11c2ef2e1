package fovea.bias;

import fovea.bias.metrics.Rounding;
import fovea.bias.table.Classes;
import fovea.bias.table.Columns;
import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How {@link StandaloneBias} reads a table and what it looks for. */
public final class StandaloneSettings {
  /** {@code --predictions}. */
  public static final Setting<Optional<Path>> PREDICTIONS =
      Setting.path(
          "predictions",
          "a table with one row a case (label, prediction, groups): a CSV file, a Parquet file or"
              + " folder, or the folder of a Delta table");

  /** {@code --label}. */
  public static final Setting<String> LABEL =
      Setting.required("label", "column of what is true: 0 or 1, or one of --classes");

  /** {@code --prediction}. */
  public static final Setting<Optional<String>> PREDICTION =
      Setting.optional(
          "prediction",
          "column of what the model says: 0 or 1, or one of --classes; without it the class of the"
              + " highest of --probabilities");

  /** {@code --score}. */
  public static final Setting<Optional<String>> SCORE =
      Setting.optional("score", "column of the model's probability of 1, for AUC and Brier score");

  /** {@code --classes}. */
  public static final Setting<List<String>> CLASSES =
      Setting.list(
          "classes", "", "the classes of label and prediction, the lowest first; else 0 and 1");

  /** {@code --probabilities}. */
  public static final Setting<List<String>> PROBABILITIES =
      Setting.list(
          "probabilities",
          "",
          "columns of the probability of each class, in the order of --classes");

  /** {@code --positive}. */
  public static final Setting<Optional<String>> POSITIVE =
      Setting.optional(
          "positive",
          "class=NAME or class>=NAME: asks that alone, with scores where there are --probabilities;"
              + " else every class is looked at");

  /** {@code --patient}. */
  public static final Setting<Optional<String>> PATIENT =
      Setting.optional(
          "patient", "column of whose row it is; both eyes of a patient are not independent");

  /** {@code --groups}. */
  public static final Setting<List<String>> GROUPS =
      Setting.list("groups", "", "columns of the attributes to compare by");

  /** {@code --ages}. */
  public static final Setting<List<String>> AGES =
      Setting.list("ages", "age", "those of the groups that hold years, to be compared by band");

  /** {@code --out}. */
  public static final Setting<Optional<Path>> OUT =
      Setting.path("out", "folder for report.html, report.json and rejected.csv");

  /** All of them. */
  public static final List<Setting<?>> SETTINGS =
      List.of(
          PREDICTIONS,
          LABEL,
          PREDICTION,
          SCORE,
          CLASSES,
          PROBABILITIES,
          POSITIVE,
          PATIENT,
          GROUPS,
          AGES,
          BiasSettings.SMALLEST_CELL,
          BiasSettings.THRESHOLDS,
          BiasSettings.REPLICATES,
          BiasSettings.CURVE_BINS,
          BiasSettings.INTERSECTIONS,
          BiasSettings.COUNT_ROUNDING,
          Remedy.MITIGATE,
          Remedy.CRITERION,
          Remedy.OBJECTIVE,
          OUT);

  private StandaloneSettings() {}

  static Audit.Options options(SettingValues values) {
    return new Audit.Options(
        values.value(BiasSettings.SMALLEST_CELL),
        Checks.thresholds(values.value(BiasSettings.THRESHOLDS)),
        values.value(BiasSettings.REPLICATES),
        BiasSettings.curveBins(values),
        Remedy.of(values),
        BiasSettings.crossings(values.value(GROUPS).stream().distinct().toList(), values),
        new Rounding(values.value(BiasSettings.COUNT_ROUNDING)));
  }

  static Columns columns(SettingValues values) {
    List<String> groups = values.value(GROUPS).stream().distinct().toList();
    Checks.groups(groups);
    HashSet<String> ages = new HashSet<>(values.value(AGES));
    ages.retainAll(groups);
    Columns columns =
        new Columns(
            values.value(LABEL),
            values.value(PREDICTION),
            Classes.of(values.value(CLASSES), values.value(PROBABILITIES), values.value(POSITIVE)),
            values.value(SCORE),
            values.value(PATIENT),
            groups,
            ages,
            BiasSettings.crossings(groups, values));
    check(columns, Remedy.of(values));
    return columns;
  }

  private static void check(Columns columns, Remedy remedy) {
    Classes classes = columns.classes();
    boolean scored = columns.score().isPresent();
    boolean shares = !classes.probabilities().isEmpty();
    require(
        columns.prediction().isPresent() || shares,
        "--prediction is required",
        "Name the column of what the model says, or --probabilities of --classes");
    require(
        !(scored && shares), "--score and --probabilities say the same", "Leave one of them out");
    require(
        !(scored && classes.isSeveral()),
        "--score is the probability of 1, but there are several classes",
        "Say with --positive which classes count as 1, or give --probabilities");
    require(
        remedy.kind().equals("none") || !classes.isSeveral(),
        "--mitigate asks for labels 0 and 1, but there are several classes",
        "Say with --positive which classes count as 1");
    require(
        !remedy.isThresholds() || scored || shares,
        "--mitigate thresholds needs scores to set thresholds on",
        "Name the column of the model's probability with --score");
  }

  private static void require(boolean holds, String what, String toDo) {
    if (!holds) {
      throw new CallerMistake("bad-setting", what, toDo);
    }
  }

  /** What counts as 1, in a report's sentences. */
  static String positives(Columns columns) {
    String positive = columns.classes().settings().getOrDefault("positive", "");
    return positive.isEmpty()
        ? columns.label() + " = 1"
        : columns.label()
            + positive.substring("class".length()).replace("=", " = ").replace("> = ", " >= ");
  }

  static Map<String, String> lineage(Path file, Columns columns, Audit.Options options) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("predictions", String.valueOf(file.getFileName()));
    settings.put("label", columns.label());
    settings.put("prediction", columns.prediction().orElse(""));
    settings.putAll(columns.classes().settings());
    settings.put("score", columns.score().orElse(""));
    settings.put("groups", String.join(",", columns.groups()));
    settings.put("ages", String.join(",", columns.ages()));
    settings.put("patient", columns.patient().orElse(""));
    settings.put("min-cell", Long.toString(options.smallest()));
    settings.put("thresholds", options.thresholds().toString().replaceAll("[\\[\\] ]", ""));
    settings.put("replicates", Integer.toString(options.replicates()));
    settings.put("curve-bins", options.curveBins().word());
    settings.put("count-rounding", Integer.toString(options.rounding().base()));
    settings.put("intersections", options.crossings().isEmpty() ? "1" : "2");
    settings.put("mitigate", options.remedy().kind());
    settings.put("mitigate-criterion", options.remedy().criterion().word());
    settings.put("mitigate-objective", options.remedy().objective().word());
    return settings;
  }
}
