package fovea.bias;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import fovea.bias.metrics.CrossCounts;
import fovea.bias.metrics.DataMetrics;
import fovea.bias.metrics.GroupCounts;
import fovea.bias.metrics.Section;
import fovea.bias.report.BiasReport;
import fovea.bias.report.Findings;
import fovea.bias.report.HtmlReport;
import fovea.bias.report.JsonReport;
import fovea.bias.report.WeightsCsv;
import fovea.contract.capture.ObjectKey;
import fovea.contract.consent.ConsentRule;
import fovea.contract.settings.Setting;
import fovea.lake.BiasFindings;
import fovea.registry.BiasReports.Compared;
import fovea.runtime.Job;
import fovea.runtime.JobContext;
import fovea.runtime.JobReport;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Looks for differences between groups of patients, in the data and in the newest model's
 * predictions. Writes rows of {@code bias_findings} and {@code report.html} and {@code report.json}
 * under {@code reports/bias/}. Equal data and settings have equal findings' run, so running again
 * adds nothing.
 */
public final class BiasJob implements Job {
  private static final List<String> VARIABLES =
      List.of(
          "label",
          "dr_grade",
          "quality_grade",
          "camera",
          "age_band",
          "sex",
          "ethnicity",
          "laterality");

  @Override
  public String name() {
    return "bias";
  }

  @Override
  public String help() {
    return "Compares groups of patients: label, missing values and quality, and the model's errors";
  }

  @Override
  public List<Setting<?>> settings() {
    return BiasSettings.ALL;
  }

  @Override
  public JobReport run(JobContext context) {
    long start = System.nanoTime();
    BiasSettings settings = BiasSettings.of(context.values());
    context.progress().report("reading the registry", 0, 0);
    Dataset<Row> all = Snapshot.read(context).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Column refused = col("consent").isin(ConsentRule.of(context.values()).refused().toArray());
      long leftOut = all.where(refused).select("patient_id").distinct().count();
      Dataset<Row> snapshot = all.where(not(refused)).drop("consent");
      return run(context, settings, new Looked(snapshot, leftOut), start);
    } finally {
      all.unpersist();
    }
  }

  private static JobReport run(
      JobContext context, BiasSettings settings, Looked looked, long start) {
    Dataset<Row> snapshot = looked.snapshot();
    Optional<ModelRows> model =
        settings.subject().equals(Section.DATA)
            ? Optional.empty()
            : ModelRows.read(context, settings.trainingRun());
    Fingerprint fingerprint = Fingerprint.of(settings, snapshot, model);
    BiasFindings findings = BiasFindings.in(context.lake());
    if (!findings.rows().where(col("run").equalTo(fingerprint.run().toString())).isEmpty()) {
      return summary(fingerprint, 0, start, "unchanged since the findings of this data");
    }
    Dataset<Row> rows = Aggregation.crossed(Aggregation.bounded(snapshot), settings.crossings());
    Optional<Audit> audit = audit(context, settings, rows, model);
    Optional<CrossCounts> cross = cross(context, settings, rows);
    List<Section> sections = sections(settings, audit, cross);
    BiasReport.Details details = details(settings, audit, cross);
    BiasReport report =
        Platform.report(settings, fingerprint, sections, model, details)
            .with(Platform.leftOut(looked.patientsLeftOut(), settings));
    // The report first: the findings' commit is what says that the work is done.
    write(context, fingerprint.run(), report);
    context.registry().recordBiasReport(compared(fingerprint, model, report));
    long added = findings.merge(rows(context, report, fingerprint.run(), model));
    return summary(fingerprint, added, start, Findings.largest(report));
  }

  /** What is looked at, and of how many patients it is not: no consent to research. */
  private record Looked(Dataset<Row> snapshot, long patientsLeftOut) {}

  private static Optional<Audit> audit(
      JobContext context, BiasSettings settings, Dataset<Row> rows, Optional<ModelRows> model) {
    return model.map(
        m -> {
          context.progress().report("comparing predictions", 0, 0);
          return audit(settings, m.rows().join(rows, "image_id"));
        });
  }

  private static Optional<CrossCounts> cross(
      JobContext context, BiasSettings settings, Dataset<Row> rows) {
    if (settings.subject().equals(Section.MODEL)) {
      return Optional.empty();
    }
    context.progress().report("comparing data", 0, 0);
    CrossCounts cross = Aggregation.cross(rows, settings.attributes(), VARIABLES);
    settings.crossings().forEach(c -> c.withhold(cross, settings.smallestCell()));
    return Optional.of(cross);
  }

  // Weights are for training, so of all labelled photographs where those are looked at.
  private static BiasReport.Details details(
      BiasSettings settings, Optional<Audit> audit, Optional<CrossCounts> cross) {
    BiasReport.Details details = audit.map(Audit::details).orElse(BiasReport.Details.NONE);
    return cross
        .map(c -> details.with(Audit.weights(DataMetrics.labels(c), settings.audit())))
        .orElse(details);
  }

  private static List<Section> sections(
      BiasSettings settings, Optional<Audit> audit, Optional<CrossCounts> cross) {
    List<Section> sections = new ArrayList<>();
    audit.ifPresent(a -> sections.add(a.section()));
    cross.ifPresent(
        c ->
            sections.add(
                DataMetrics.section(
                    c, settings.smallestCell(), settings.reference(), settings.rounding())));
    return sections;
  }

  private static Audit audit(BiasSettings settings, Dataset<Row> joined) {
    Dataset<Row> kept = joined.persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Map<String, Map<String, GroupCounts>> counts =
          Aggregation.outcomes(kept, settings.attributes());
      return Audit.of(
          counts, Aggregation.cohorts(kept, counts, settings.thresholds()), settings.audit());
    } finally {
      kept.unpersist();
    }
  }

  private static Compared compared(
      Fingerprint fingerprint, Optional<ModelRows> model, BiasReport report) {
    return new Compared(
        fingerprint.run(),
        model.map(ModelRows::trainingRun).orElse(null),
        fingerprint.images(),
        fingerprint.patients(),
        Findings.largest(report));
  }

  private static void write(JobContext context, UUID run, BiasReport report) {
    context
        .objects()
        .write(
            ObjectKey.report("bias", run, "report.json"),
            JsonReport.of(report),
            "application/json");
    context
        .objects()
        .write(
            ObjectKey.report("bias", run, "report.html"),
            HtmlReport.of(report),
            "text/html; charset=utf-8");
    if (!report.details().weights().isEmpty()) {
      context
          .objects()
          .write(
              ObjectKey.report("bias", run, "weights.csv"),
              WeightsCsv.of(report.details().weights()),
              "text/csv; charset=utf-8");
    }
  }

  private static Dataset<Row> rows(
      JobContext context, BiasReport report, UUID run, Optional<ModelRows> model) {
    Timestamp now = Timestamp.from(Instant.now());
    List<Row> rows = new ArrayList<>();
    String trainingRun = model.map(ModelRows::trainingRun).orElse(null);
    report.sections().forEach(s -> rows.addAll(FindingRows.of(s, run, trainingRun, now)));
    rows.addAll(FindingRows.of(report.details(), run, trainingRun, now));
    return context.spark().createDataFrame(rows, BiasFindings.in(context.lake()).schema());
  }

  private static JobReport summary(
      Fingerprint fingerprint, long added, long start, String finding) {
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put("finding", finding);
    notes.put("report", ObjectKey.report("bias", fingerprint.run(), "report.html").path());
    double seconds = (System.nanoTime() - start) / 1e9;
    return new JobReport("bias", fingerprint.images(), added, Map.of(), seconds, notes);
  }
}
