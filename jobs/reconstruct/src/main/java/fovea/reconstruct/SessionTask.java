package fovea.reconstruct;

import fovea.contract.capture.ObjectKey;
import fovea.contract.errors.CallerMistake;
import fovea.objects.ObjectStore;
import fovea.reconstruct.SessionResult.End;
import fovea.reconstruct.modelling.Outcome;
import fovea.reconstruct.modelling.Reconstruction;
import fovea.reconstruct.modelling.ReconstructionStopped;
import fovea.registry.JobRegistry;
import fovea.registry.SessionLeases.Lease;
import fovea.registry.SessionLeases.Standing;
import fovea.splat.train.Checkpoints;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session on an executor: claims it, fetches its accepted files into a private scratch folder,
 * reconstructs under the watch of its lease, writes model and reports. The registry learns the end
 * from the driver, after the lake has the row: a driver that dies in between leaves a session whose
 * lease runs out.
 */
final class SessionTask implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(SessionTask.class);

  private final SessionStores stores;
  private final ReconstructSettings settings;
  private final LeaseTimes times;

  SessionTask(SessionStores stores, ReconstructSettings settings, LeaseTimes times) {
    this.stores = stores;
    this.settings = settings;
    this.times = times;
  }

  /** Empty where another has the session, or took it over meanwhile. */
  Optional<SessionResult> run(UUID session, String organization) {
    try (JobRegistry registry = stores.registry();
        ObjectStore objects = stores.objects()) {
      return registry
          .sessionLeases()
          .claim(session, times.lease(), times.tries())
          .flatMap(lease -> attempt(lease, organization, registry, objects));
    }
  }

  private Optional<SessionResult> attempt(
      Lease lease, String organization, JobRegistry registry, ObjectStore objects) {
    WatchedTry watch = new WatchedTry(registry.sessionLeases(), lease, times);
    try (Scratch scratch = new Scratch()) {
      SessionResult.Model model = watch.run(() -> model(lease, scratch, watch, registry, objects));
      return Optional.of(SessionResult.completed(lease, organization, model));
    } catch (ReconstructionStopped asked) {
      return watch.standing() == Standing.CANCEL
          ? Optional.of(
              SessionResult.without(lease, organization, End.CANCELLED, "cancelled", "Withdrawn."))
          : Optional.empty();
    } catch (CallerMistake mistake) {
      return Optional.of(
          SessionResult.without(
              lease,
              organization,
              End.FAILED,
              mistake.code(),
              String.valueOf(mistake.getMessage())));
    } catch (Exception fault) {
      LOG.error("session {}, try {} broke", lease.session(), lease.attempt(), fault);
      Fault told = Fault.of(fault, times);
      return Optional.of(
          SessionResult.without(lease, organization, End.BROKEN, told.code(), told.sentence()));
    }
  }

  private SessionResult.Model model(
      Lease lease, Scratch scratch, WatchedTry watch, JobRegistry registry, ObjectStore objects)
      throws IOException {
    Path photos = scratch.fetch(registry.acceptedFiles(lease.session()), objects);
    Path out = scratch.folder().resolve("out");
    Outputs outputs = new Outputs(objects, lease);
    Checkpoints checkpoints =
        new ObjectCheckpoints(
            objects, ObjectKey.checkpoint(lease.session()), scratch.folder(), times.checkpoint());
    Outcome outcome;
    try {
      outcome =
          new Reconstruction(
                  settings.training(),
                  settings.mask(),
                  new Reporting(registry, lease, watch),
                  checkpoints)
              .run(photos, Optional.empty(), out);
    } finally {
      if (watch.standing() != Standing.LOST) {
        outputs.keepReports(out);
      }
    }
    return new SessionResult.Model(
        outcome.photos(),
        outcome.registered(),
        outcome.gaussians(),
        outcome.iterations(),
        outcome.psnr(),
        outcome.ssim(),
        outcome.reprojectionErrorPixels().isPresent()
            ? (Double) outcome.reprojectionErrorPixels().getAsDouble()
            : null,
        outcome.seconds(),
        outputs.keepModel(out));
  }
}
