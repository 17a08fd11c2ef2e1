package fovea.reconstruct;

import fovea.contract.settings.Setting;
import fovea.runtime.Job;
import fovea.runtime.JobContext;
import fovea.runtime.JobReport;
import java.util.List;

/**
 * {@code reconstruct}: every session whose files are ingested becomes a model.
 *
 * <p>Reads the registry's sessions in status {@code ingested}, or whose worker was not heard of for
 * a lease's time, and their accepted files; writes {@code models/{session}/{version}/model.*} with
 * reports and pictures beside it, a row in {@code reconstructions}, the model's files and the
 * session's end in the registry. A session that cannot be reconstructed ends as {@code failed} with
 * one sentence, at once or after its last try. One Spark task a session; a second run finds nothing
 * to do.
 */
public final class ReconstructJob implements Job {
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
    LeaseTimes times = ReconstructSettings.leaseTimes(context.values());
    SessionStores stores =
        new SessionStores(context.objectSettings(), context.registry().settings());
    SessionTask task = new SessionTask(stores, settings, times);
    SessionRecorder recorder = new SessionRecorder(context, times.tries());
    recorder.settle();
    new SessionQueue(context, recorder, times.tries()).run(task);
    return recorder.report((System.nanoTime() - start) / 1e9);
  }
}
