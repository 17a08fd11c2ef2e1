package fovea.reconstruct;

import fovea.reconstruct.gate.SessionVerdict;
import fovea.reconstruct.modelling.ReconstructionStopped;
import fovea.reconstruct.modelling.Stages;
import fovea.registry.JobRegistry;
import fovea.registry.JobRegistry.PhotoVerdict;
import fovea.registry.SessionLeases.Lease;
import java.util.Optional;

/** Tells the registry a new stage at once, and how far it is once a second at most. */
final class Reporting implements Stages {
  private static final int LAST_PERCENT = 99;
  private static final long EVERY_NANOS = 1_000_000_000L;

  private final JobRegistry registry;
  private final Lease lease;
  private final WatchedTry watch;
  private Optional<Double> psnr = Optional.empty();
  private String stage = "";
  private long next;

  Reporting(JobRegistry registry, Lease lease, WatchedTry watch) {
    this.registry = registry;
    this.lease = lease;
    this.watch = watch;
  }

  @Override
  public void gated(SessionVerdict verdict) {
    registry.recordVerdicts(
        lease.session(),
        verdict.photos().stream()
            .map(p -> new PhotoVerdict(p.name(), p.grade().word(), p.sentences()))
            .toList());
  }

  @Override
  public void psnr(double now) {
    psnr = Optional.of(now);
  }

  @Override
  public boolean stop() {
    return watch.stop();
  }

  // Training asks for itself whether to stop; the stages around it are stopped here.
  @Override
  public void report(String now, long done, long total) {
    watch.progress();
    if (watch.stop()) {
      throw new ReconstructionStopped();
    }
    long time = System.nanoTime();
    if (now.equals(stage) && time - next < 0) {
      return;
    }
    stage = now;
    next = time + EVERY_NANOS;
    registry.sessionLeases().progress(lease, now, percent(now, done, total), psnr);
  }

  private static int percent(String stage, long done, long total) {
    return switch (stage) {
      case "training" -> (int) (LAST_PERCENT * done / total);
      case "judging", "writing the model" -> LAST_PERCENT;
      default -> 0;
    };
  }
}
