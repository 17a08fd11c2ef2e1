package fovea.sfm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fovea.scene.KnownIntrinsics;
import fovea.scene.PhotoFolder;
import fovea.scene.PhotoSet;
import fovea.scene.Pose;
import fovea.scene.SparseScene;
import fovea.scene.View;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheticSessionTest {
  @TempDir static Path folder;
  private static PhotoSet photos;
  private static List<View> truth;
  private static Solution known;

  @BeforeAll
  static void photograph() throws Exception {
    truth = new TexturedBall(20, 640, 480, 720).write(folder);
    photos = PhotoFolder.read(folder);
    known = solve(lens(), 2);
  }

  @Test
  void poses_are_those_the_photographs_were_taken_from() {
    PoseError error = error(known);
    assertThat(known.report().registered()).hasSize(20);
    assertThat(error.degrees()).isLessThan(0.1);
    assertThat(error.share()).isLessThan(0.001);
    assertThat(known.report().reprojectionErrorPixels()).isLessThan(0.5);
    assertThat(known.report().focal()).isEqualTo("known");
  }

  @Test
  void a_focal_length_nobody_told_is_found() {
    Solution found = solve(KnownIntrinsics.none(), 2);
    double focal = truth.get(0).intrinsics().fx();
    assertThat(found.report().registered()).hasSize(20);
    assertThat(found.report().focal()).isEqualTo("found");
    assertThat(found.report().focalPixels()).isCloseTo(focal, within(0.03 * focal));
    assertThat(error(found).degrees()).isLessThan(1);
  }

  @Test
  void the_result_is_the_same_with_another_number_of_threads() {
    PhotoSet some = new PhotoSet(photos.photos().subList(0, 6), List.of());
    SparseScene one = solve(some, lens(), 1).scene();
    SparseScene three = solve(some, lens(), 3).scene();
    assertThat(three.views()).hasSize(6).isEqualTo(one.views());
    assertThat(three.points().positions()).isEqualTo(one.points().positions());
  }

  @Test
  void the_world_is_upright_and_of_measure() {
    float[] points = known.scene().points().positions();
    double near = 0;
    for (int i = 0; i < points.length; i += 3) {
      near += Math.hypot(Math.hypot(points[i], points[i + 1]), points[i + 2]) <= 1 ? 1 : 0;
    }
    assertThat(3 * near / points.length).isCloseTo(0.5, within(0.02));
    double up = 0;
    for (View view : known.scene().views()) {
      up -= view.pose().rotation()[5] / known.scene().views().size();
    }
    assertThat(up).isGreaterThan(0.8);
  }

  private static KnownIntrinsics lens() {
    return KnownIntrinsics.of(List.of(truth.get(0).intrinsics()));
  }

  private static Solution solve(KnownIntrinsics intrinsics, int threads) {
    return solve(photos, intrinsics, threads);
  }

  private static Solution solve(PhotoSet photos, KnownIntrinsics intrinsics, int threads) {
    return Poses.FOVEA
        .with(new SfmSettings(800, 1500, 0.01, 7, threads))
        .solve(photos, intrinsics, (stage, done, total) -> {});
  }

  private static PoseError error(Solution solution) {
    Map<String, Pose> poses = new HashMap<>();
    truth.forEach(v -> poses.put(v.name(), v.pose()));
    return PoseError.of(solution.scene().views(), poses);
  }
}
