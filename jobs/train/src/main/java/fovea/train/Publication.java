package fovea.train;

import fovea.contract.capture.ObjectKey;
import fovea.contract.hash.Sha256;
import fovea.lake.TrainingRuns;
import fovea.registry.JobRegistry.TrainingLog;
import fovea.runtime.JobContext;
import fovea.train.loop.Epoch;
import fovea.train.loop.TrainSettings;
import fovea.train.loop.Trained;
import fovea.train.network.NetworkHeader;
import fovea.train.network.Networks;
import fovea.train.network.TorchScriptFile;
import fovea.train.network.WeightsFile;
import fovea.train.report.TrainingPage;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * A finished training, put where others find it: files first, then the registry, last the row in
 * {@code training_runs} - who sees the row finds everything else.
 */
record Publication(
    JobContext context, TrainJob.Plan plan, Outcome outcome, Trained trained, UUID run) {

  static Publication of(JobContext context, TrainJob.Plan plan, Outcome outcome) {
    Trained trained = Objects.requireNonNull(outcome.trained(), "nothing was trained");
    return new Publication(context, plan, outcome, trained, plan.run());
  }

  void publish() {
    byte[] weights = WeightsFile.write(trained.values());
    NetworkHeader header = header(weights);
    NetworkFiles.write(context.objects(), run, header, weights);
    context
        .objects()
        .write(NetworkFiles.torchScript(run), torchScript(), "application/octet-stream");
    writeReports(header);
    String metrics = NetworkFiles.line(RunMetrics.of(trained));
    String dataset = NetworkFiles.line(dataset());
    String artifact = NetworkFiles.weights(run).path();
    context
        .registry()
        .recordTraining(
            new TrainingLog(run, plan.settings().architecture(), metrics, dataset, artifact));
    TrainingLineage.record(context, run, plan.settings().parametersVersion());
    TrainingRuns runs = TrainingRuns.in(context.lake());
    Row row = row(header, metrics, dataset, artifact);
    runs.merge(context.spark().createDataFrame(List.of(row), runs.schema()));
    context.objects().delete(NetworkFiles.checkpoint(run));
  }

  private byte[] torchScript() {
    TrainSettings settings = plan.settings();
    return TorchScriptFile.write(
        Networks.byName(settings.architecture()),
        settings.loss().objective().outputs(),
        trained.values());
  }

  private NetworkHeader header(byte[] weights) {
    TrainSettings settings = plan.settings();
    return new NetworkHeader(
        NetworkHeader.FORMAT,
        settings.architecture(),
        settings.loss().objective().word(),
        settings.imageSize(),
        trained.normalisation(),
        settings.views().number(),
        settings.parametersVersion(),
        trained.test().threshold(),
        NetworkHeader.REFERABLE,
        trained.weights(),
        Sha256.of(weights));
  }

  private void writeReports(NetworkHeader header) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("run", run.toString());
    report.put("network", header);
    report.put("settings", plan.settings());
    report.put("dataset", dataset());
    report.put("rejected", outcome.rejected());
    report.put("metrics", RunMetrics.of(trained));
    report.put("imagesPerSecond", trained.imagesPerSecond());
    report.put("bytesExchangedARound", trained.exchanged());
    report.put("history", trained.history());
    report.put("test", trained.test());
    report.put("validation", trained.validation());
    write("report.json", NetworkFiles.json(report), "application/json");
    String page =
        TrainingPage.of("Training run " + run, facts(header), trained.history(), trained.test());
    write("report.html", page.getBytes(StandardCharsets.UTF_8), "text/html; charset=utf-8");
  }

  private void write(String file, byte[] content, String mediaType) {
    context.objects().write(ObjectKey.report("train", run, file), content, mediaType);
  }

  private Map<String, Object> dataset() {
    Map<String, Object> dataset = new LinkedHashMap<>();
    dataset.put("labels", Labels.QUERY);
    dataset.put("label", NetworkHeader.REFERABLE);
    dataset.put("table", "fundus_images");
    dataset.put("deltaVersion", plan.lakeVersion());
    dataset.put("parametersVersion", plan.settings().parametersVersion());
    dataset.put("fingerprint", plan.fingerprint());
    dataset.put("seed", plan.settings().seed());
    plan.start().ifPresent(start -> dataset.put("startFrom", start.facts()));
    dataset.put("heldOut", plan.settings().heldOut());
    dataset.put("parts", outcome.parts());
    dataset.put("members", NetworkFiles.members(run).path());
    dataset.put("patientsInTwoParts", 0);
    dataset.put("patientsWithoutConsent", plan.consent().patients());
    dataset.put("patientsOfUnrecordedConsent", plan.consent().unrecorded());
    return dataset;
  }

  private Map<String, String> facts(NetworkHeader header) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Predicts", header.meaning());
    facts.put("Asked", header.objective());
    facts.put("Network", header.architecture() + ", " + header.weights() + " weights");
    facts.put("Input", header.imageSize() + " x " + header.imageSize() + " pixels");
    facts.put("Views of a picture", Integer.toString(header.views()));
    plan.start().ifPresent(start -> facts.put("Begun with", start.words()));
    facts.put("Images (referable)", Outcome.inWords(outcome.parts()));
    facts.put("Unreadable images", outcome.rejected().toString());
    facts.put("Patients in two parts", "0");
    facts.put("Consent", plan.consent().inWords());
    facts.put("Best epoch", trained.bestEpoch() + " of " + trained.history().size());
    if (trained.exchanged() > 0) {
      facts.put("Trainers", trainers());
    }
    facts.put("Seed", Long.toString(plan.settings().seed()));
    facts.put("Weights' SHA-256", header.sha256());
    return facts;
  }

  private String trainers() {
    return String.format(
        Locale.ROOT,
        "%d, averaged every %d steps, %.1f MB to and from them each time; left out %d times",
        plan.settings().scale().trainers(),
        plan.settings().scale().localSteps(),
        trained.exchanged() / 1e6,
        trained.history().stream().mapToInt(Epoch::leftOut).sum());
  }

  private Row row(NetworkHeader header, String metrics, String dataset, String artifact) {
    TrainSettings settings = plan.settings();
    return RowFactory.create(
        run.toString(),
        settings.architecture(),
        trained.weights(),
        settings.imageSize(),
        trained.history().size(),
        settings.seed(),
        settings.parametersVersion(),
        dataset,
        metrics,
        artifact,
        header.sha256(),
        Timestamp.from(plan.begun()),
        Timestamp.from(Instant.now()));
  }
}
