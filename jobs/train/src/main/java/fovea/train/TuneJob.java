package fovea.train;

import static org.apache.spark.sql.functions.col;

import fovea.contract.capture.ObjectKey;
import fovea.contract.consent.ConsentRule;
import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.Setting;
import fovea.lake.FundusImages;
import fovea.runtime.Job;
import fovea.runtime.JobContext;
import fovea.runtime.JobReport;
import fovea.train.data.Part;
import fovea.train.tune.Tried;
import fovea.train.tune.TunePage;
import fovea.train.tune.TuneSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Tries configurations of {@code train}, each in a task of its own, side by side.
 *
 * <p>Input: what {@code train} reads, without its test part, which is never looked at. Output: a
 * report in the object store with the validation AUC of every trial, and the best configuration as
 * flags for {@code train}. No run is registered and no network is kept.
 */
public final class TuneJob implements Job {

  @Override
  public String name() {
    return "tune";
  }

  @Override
  public String help() {
    return "Try configurations of train side by side";
  }

  @Override
  public List<Setting<?>> settings() {
    return TuneSettings.ALL;
  }

  @Override
  public JobReport run(JobContext context) {
    Instant begun = Instant.now();
    TuneSettings settings = TuneSettings.of(context.values());
    Dataset<Row> images = FundusImages.in(context.lake()).rows();
    String parameters = TrainJob.parameters(settings.base(), images);
    Dataset<Row> usable = TrainingSet.usable(images, parameters);
    Dataset<Row> grouped =
        Consent.allowed(
            TrainingSet.labelled(
                usable,
                Labels.read(
                    context.spark(),
                    context.registry().settings(),
                    ConsentRule.of(context.values()))));
    Dataset<Row> open =
        TrainingSet.split(grouped, settings.base().heldOut(), settings.base().seed())
            .where(col("part").notEqual(Part.TEST.word()));
    Dataset<Row> folded =
        TrainingSet.folds(open, settings.folds(), settings.base().seed()).persist();
    try {
      context.progress().report("trials", 0, settings.trials().size());
      List<Tried> tried = Trials.run(usable, folded, settings);
      long seen = folded.count();
      Map<String, String> notes = notes(tried);
      write(context, tried, notes);
      double seconds = Duration.between(begun, Instant.now()).toMillis() / 1000.0;
      return new JobReport(name(), seen, tried.size(), Map.of(), seconds, notes);
    } finally {
      folded.unpersist();
    }
  }

  private static Map<String, String> notes(List<Tried> tried) {
    Optional<Tried.Mean> best = Tried.best(tried);
    if (best.isEmpty()) {
      throw new CallerMistake(
          "no-trial",
          "no trial came to a result: " + tried.get(0).failure(),
          "Load more graded images, or ask for fewer --folds");
    }
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put("best", best.get().flags());
    notes.put("validation AUC", String.format(Locale.ROOT, "%.3f", best.get().auc()));
    return notes;
  }

  private static void write(JobContext context, List<Tried> tried, Map<String, String> notes) {
    Map<String, Object> report = new LinkedHashMap<>(notes);
    report.put("trials", tried);
    ObjectKey json = ObjectKey.report("tune", context.run(), "report.json");
    context.objects().write(json, NetworkFiles.json(report), "application/json");
    ObjectKey page = ObjectKey.report("tune", context.run(), "report.html");
    byte[] html = TunePage.of(tried, notes.toString()).getBytes(StandardCharsets.UTF_8);
    context.objects().write(page, html, "text/html; charset=utf-8");
    notes.put("report", page.path());
  }
}
