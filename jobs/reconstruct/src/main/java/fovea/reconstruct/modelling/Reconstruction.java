package fovea.reconstruct.modelling;

import fovea.contract.errors.CallerMistake;
import fovea.reconstruct.gate.SessionVerdict;
import fovea.reconstruct.modelling.Preparation.Prepared;
import fovea.scene.PhotoFolder;
import fovea.scene.PhotoSet;
import fovea.scene.PosesReader;
import fovea.scene.SparseScene;
import fovea.splat.export.SplatPly;
import fovea.splat.model.Splats;
import fovea.splat.render.Workers;
import fovea.splat.render.cpu.CpuRasterizer;
import fovea.splat.train.Checkpoints;
import fovea.splat.train.Evaluation;
import fovea.splat.train.TrainListener;
import fovea.splat.train.TrainSettings;
import fovea.splat.train.Trainer;
import fovea.splat.train.Trainers;
import fovea.splat.train.TrainingScene;
import fovea.splat.train.TrainingStopped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A folder of photographs and their poses to a model.
 *
 * <p>Photographs that are blurred, too dark or show a view again are left out. Of the others every
 * eighth in name order is held out of training and judges the model.
 */
public final class Reconstruction {
  private final TrainSettings settings;
  private final Stages stages;

  /** With these settings. */
  public Reconstruction(TrainSettings settings, Stages stages) {
    this.settings = settings;
    this.stages = stages;
  }

  /**
   * Reconstructs and writes {@code model.ply}, {@code report.json}, {@code report.html} and {@code
   * photos.csv}; the last also where the photographs do not suffice.
   *
   * @param poses file or folder; where empty they are looked for beside the photographs
   * @param out folder, made where missing
   * @throws CallerMistake for missing photographs or poses, damaged files, too little memory
   */
  public Outcome run(Path photoFolder, Optional<Path> poses, Path out) {
    long start = System.nanoTime();
    stages.report("reading photographs", 0, 0);
    PhotoSet photos = PhotoFolder.read(photoFolder);
    SparseScene sparse = PosesReader.read(poses(photoFolder, poses), photos);
    try {
      Files.createDirectories(out);
      SessionVerdict gate = Gating.of(photos, stages);
      stages.gated(gate);
      ReportPhotos.write(gate, out.resolve("photos.csv"));
      Prepared prepared = new Preparation(settings, stages).of(sparse, gate.rejected());
      LossCurve curve = new LossCurve(settings.iterations());
      Trained trained = train(prepared, curve);
      stages.report("judging", 0, 0);
      List<Evaluation.Result> heldOut = judge(prepared, trained.splats());
      SplatPly.write(trained.splats(), out.resolve("model.ply"));
      Outcome outcome =
          new Outcome(
              photos.photos().size() + photos.skipped().size(),
              prepared.registered(),
              prepared.views().size(),
              gate,
              sparse.reprojectionErrorPixels(),
              trained.splats().count(),
              settings.iterations(),
              (System.nanoTime() - start) / 1e9,
              heldOut.stream().mapToDouble(Evaluation.Result::psnr).average().orElseThrow(),
              heldOut.stream().mapToDouble(Evaluation.Result::ssim).average().orElseThrow(),
              trained.device(),
              warnings(photos, gate, sparse, prepared));
      ReportJson.write(outcome, settings, heldOut, out.resolve("report.json"));
      ReportHtml.write(
          outcome, heldOut, curve, prepared.views(), prepared.points(), out.resolve("report.html"));
      return outcome;
    } catch (IOException unwritable) {
      throw new UncheckedIOException("cannot write to " + out, unwritable);
    }
  }

  private record Trained(Splats splats, String device) {}

  private static Path poses(Path photoFolder, Optional<Path> poses) {
    if (poses.isPresent()) {
      return poses.get();
    }
    return PosesReader.find(photoFolder)
        .orElseThrow(
            () -> PosesReader.needed("There are no poses beside the photographs " + photoFolder));
  }

  private static List<String> warnings(
      PhotoSet photos, SessionVerdict gate, SparseScene sparse, Prepared prepared) {
    List<String> all = new ArrayList<>();
    photos.skipped().forEach(s -> all.add(s.name() + " skipped: " + s.reason()));
    all.addAll(Gating.sentences(gate));
    all.addAll(sparse.warnings());
    all.addAll(prepared.warnings());
    return all;
  }

  private Trained train(Prepared prepared, LossCurve curve) {
    TrainingScene scene = new TrainingScene(prepared.training(), prepared.points());
    Trainer trainer = Trainers.best();
    requireMemory(trainer.bytes(scene, settings), trainer.room());
    TrainListener listener =
        p -> {
          curve.add(p.iteration(), p.loss());
          stages.report("training", p.iteration(), p.iterations());
        };
    try {
      Splats splats = trainer.train(scene, settings, listener, Checkpoints.none());
      return new Trained(splats, trainer.device());
    } catch (TrainingStopped nobodyAsked) {
      throw new IllegalStateException(nobodyAsked);
    }
  }

  private static void requireMemory(long bytes, long most) {
    if (bytes > most) {
      throw new CallerMistake(
          "too-little-memory",
          "Training needs about " + (bytes >> 20) + " MiB and may take " + (most >> 20),
          "Lower --cap or --resolution, or give Java a larger -Xmx");
    }
  }

  private List<Evaluation.Result> judge(Prepared prepared, Splats splats) {
    try (Workers workers = new Workers(settings.threads());
        CpuRasterizer rasterizer = new CpuRasterizer(workers)) {
      return prepared.heldOut().stream()
          .map(view -> Evaluation.of(splats, view, settings, rasterizer, workers))
          .toList();
    }
  }
}
