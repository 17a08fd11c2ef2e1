package fovea.bias;

import fovea.bias.report.BiasReport;
import fovea.bias.report.Findings;
import fovea.bias.report.HtmlReport;
import fovea.bias.report.JsonReport;
import fovea.bias.report.Remedies;
import fovea.bias.report.WeightsCsv;
import fovea.bias.table.Columns;
import fovea.bias.table.PredictionTable;
import fovea.bias.table.Records;
import fovea.bias.table.RejectedRows;
import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.SettingValues;
import fovea.runtime.JobReport;
import fovea.runtime.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * {@code bias} without the platform: a table of predictions in, {@code report.json}, {@code
 * report.html} and, where rows were turned away, {@code rejected.csv} out. Needs no store; Spark
 * only where the table is no CSV file.
 *
 * <pre>bias --predictions test.csv --label referable --prediction predicted --score probability \
 *      --groups sex,age,camera --out report</pre>
 */
public final class StandaloneBias {
  private StandaloneBias() {}

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
    Path file = values.required(StandaloneSettings.PREDICTIONS);
    Path out = values.required(StandaloneSettings.OUT);
    Columns columns = StandaloneSettings.columns(values);
    Audit.Options options = StandaloneSettings.options(values);
    folder(out);
    BiasReport report;
    try (Records records = PredictionFile.open(file, columns);
        RejectedRows rejected = new RejectedRows(out)) {
      PredictionTable table =
          PredictionTable.read(
              records, columns, rejected, rows -> progress.report("reading predictions", rows, 0));
      report = report(file, columns, options, table, rejected);
    } catch (IOException unclosed) {
      throw new UncheckedIOException("cannot read " + file, unclosed);
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
            "positives (" + StandaloneSettings.positives(columns) + ")",
            "negatives (not " + StandaloneSettings.positives(columns) + ")"),
        List.of(audit.section()),
        new BiasReport.Rows(
            table.rowsRead(), table.rowsUsed(), rejected.byReason(), rejected.listed()),
        options.smallest(),
        StandaloneSettings.lineage(file, columns, options),
        notes(columns),
        audit.details());
  }

  private static List<String> notes(Columns columns) {
    List<String> notes = new ArrayList<>();
    if (columns.classes().isSeveral()) {
      notes.add("The classes, the lowest first: " + numbered(columns.classes().names()) + ".");
    }
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

  private static String numbered(List<String> names) {
    return IntStream.range(0, names.size())
        .mapToObj(i -> i + " = " + names.get(i))
        .collect(Collectors.joining(", "));
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
