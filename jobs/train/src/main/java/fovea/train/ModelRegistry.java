package fovea.train;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.databind.JsonNode;
import fovea.contract.capture.ObjectKey;
import fovea.contract.hash.Sha256;
import fovea.lake.Evaluations;
import fovea.registry.ModelGate;
import fovea.registry.TrainedModel;
import fovea.registry.TrainedModels;
import fovea.runtime.JobContext;
import fovea.train.models.Audit;
import fovea.train.models.CardJson;
import fovea.train.models.CardPage;
import fovea.train.models.Gate;
import fovea.train.models.ModelCard;
import fovea.train.models.OtherSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What people decide on trained networks: gate, publish, retire. The registry's step comes first
 * and the card ({@code card.html}, {@code card.json} beside the network) second; a card that was
 * not written is written by the next gate.
 */
public final class ModelRegistry {
  private static final int MOST_EVALUATIONS = 1000;
  private static final long MOST_HEADER = 1L << 20;

  private final JobContext context;
  private final ModelSettings settings;
  private final TrainedModels models;

  private ModelRegistry(JobContext context, ModelSettings settings) {
    this.context = context;
    this.settings = settings;
    this.models = context.registry().trainedModels();
  }

  /** Over the stores of a context. */
  public static ModelRegistry in(JobContext context) {
    return new ModelRegistry(context, ModelSettings.of(context.values()));
  }

  /** Where the card of a run lies, once it has been through a gate. */
  public static ObjectKey card(UUID run) {
    return ObjectKey.network(run, "card.html");
  }

  /**
   * Judges a network, keeps the verdict, moves the network along and writes its card.
   *
   * @throws fovea.contract.errors.CallerMistake where there is no such network or it is retired
   */
  public ModelGate gate(UUID run) {
    TrainedModel model = models.known(run);
    context.progress().report("judging", 0, 0);
    Optional<Audit> audit = Audits.newest(context.lake(), run);
    ModelGate gate =
        models.judge(
            run,
            weights(run),
            audit.map(Audit::run),
            Gate.checks(
                json(model.metricsJson()), json(model.datasetJson()), audit, settings.gate()),
            settings.by());
    writeCard(run, audit);
    return gate;
  }

  /**
   * Puts a network to use that passed its gate.
   *
   * @throws fovea.contract.errors.CallerMistake where there is no gate that passed and still holds
   */
  public void publish(UUID run) {
    models.known(run);
    String reason = settings.reason().isEmpty() ? "gate passed" : settings.reason();
    Optional<Audit> audit = Audits.newest(context.lake(), run);
    models.publish(run, weights(run), audit.map(Audit::run), settings.by(), reason);
    writeCard(run, audit);
  }

  /**
   * Takes a network out of use.
   *
   * @throws fovea.contract.errors.CallerMistake where no reason is given, or it is retired already
   */
  public void retire(UUID run) {
    models.retire(run, settings.by(), settings.requiredReason());
    writeCard(run, Audits.newest(context.lake(), run));
  }

  /**
   * Everything known of a network, counts of its parts included.
   *
   * @throws fovea.contract.errors.CallerMistake where there is no such network
   */
  public ModelCard cardOf(UUID run) {
    models.known(run);
    return describe(run, Audits.newest(context.lake(), run));
  }

  private void writeCard(UUID run, Optional<Audit> audit) {
    ModelCard card = describe(run, audit);
    context
        .objects()
        .write(ObjectKey.network(run, "card.json"), CardJson.of(card), "application/json");
    context
        .objects()
        .write(
            card(run),
            CardPage.of(card).getBytes(StandardCharsets.UTF_8),
            "text/html; charset=utf-8");
  }

  private ModelCard describe(UUID run, Optional<Audit> audit) {
    TrainedModel model = models.known(run);
    return new ModelCard(
        model,
        header(run),
        json(model.metricsJson()),
        json(model.datasetJson()),
        TrainingLineage.in(context).counts(run),
        audit,
        models.newestGate(run),
        models.steps(run),
        others(run),
        settings.smallestCell(),
        Instant.now());
  }

  // The newest evaluation of each source.
  private List<OtherSource> others(UUID run) {
    Map<String, OtherSource> newest = new LinkedHashMap<>();
    Evaluations.in(context.lake())
        .rows()
        .where(col("training_run").equalTo(run.toString()))
        .orderBy(col("evaluated_at").desc(), col("evaluation"))
        .select("source", "images", "patients", "metrics")
        .limit(MOST_EVALUATIONS)
        .collectAsList()
        .forEach(
            row ->
                newest.putIfAbsent(
                    row.getString(0),
                    new OtherSource(
                        row.getString(0), row.getLong(1), row.getLong(2), json(row.getString(3)))));
    return List.copyOf(newest.values());
  }

  // As it is, whichever version of Fovea wrote it: an old network must be retired, too.
  private JsonNode header(UUID run) {
    return context
        .objects()
        .read(NetworkFiles.header(run), MOST_HEADER)
        .map(bytes -> json(new String(bytes, StandardCharsets.UTF_8)))
        .orElseThrow(() -> new IllegalStateException("missing: " + NetworkFiles.header(run)));
  }

  // Of the bytes as they lie there, not as they were called once.
  private String weights(UUID run) {
    MessageDigest digest = Sha256.digest();
    try (InputStream bytes =
        new DigestInputStream(context.objects().stream(NetworkFiles.weights(run)), digest)) {
      bytes.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String sha256 = Sha256.hex(digest);
    if (!sha256.equals(header(run).path("sha256").asText())) {
      throw new IllegalStateException(
          NetworkFiles.weights(run) + " does not have the hash its header names");
    }
    return sha256;
  }

  private static JsonNode json(String text) {
    try {
      return NetworkFiles.JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException("the JSON of a model does not parse", e);
    }
  }
}
