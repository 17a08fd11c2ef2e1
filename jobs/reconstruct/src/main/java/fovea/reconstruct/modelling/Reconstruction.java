package fovea.reconstruct.modelling;

import fovea.contract.errors.CallerMistake;
import fovea.scene.InitialPoints;
import fovea.scene.PhotoFolder;
import fovea.scene.PhotoSet;
import fovea.scene.PictureReader;
import fovea.scene.PointCloud;
import fovea.scene.PosesReader;
import fovea.scene.Region;
import fovea.scene.SparseScene;
import fovea.scene.View;
import fovea.splat.export.SplatPly;
import fovea.splat.model.Splats;
import fovea.splat.render.Camera;
import fovea.splat.render.Workers;
import fovea.splat.render.cpu.CpuRasterizer;
import fovea.splat.train.Evaluation;
import fovea.splat.train.TrainSettings;
import fovea.splat.train.Trainer;
import fovea.splat.train.Trainers;
import fovea.splat.train.TrainingScene;
import fovea.splat.train.TrainingView;
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
 * <p>Every eighth photograph in name order is held out of training and judges the model.
 */
public final class Reconstruction {
  /** Fewest views with a pose: two to train on and one to judge by. */
  public static final int LEAST_VIEWS = 3;

  private static final int HOLD_OUT_EVERY = 8;

  /** Share of the heap training may take. */
  private static final double HEAP_SHARE = 0.8;

  /** The near plane, as a share of the distance to what the cameras look at. */
  private static final double NEAR = 0.02;

  private final TrainSettings settings;
  private final Stages stages;

  /** Says where a reconstruction is: done and total count steps of training, else 0. */
  @FunctionalInterface
  public interface Stages {
    /** {@code total} is 0 where unknown. */
    void report(String stage, long done, long total);
  }

  /** With these settings. */
  public Reconstruction(TrainSettings settings, Stages stages) {
    this.settings = settings;
    this.stages = stages;
  }

  /**
   * Reconstructs and writes {@code model.ply}, {@code report.json} and {@code report.html}.
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
      Prepared prepared = prepare(sparse);
      LossCurve curve = new LossCurve(settings.iterations());
      Trained trained = train(prepared, curve);
      stages.report("judging", 0, 0);
      List<Evaluation.Result> heldOut = judge(prepared, trained.splats());
      SplatPly.write(trained.splats(), out.resolve("model.ply"));
      Outcome outcome =
          new Outcome(
              photos.photos().size() + photos.skipped().size(),
              prepared.views.size(),
              sparse.reprojectionErrorPixels(),
              trained.splats().count(),
              settings.iterations(),
              (System.nanoTime() - start) / 1e9,
              heldOut.stream().mapToDouble(Evaluation.Result::psnr).average().orElseThrow(),
              heldOut.stream().mapToDouble(Evaluation.Result::ssim).average().orElseThrow(),
              trained.device(),
              warnings(photos, sparse, prepared));
      ReportJson.write(outcome, settings, heldOut, out.resolve("report.json"));
      ReportHtml.write(
          outcome, heldOut, curve, prepared.views, prepared.points, out.resolve("report.html"));
      return outcome;
    } catch (IOException unwritable) {
      throw new UncheckedIOException("cannot write to " + out, unwritable);
    }
  }

  private record Trained(Splats splats, String device) {}

  private static final class Prepared {
    final List<View> views = new ArrayList<>();
    final List<TrainingView> training = new ArrayList<>();
    final List<TrainingView> heldOut = new ArrayList<>();
    final List<String> warnings = new ArrayList<>();
    PointCloud points = PointCloud.empty();
  }

  private static Path poses(Path photoFolder, Optional<Path> poses) {
    if (poses.isPresent()) {
      return poses.get();
    }
    return PosesReader.find(photoFolder)
        .orElseThrow(
            () -> PosesReader.needed("There are no poses beside the photographs " + photoFolder));
  }

  private static List<String> warnings(PhotoSet photos, SparseScene sparse, Prepared prepared) {
    List<String> all = new ArrayList<>();
    photos.skipped().forEach(s -> all.add(s.name() + " skipped: " + s.reason()));
    all.addAll(sparse.warnings());
    all.addAll(prepared.warnings);
    return all;
  }

  private Prepared prepare(SparseScene sparse) throws IOException {
    Prepared prepared = new Prepared();
    requireViews(sparse.views().size(), List.of());
    Region region = Region.seenBy(sparse.views());
    List<TrainingView> all = new ArrayList<>();
    for (View view : sparse.views()) {
      stages.report("decoding photographs", all.size(), sparse.views().size());
      try {
        all.add(trainingView(view, region));
        prepared.views.add(view);
      } catch (IOException undecodable) {
        prepared.warnings.add(view.name() + " skipped: " + undecodable.getMessage());
      }
    }
    requireViews(all.size(), prepared.warnings);
    for (int i = 0; i < all.size(); i++) {
      (i % HOLD_OUT_EVERY == 0 ? prepared.heldOut : prepared.training).add(all.get(i));
    }
    prepared.points = points(sparse, prepared);
    return prepared;
  }

  private PointCloud points(SparseScene sparse, Prepared prepared) throws IOException {
    if (sparse.points().size() > 0) {
      return sparse.points();
    }
    stages.report("carving first points", 0, 0);
    // Held-out photographs must not shape the model.
    List<String> names = prepared.training.stream().map(TrainingView::name).toList();
    List<View> seen = prepared.views.stream().filter(v -> names.contains(v.name())).toList();
    return InitialPoints.of(seen, Math.max(1, settings.cap() * 3 / 5), settings.seed());
  }

  private TrainingView trainingView(View view, Region region) throws IOException {
    double distance = view.pose().toCamera(region.x(), region.y(), region.z())[2];
    Camera camera =
        new Camera(
            PictureReader.camera(view, settings.longest()),
            view.pose(),
            Math.max(1e-6, NEAR * Math.abs(distance)));
    return new TrainingView(
        view.name(), camera, PictureReader.undistorted(view, settings.longest()));
  }

  private static void requireViews(int views, List<String> warnings) {
    if (views < LEAST_VIEWS) {
      throw new CallerMistake(
          "too-few-photos",
          "Only "
              + views
              + " photographs can be used with their poses"
              + (warnings.isEmpty() ? "" : " (" + warnings.get(0) + ")"),
          "Give at least " + LEAST_VIEWS + ", better 20, from all sides");
    }
  }

  private Trained train(Prepared prepared, LossCurve curve) {
    TrainingScene scene = new TrainingScene(prepared.training, prepared.points);
    Trainer trainer = Trainers.best();
    requireMemory(trainer.bytes(scene, settings));
    Splats splats =
        trainer.train(
            scene,
            settings,
            p -> {
              curve.add(p.iteration(), p.loss());
              stages.report("training", p.iteration(), p.iterations());
            });
    return new Trained(splats, trainer.device());
  }

  private static void requireMemory(long bytes) {
    long most = (long) (HEAP_SHARE * Runtime.getRuntime().maxMemory());
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
      return prepared.heldOut.stream()
          .map(view -> Evaluation.of(splats, view, settings, rasterizer, workers))
          .toList();
    }
  }
}
