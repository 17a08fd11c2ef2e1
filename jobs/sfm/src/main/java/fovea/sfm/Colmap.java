package fovea.sfm;

import fovea.contract.errors.CallerMistake;
import fovea.scene.Intrinsics;
import fovea.scene.KnownIntrinsics;
import fovea.scene.Photo;
import fovea.scene.PhotoSet;
import fovea.scene.PointTracks;
import fovea.scene.PosesReader;
import fovea.scene.SparseScene;
import fovea.scene.View;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** COLMAP 3.8 or newer as processes of its own, on the CPU; of several models the largest. */
final class Colmap implements StructureFromMotion {
  private static final String PROGRAM = "colmap";

  // SIFT's peaks in COLMAP's scale: below its standard of 0.0067, as skin and plaster need it.
  private static final String PEAK = "0.003";

  private final Path program;
  private final SfmSettings settings;

  private Colmap(Path program, SfmSettings settings) {
    this.program = program;
    this.settings = settings;
  }

  static Colmap installed(SfmSettings settings) {
    return new Colmap(
        find()
            .orElseThrow(
                () ->
                    new CallerMistake(
                        "colmap-missing",
                        "There is no colmap on the PATH",
                        "Install COLMAP, or leave --poses-by at auto")),
        settings);
  }

  /** The program on the PATH, if any. */
  static Optional<Path> find() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, PROGRAM))
        .filter(Files::isExecutable)
        .findFirst();
  }

  @Override
  public Solution solve(PhotoSet photos, KnownIntrinsics known, SfmListener listener) {
    long start = System.nanoTime();
    try {
      Path folder = Files.createTempDirectory("fovea-colmap-");
      try {
        SparseScene scene = model(photos, known, listener, folder);
        return solution(photos, known, scene, (System.nanoTime() - start) / 1e9);
      } finally {
        delete(folder);
      }
    } catch (IOException unwritable) {
      throw new UncheckedIOException("cannot work in the temporary folder", unwritable);
    }
  }

  private SparseScene model(
      PhotoSet photos, KnownIntrinsics known, SfmListener listener, Path folder)
      throws IOException {
    Path images = Files.createDirectory(folder.resolve("images"));
    for (Photo photo : photos.photos()) {
      Files.createSymbolicLink(images.resolve(photo.name()), photo.file().toAbsolutePath());
    }
    Path models = Files.createDirectory(folder.resolve("sparse"));
    ColmapProcess process = new ColmapProcess(program, folder);
    listener.report("COLMAP: finding points", 0, 0);
    process.run("feature_extractor", extraction(photos, known, images));
    listener.report("COLMAP: comparing photographs", 0, 0);
    process.run(
        "exhaustive_matcher",
        List.of(
            "--SiftMatching.use_gpu",
            "0",
            "--SiftMatching.num_threads",
            String.valueOf(settings.threads())));
    listener.report("COLMAP: finding poses", 0, 0);
    boolean allKnown = photos.photos().stream().allMatch(p -> known.of(p).isPresent());
    String refine = allKnown ? "0" : "1";
    process.run(
        "mapper",
        List.of(
            "--image_path", images.toString(),
            "--output_path", models.toString(),
            "--Mapper.num_threads", String.valueOf(settings.threads()),
            "--Mapper.ba_refine_focal_length", refine,
            "--Mapper.ba_refine_extra_params", refine));
    return largest(models, photos);
  }

  private List<String> extraction(PhotoSet photos, KnownIntrinsics known, Path images) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--image_path", images.toString(),
                "--SiftExtraction.use_gpu", "0",
                "--SiftExtraction.max_image_size", String.valueOf(settings.longest()),
                "--SiftExtraction.max_num_features", String.valueOf(settings.features()),
                "--SiftExtraction.peak_threshold", PEAK,
                "--SiftExtraction.num_threads", String.valueOf(settings.threads())));
    boolean oneSize =
        photos.photos().stream().map(p -> p.width() + "x" + p.height()).distinct().count() == 1;
    options.addAll(List.of("--ImageReader.single_camera", oneSize ? "1" : "0"));
    if (oneSize) {
      known.of(photos.photos().get(0)).ifPresent(c -> options.addAll(parameters(c)));
    }
    return options;
  }

  private static List<String> parameters(Intrinsics c) {
    return List.of(
        "--ImageReader.camera_model",
        "OPENCV",
        "--ImageReader.camera_params",
        String.format(
            Locale.ROOT,
            "%.6f,%.6f,%.6f,%.6f,%.9f,%.9f,%.9f,%.9f",
            c.fx(),
            c.fy(),
            c.cx(),
            c.cy(),
            c.k1(),
            c.k2(),
            c.p1(),
            c.p2()));
  }

  private static SparseScene largest(Path models, PhotoSet photos) throws IOException {
    try (Stream<Path> all = Files.list(models)) {
      return all.sorted()
          .filter(m -> PosesReader.find(m).isPresent())
          .map(m -> PosesReader.read(m, photos))
          .max(
              Comparator.comparingInt((SparseScene s) -> s.views().size())
                  .thenComparingInt(s -> s.points().size()))
          .filter(s -> s.views().size() >= Finishing.LEAST_POSES)
          .orElseThrow(() -> Finishing.tooFew(0, photos.photos().size()));
    }
  }

  private Solution solution(
      PhotoSet photos, KnownIntrinsics known, SparseScene scene, double seconds) {
    List<String> registered = scene.views().stream().map(View::name).toList();
    Map<String, String> failed = new LinkedHashMap<>();
    photos.skipped().forEach(s -> failed.put(s.name(), s.reason()));
    photos.photos().stream()
        .map(Photo::name)
        .filter(name -> !registered.contains(name))
        .forEach(name -> failed.put(name, "COLMAP could not join it to the others"));
    boolean allKnown = photos.photos().stream().allMatch(p -> known.of(p).isPresent());
    List<String> warnings = new ArrayList<>();
    failed.forEach((name, why) -> warnings.add(name + " has no pose: " + why));
    PoseReport report =
        new PoseReport(
            PROGRAM,
            photos.photos().size() + photos.skipped().size(),
            registered,
            failed,
            scene.reprojectionErrorPixels().orElse(Double.NaN),
            0,
            scene.points().size(),
            allKnown ? "known" : "found",
            scene.views().stream().mapToDouble(v -> v.intrinsics().fx()).average().orElseThrow(),
            seconds);
    SparseScene told =
        new SparseScene(scene.views(), scene.points(), scene.reprojectionErrorPixels(), warnings);
    return new Solution(told, PointTracks.unknown(scene.points().size()), report);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
