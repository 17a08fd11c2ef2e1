package fovea.reconstruct;

import fovea.contract.capture.Limits;
import fovea.contract.capture.ObjectKey;
import fovea.contract.errors.CallerMistake;
import fovea.contract.hash.Sha256;
import fovea.objects.ObjectStore;
import fovea.reconstruct.gate.SessionVerdict;
import fovea.reconstruct.modelling.Outcome;
import fovea.reconstruct.modelling.Reconstruction;
import fovea.reconstruct.modelling.Stages;
import fovea.registry.JobRegistry;
import fovea.registry.JobRegistry.PendingSession;
import fovea.registry.JobRegistry.PhotoVerdict;
import fovea.registry.JobRegistry.SessionFile;
import fovea.splat.train.TrainSettings;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session on an executor: takes it, fetches its accepted files into a private scratch folder,
 * reconstructs, writes model and reports. The registry learns the end from the driver, after the
 * lake has the row: a driver that dies in between leaves a session that can be taken again.
 */
final class SessionTask implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(SessionTask.class);
  private static final int LAST_PERCENT = 99;

  private final SessionStores stores;
  private final TrainSettings settings;

  SessionTask(SessionStores stores, TrainSettings settings) {
    this.stores = stores;
    this.settings = settings;
  }

  /** Empty where another run has taken the session. */
  Optional<SessionResult> run(UUID session, UUID organization) {
    try (JobRegistry registry = stores.registry();
        ObjectStore objects = stores.objects()) {
      if (!registry.startProcessing(session)) {
        return Optional.empty();
      }
      int version = registry.nextModelVersion(session);
      return Optional.of(
          attempt(new PendingSession(session, organization), version, registry, objects));
    }
  }

  private SessionResult attempt(
      PendingSession session, int version, JobRegistry registry, ObjectStore objects) {
    try {
      Path scratch = Files.createTempDirectory("fovea-session-");
      try {
        SessionResult.Model model = model(session.session(), version, scratch, registry, objects);
        return result(session, version, "", "", model);
      } finally {
        delete(scratch);
      }
    } catch (CallerMistake mistake) {
      return result(session, version, mistake.code(), String.valueOf(mistake.getMessage()), null);
    } catch (IOException | RuntimeException fault) {
      LOG.error("session {} failed", session.session(), fault);
      return result(
          session, version, "fault", "The reconstruction stopped by a fault of Fovea.", null);
    }
  }

  private static SessionResult result(
      PendingSession session,
      int version,
      String code,
      String reason,
      SessionResult.@org.jspecify.annotations.Nullable Model model) {
    return new SessionResult(
        session.session().toString(),
        session.organization().toString(),
        version,
        code,
        reason,
        model,
        Timestamp.from(Instant.now()));
  }

  private SessionResult.Model model(
      UUID session, int version, Path scratch, JobRegistry registry, ObjectStore objects)
      throws IOException {
    Path photos = Files.createDirectory(scratch.resolve("photos"));
    Path out = scratch.resolve("out");
    fetch(registry.acceptedFiles(session), photos, objects);
    Outcome outcome =
        new Reconstruction(settings, new Reporting(session, registry))
            .run(photos, Optional.empty(), out);
    ObjectKey key = ObjectKey.model(session, version, "model.ply");
    Path ply = out.resolve("model.ply");
    objects.write(
        ObjectKey.model(session, version, "report.json"),
        out.resolve("report.json"),
        "application/json");
    objects.write(
        ObjectKey.model(session, version, "report.html"), out.resolve("report.html"), "text/html");
    objects.write(
        ObjectKey.model(session, version, "photos.csv"), out.resolve("photos.csv"), "text/csv");
    objects.write(key, ply, fovea.contract.model.ModelFormat.PLY.mediaType());
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
        key.path(),
        Sha256.of(ply),
        Files.size(ply));
  }

  // Names were checked when they were registered; a path out of the folder is still refused here.
  private static void fetch(List<SessionFile> files, Path folder, ObjectStore objects)
      throws IOException {
    for (SessionFile file : files) {
      Path target = folder.resolve(file.name()).normalize();
      if (!folder.equals(target.getParent())) {
        throw new CallerMistake(
            "bad-file-name", "A file of the session has a name that is a path", "Rename the file");
      }
      byte[] content =
          objects
              .read(new ObjectKey(file.objectKey()), Limits.MAX_BYTES)
              .orElseThrow(
                  () ->
                      new CallerMistake(
                          "object-missing",
                          "A file of the session is missing from storage",
                          "Upload the session again"));
      Files.write(target, content);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException left) {
      throw new UncheckedIOException("cannot delete the photographs in scratch", left);
    }
  }

  /** Tells the registry when the whole percent or the stage changes, at most. */
  private static final class Reporting implements Stages {
    private final UUID session;
    private final JobRegistry registry;
    private String last = "";

    Reporting(UUID session, JobRegistry registry) {
      this.session = session;
      this.registry = registry;
    }

    @Override
    public void gated(SessionVerdict verdict) {
      registry.recordVerdicts(
          session,
          verdict.photos().stream()
              .map(p -> new PhotoVerdict(p.name(), p.grade().word(), p.sentences()))
              .toList());
    }

    @Override
    public void report(String stage, long done, long total) {
      boolean training = stage.equals("training");
      int percent = training ? (int) (LAST_PERCENT * done / total) : 0;
      percent = stage.equals("judging") ? LAST_PERCENT : percent;
      String now = stage + percent;
      if (!now.equals(last)) {
        last = now;
        registry.reportProgress(session, stage, percent);
      }
    }
  }
}
