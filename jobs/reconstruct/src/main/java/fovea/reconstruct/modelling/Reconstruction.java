package fovea.reconstruct.modelling;

import fovea.contract.errors.CallerMistake;
import fovea.reconstruct.gate.SessionVerdict;
import fovea.reconstruct.modelling.Posing.Posed;
import fovea.reconstruct.modelling.Preparation.Prepared;
import fovea.scene.PhotoFolder;
import fovea.scene.PhotoSet;
import fovea.scene.Picture;
import fovea.scene.PosesReader;
import fovea.scene.SparseScene;
import fovea.sfm.Poses;
import fovea.splat.export.ModelFiles;
import fovea.splat.model.Splats;
import fovea.splat.render.Workers;
import fovea.splat.render.cpu.CpuRasterizer;
import fovea.splat.train.Checkpoints;
import fovea.splat.train.Evaluation;
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
 * A folder of photographs, with poses or without, to a model.
 *
 * <p>Photographs that are blurred, too dark or show a view again are left out. Of the others every
 * eighth in name order is held out of training and judges the model.
 */
public final class Reconstruction {
  private final TrainSettings settings;
  private final Mask mask;
  private final Poses posesBy;
  private final Stages stages;
  private final Checkpoints checkpoints;

  /** With these settings; poses that are not given are found by {@link Poses#AUTO}. */
  public Reconstruction(TrainSettings settings, Mask mask, Stages stages, Checkpoints checkpoints) {
    this(settings, mask, Poses.AUTO, stages, checkpoints);
  }

  /**
   * With these settings; a training that was cut off goes on from its checkpoint.
   *
   * @param posesBy who finds poses that are not given
   */
  public Reconstruction(
      TrainSettings settings, Mask mask, Poses posesBy, Stages stages, Checkpoints checkpoints) {
    this.settings = settings;
    this.mask = mask;
    this.posesBy = posesBy;
    this.stages = stages;
    this.checkpoints = checkpoints;
  }

  /**
   * Reconstructs and writes the model in every format, {@code preview.jpg}, {@code turntable.gif},
   * {@code report.json}, {@code report.html}, {@code cameras.json}, {@code points.ply} and {@code
   * photos.csv}; the last also where the photographs do not suffice, the two before it also where
   * training fails. Poses that had to be found lie in {@code sparse}, as COLMAP's text.
   *
   * @param poses file or folder; where empty they are looked for beside the photographs, and found
   *     from the photographs where there are none
   * @param out folder, made where missing
   * @throws CallerMistake for missing photographs, photographs that do not hang together, damaged
   *     files, too little memory
   * @throws ReconstructionStopped where the stages asked for it
   */
  public Outcome run(Path photoFolder, Optional<Path> poses, Path out) {
    long start = System.nanoTime();
    stages.report("reading photographs", 0, 0);
    PhotoSet photos = PhotoFolder.read(photoFolder);
    Optional<Posed> given =
        poses
            .or(() -> PosesReader.find(photoFolder))
            .map(p -> new Posed(PosesReader.read(p, photos), Optional.empty()));
    try {
      Files.createDirectories(out);
      SessionVerdict gate = Gating.of(photos, stages);
      stages.gated(gate);
      ReportPhotos.write(gate, out.resolve("photos.csv"));
      Posed posed =
          given.isPresent()
              ? given.get()
              : new Posing(posesBy, settings, stages).find(photos, photoFolder, gate, out);
      SparseScene sparse = posed.scene();
      Prepared prepared = new Preparation(settings, mask, stages).of(sparse, gate.rejected());
      PartialProducts.write(prepared.views(), prepared.points(), out);
      LossCurve curve = new LossCurve(settings.iterations());
      Trained trained = train(prepared, curve);
      stages.report("judging", 0, 0);
      Judged judged = judge(prepared, trained.splats(), out);
      List<Evaluation.Result> heldOut = judged.heldOut();
      stages.report("writing the model", 0, 0);
      ModelFiles.write(trained.splats(), out);
      Outcome outcome =
          new Outcome(
              photos.photos().size() + photos.skipped().size(),
              prepared.registered(),
              prepared.views().size(),
              gate,
              sparse.reprojectionErrorPixels(),
              posed.report(),
              trained.splats().count(),
              settings.iterations(),
              (System.nanoTime() - start) / 1e9,
              heldOut.stream().mapToDouble(Evaluation.Result::psnr).average().orElseThrow(),
              heldOut.stream().mapToDouble(Evaluation.Result::ssim).average().orElseThrow(),
              trained.device(),
              warnings(photos, gate, sparse, prepared));
      ReportJson.write(outcome, settings, heldOut, out.resolve("report.json"));
      ReportHtml.write(
          outcome,
          heldOut,
          curve,
          prepared.views(),
          prepared.points(),
          judged.turntable(),
          out.resolve("report.html"));
      return outcome;
    } catch (IOException unwritable) {
      throw new UncheckedIOException("cannot write to " + out, unwritable);
    }
  }

  private record Trained(Splats splats, String device) {}

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
    try {
      Splats splats =
          trainer.train(scene, settings, new TrainingStages(stages, curve), checkpoints);
      return new Trained(splats, trainer.device());
    } catch (TrainingStopped asked) {
      throw new ReconstructionStopped();
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

  private record Judged(List<Evaluation.Result> heldOut, List<Picture> turntable) {}

  private Judged judge(Prepared prepared, Splats splats, Path out) throws IOException {
    try (Workers workers = new Workers(settings.threads());
        CpuRasterizer rasterizer = new CpuRasterizer(workers)) {
      List<Evaluation.Result> heldOut =
          prepared.heldOut().stream()
              .map(view -> Evaluation.of(splats, view, settings, rasterizer, workers))
              .toList();
      return new Judged(
          heldOut, Renders.write(splats, prepared.views(), settings, rasterizer, out));
    }
  }
}
