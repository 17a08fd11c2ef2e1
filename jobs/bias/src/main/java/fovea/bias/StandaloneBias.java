package fovea.bias;

import fovea.bias.metrics.Rounding;
import fovea.bias.report.BiasReport;
import fovea.bias.report.Findings;
import fovea.bias.report.HtmlReport;
import fovea.bias.report.JsonReport;
import fovea.bias.report.Remedies;
import fovea.bias.report.WeightsCsv;
import fovea.bias.table.Columns;
import fovea.bias.table.PredictionTable;
import fovea.bias.table.RejectedRows;
import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import fovea.runtime.JobReport;
import fovea.runtime.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code bias} without the platform: a CSV file of predictions in, {@code report.json}, {@code
 * report.html} and, where rows were turned away, {@code rejected.csv} out. Needs neither Spark nor
 * any store.
 *
 * <pre>bias --predictions test.csv --label referable --prediction predicted --score probability \
 *      --groups sex,age,camera --out report</pre>
 */
public final class StandaloneBias {
  /** {@code --predictions}. */
  public static final Setting<Optional<Path>> PREDICTIONS =
      Setting.path("predictions", "a CSV file with one row a case: label, prediction, groups");

  /** {@code --label}. */
  public static final Setting<String> LABEL =
      Setting.required("label", "column of what is true: 0 or 1");

  /** {@code --prediction}. */
  public static final Setting<String> PREDICTION =
      Setting.required("prediction", "column of what the model says: 0 or 1");

  /** {@code --score}. */
  public static final Setting<Optional<String>> SCORE =
      Setting.optional("score", "column of the model's probability of 1, for AUC and Brier score");

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

  private StandaloneBias() {}

  private static Audit.Options options(SettingValues values) {
    return new Audit.Options(
        values.value(BiasSettings.SMALLEST_CELL),
        Checks.thresholds(values.value(BiasSettings.THRESHOLDS)),
        values.value(BiasSettings.REPLICATES),
        BiasSettings.curveBins(values),
        Remedy.of(values),
        BiasSettings.crossings(values.value(GROUPS).stream().distinct().toList(), values),
        new Rounding(values.value(BiasSettings.COUNT_ROUNDING)));
  }

  /**
   * Reads the file once and writes the report.
   *
   * @param progress told the rows read, now and then
   * @return rows read, used and rejected; the note {@code finding} holds the largest gap in words
   * @throws CallerMistake for a missing file or column, a column that is not binary, or a file
   *     without one usable row
   */
  public static JobReport run(SettingValues values, Progress progress) {
    long start = System.nanoTime();
    Path file = values.required(PREDICTIONS);
    Path out = values.required(OUT);
    Columns columns = columns(values);
    Audit.Options options = options(values);
    if (options.remedy().isThresholds() && columns.score().isEmpty()) {
      throw new CallerMistake(
          "bad-setting",
          "--mitigate thresholds needs scores to set thresholds on",
          "Name the column of the model's probability with --score");
    }
    folder(out);
    BiasReport report;
    try (RejectedRows rejected = new RejectedRows(out)) {
      PredictionTable table =
          PredictionTable.read(
              file, columns, rejected, rows -> progress.report("reading predictions", rows, 0));
      report = report(file, columns, options, table, rejected);
    }
    write(out.resolve("report.json"), JsonReport.of(report));
    write(out.resolve("report.html"), HtmlReport.of(report));
    if (options.remedy().isReweighing()) {
      write(out.resolve("weights.csv"), WeightsCsv.of(report.details().weights()));
    }
    return summary(report, out, (System.nanoTime() - start) / 1e9);
  }

  private static BiasReport report(
      Path file,
      Columns columns,
      Audit.Options options,
      PredictionTable table,
      RejectedRows rejected) {
    Audit audit = Audit.of(table.counts(), table.cohorts(options.thresholds()), options);
    return new BiasReport(
        "Bias report: " + file.getFileName(),
        new BiasReport.Wording(
            "rows",
            "positives (" + columns.label() + " = 1)",
            "negatives (" + columns.label() + " = 0)"),
        List.of(audit.section()),
        new BiasReport.Rows(
            table.rowsRead(), table.rowsUsed(), rejected.byReason(), rejected.listed()),
        options.smallest(),
        settings(file, columns, options),
        notes(columns),
        audit.details());
  }

  private static Map<String, String> settings(Path file, Columns columns, Audit.Options options) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("predictions", String.valueOf(file.getFileName()));
    settings.put("label", columns.label());
    settings.put("prediction", columns.prediction());
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

  private static List<String> notes(Columns columns) {
    List<String> notes = new ArrayList<>();
    if (!columns.ages().isEmpty()) {
      notes.add("Ages in years are compared by band, everyone over 89 in one.");
    }
    notes.add(
        columns
            .patient()
            .map(p -> "Patients are told apart by the column " + p + ".")
            .orElse("Without --patient every row is taken for a patient of its own."));
    return notes;
  }

  private static Columns columns(SettingValues values) {
    List<String> groups = values.value(GROUPS).stream().distinct().toList();
    Checks.groups(groups);
    HashSet<String> ages = new HashSet<>(values.value(AGES));
    ages.retainAll(groups);
    return new Columns(
        values.value(LABEL),
        values.value(PREDICTION),
        values.value(SCORE),
        values.value(PATIENT),
        groups,
        ages,
        BiasSettings.crossings(groups, values));
  }

  private static JobReport summary(BiasReport report, Path out, double seconds) {
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put("finding", Findings.largest(report));
    Remedies.largest(report).ifPresent(r -> notes.put("mitigation", r));
    notes.put("report", out.resolve("report.html").toString());
    BiasReport.Rows rows = report.rows();
    return new JobReport("bias", rows.read(), rows.used(), rows.rejected(), seconds, notes);
  }

  private static void folder(Path out) {
    try {
      Files.createDirectories(out);
    } catch (IOException impossible) {
      throw new CallerMistake(
          "bad-folder", "cannot create the folder " + out, "Give another folder with --out");
    }
  }

  private static void write(Path file, byte[] content) {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.write(part, content);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot write " + file, failed);
    }
  }
}
