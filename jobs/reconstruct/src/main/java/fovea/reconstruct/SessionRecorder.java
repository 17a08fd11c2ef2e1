package fovea.reconstruct;

import fovea.contract.capture.ObjectKey;
import fovea.lake.Reconstructions;
import fovea.reconstruct.SessionResult.End;
import fovea.reconstruct.SessionResult.ModelFile;
import fovea.registry.SessionLeases;
import fovea.registry.SessionLeases.Ended;
import fovea.runtime.JobContext;
import fovea.runtime.JobReport;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Tells the lake and the registry how tries ended, one at a time, and counts them. */
final class SessionRecorder {
  private final JobContext context;
  private final SessionLeases leases;
  private final int tries;
  private final Map<String, Long> rejected = new TreeMap<>();
  private long completed;
  private double psnr;

  SessionRecorder(JobContext context, int tries) {
    this.context = context;
    this.leases = context.registry().sessionLeases();
    this.tries = tries;
  }

  // The lake first: a row without an ended session is mended by the next run, not the reverse.
  synchronized void record(SessionResult result) {
    if (result.end() == End.BROKEN) {
      leases.release(result.lease(), result.reason());
      rejected.merge(result.code(), 1L, Long::sum);
      settle();
      return;
    }
    merge(List.of(result.row(context.run().toString())));
    end(result);
    forget(result.lease().session());
  }

  /** Ends the sessions that nobody may try again. */
  synchronized void settle() {
    List<Ended> ended = leases.settle(tries);
    if (!ended.isEmpty()) {
      String run = context.run().toString();
      merge(ended.stream().map(end -> SessionResult.row(end, run)).toList());
      ended.forEach(end -> forget(end.session()));
    }
  }

  private void end(SessionResult result) {
    SessionResult.Model model = result.model();
    if (model != null) {
      leases.complete(
          result.lease(), model.files().stream().map(ModelFile::artifact).toList(), metrics(model));
      completed++;
      psnr += model.psnr();
      return;
    }
    if (result.end() == End.CANCELLED) {
      leases.cancel(result.lease());
    } else {
      leases.fail(result.lease(), result.reason());
    }
    rejected.merge(result.code(), 1L, Long::sum);
  }

  private void forget(UUID session) {
    context.objects().delete(ObjectKey.checkpoint(session));
  }

  private void merge(List<Row> rows) {
    // Plans look for their session in the thread, which may be one that Spark has never seen.
    SparkSession.setActiveSession(context.spark());
    Reconstructions.in(context.lake())
        .merge(context.spark().createDataFrame(rows, SessionResult.SCHEMA));
  }

  private static String metrics(SessionResult.Model model) {
    return String.format(
        Locale.ROOT,
        "{\"psnr\": %.4f, \"ssim\": %.5f, \"gaussians\": %d, \"photos\": %d, \"registered\":"
            + " %d, \"seconds\": %.1f}",
        model.psnr(),
        model.ssim(),
        model.gaussians(),
        model.photos(),
        model.registered(),
        model.seconds());
  }

  synchronized JobReport report(double seconds) {
    long left = rejected.values().stream().mapToLong(Long::longValue).sum();
    Map<String, String> notes =
        completed == 0
            ? Map.of()
            : Map.of("mean PSNR", String.format(Locale.ROOT, "%.2f dB", psnr / completed));
    return new JobReport("reconstruct", completed + left, completed, rejected, seconds, notes);
  }
}
