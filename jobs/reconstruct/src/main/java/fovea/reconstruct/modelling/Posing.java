package fovea.reconstruct.modelling;

import fovea.reconstruct.gate.SessionVerdict;
import fovea.scene.ColmapWriter;
import fovea.scene.KnownIntrinsics;
import fovea.scene.Photo;
import fovea.scene.PhotoSet;
import fovea.scene.SparseScene;
import fovea.sfm.PoseReport;
import fovea.sfm.Poses;
import fovea.sfm.SfmSettings;
import fovea.sfm.Solution;
import fovea.splat.train.TrainSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Poses where none were given: found from the photographs, and kept in {@code sparse}. */
final class Posing {
  private final Poses by;
  private final TrainSettings settings;
  private final Stages stages;

  Posing(Poses by, TrainSettings settings, Stages stages) {
    this.by = by;
    this.settings = settings;
    this.stages = stages;
  }

  /** Views and points, and how they were found where they were not given. */
  record Posed(SparseScene scene, Optional<PoseReport> report) {}

  /**
   * Finds poses and writes {@code sparse/cameras.txt}, {@code images.txt}, {@code points3D.txt} and
   * {@code coverage.svg} before anything is trained: whoever ends the training keeps them.
   *
   * @param folder of the photographs; a cameras.txt there tells their intrinsics
   */
  Posed find(PhotoSet photos, Path folder, SessionVerdict gate, Path out) throws IOException {
    Collection<String> rejected = gate.rejected();
    List<Photo> used = photos.photos().stream().filter(p -> !rejected.contains(p.name())).toList();
    Solution solution =
        by.with(SfmSettings.standard((int) settings.seed(), settings.threads()))
            .solve(new PhotoSet(used, List.of()), KnownIntrinsics.beside(folder), stages::report);
    Path sparse = out.resolve("sparse");
    ColmapWriter.text(solution.scene(), solution.tracks(), sparse);
    ReportFiles.write(
        sparse.resolve("coverage.svg"),
        ReportCharts.cameras(solution.scene().views(), Set.of(), solution.scene().points())
            .replaceFirst("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" "));
    return new Posed(solution.scene(), Optional.of(solution.report()));
  }
}
