package fovea.reconstruct;

import fovea.contract.capture.ObjectKey;
import fovea.contract.model.ModelArtifact;
import fovea.contract.model.ModelFormat;
import fovea.contract.settings.Setting;
import fovea.lake.Reconstructions;
import fovea.registry.JobRegistry;
import fovea.registry.JobRegistry.PendingSession;
import fovea.runtime.Job;
import fovea.runtime.JobContext;
import fovea.runtime.JobReport;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * {@code reconstruct}: every session whose files are ingested becomes a model.
 *
 * <p>Reads the registry's sessions in status {@code ingested} and their accepted files; writes
 * {@code models/{session}/{version}/model.ply} with {@code report.json} and {@code report.html}
 * beside it, a row in {@code reconstructions}, the model and the session's end in the registry. A
 * session that cannot be reconstructed ends as {@code failed} with one sentence. One Spark task a
 * session; a second run finds nothing to do.
 */
public final class ReconstructJob implements Job {
  private record Pending(String session, String organization) implements Serializable {}

  @Override
  public String name() {
    return "reconstruct";
  }

  @Override
  public String help() {
    return "photo sessions to 3D models (Gaussian splats), judged on held-out photographs";
  }

  @Override
  public List<Setting<?>> settings() {
    return ReconstructSettings.ALL;
  }

  @Override
  public JobReport run(JobContext context) {
    long start = System.nanoTime();
    ReconstructSettings settings = ReconstructSettings.of(context.values());
    SessionStores stores =
        new SessionStores(context.objectSettings(), context.registry().settings());
    SessionTask task = new SessionTask(stores, settings.training());
    Tally tally = new Tally();
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(context.spark().sparkContext());
    // As many at a time as run at once: the first to end need not wait for all.
    int most = Math.max(1, spark.defaultParallelism());
    for (List<PendingSession> batch = context.registry().sessionsToReconstruct(most);
        !batch.isEmpty() && tally.isNew(batch);
        batch = context.registry().sessionsToReconstruct(most)) {
      context.progress().report("reconstructing sessions", tally.seen(), 0);
      List<SessionResult> results = results(spark, batch, task);
      record(context, results);
      results.forEach(tally::add);
    }
    return tally.report((System.nanoTime() - start) / 1e9);
  }

  private static List<SessionResult> results(
      JavaSparkContext spark, List<PendingSession> batch, SessionTask task) {
    List<Pending> pending =
        batch.stream()
            .map(p -> new Pending(p.session().toString(), p.organization().toString()))
            .toList();
    return spark
        .parallelize(new ArrayList<>(pending), pending.size())
        .flatMap(
            p ->
                task.run(UUID.fromString(p.session()), UUID.fromString(p.organization())).stream()
                    .iterator())
        .collect(); // one small row a session of the batch
  }

  // The lake first: a row without a completed session is mended by the next run, not the reverse.
  private static void record(JobContext context, List<SessionResult> results) {
    if (results.isEmpty()) {
      return;
    }
    Reconstructions.in(context.lake())
        .merge(
            context
                .spark()
                .createDataFrame(
                    SessionResult.rows(results, context.run().toString()), SessionResult.SCHEMA));
    results.forEach(result -> finish(context.registry(), result));
  }

  private static void finish(JobRegistry registry, SessionResult result) {
    UUID session = UUID.fromString(result.session());
    SessionResult.Model model = result.model();
    if (model == null) {
      registry.failSession(session, result.reason());
      return;
    }
    ModelArtifact artifact =
        new ModelArtifact(
            new ObjectKey(model.key()), ModelFormat.PLY, model.bytes(), model.sha256());
    String metrics =
        String.format(
            Locale.ROOT,
            "{\"psnr\": %.4f, \"ssim\": %.5f, \"gaussians\": %d, \"photos\": %d, \"registered\":"
                + " %d, \"seconds\": %.1f}",
            model.psnr(),
            model.ssim(),
            model.gaussians(),
            model.photos(),
            model.registered(),
            model.seconds());
    registry.completeSession(session, artifact, result.version(), metrics);
  }

  private static final class Tally {
    private final java.util.Set<UUID> sessions = new java.util.HashSet<>();
    private final Map<String, Long> rejected = new TreeMap<>();
    private long completed;
    private double psnr;

    /** Whether a batch brings anything: a session nobody could take must not be asked for ever. */
    boolean isNew(List<PendingSession> batch) {
      return sessions.addAll(batch.stream().map(PendingSession::session).toList());
    }

    long seen() {
      return completed + rejected.values().stream().mapToLong(Long::longValue).sum();
    }

    void add(SessionResult result) {
      SessionResult.Model model = result.model();
      if (model == null) {
        rejected.merge(result.code(), 1L, Long::sum);
      } else {
        completed++;
        psnr += model.psnr();
      }
    }

    JobReport report(double seconds) {
      Map<String, String> notes =
          completed == 0
              ? Map.of()
              : Map.of("mean PSNR", String.format(Locale.ROOT, "%.2f dB", psnr / completed));
      return new JobReport("reconstruct", seen(), completed, rejected, seconds, notes);
    }
  }
}
