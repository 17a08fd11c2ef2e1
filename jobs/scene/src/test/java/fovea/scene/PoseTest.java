package fovea.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PoseTest {
  @Test
  void a_pose_survives_its_matrix() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 200; i++) {
      double[] q = random.doubles(4, -1, 1).toArray();
      Pose pose = new Pose(q[0], q[1], q[2], q[3], 1, 2, 3);
      Pose back = Pose.of(pose.rotation(), new double[] {1, 2, 3});
      assertThat(back.rotation()).containsExactly(pose.rotation(), within(1e-9));
      double[] centre = pose.centre();
      assertThat(pose.toCamera(centre[0], centre[1], centre[2]))
          .containsExactly(new double[3], within(1e-9));
    }
  }

  @Test
  void a_mirror_is_no_rotation() {
    assertThatThrownBy(
            () -> Pose.of(new double[] {1, 0, 0, 0, 1, 0, 0, 0, -1}, new double[] {0, 0, 0}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void cameras_that_look_at_a_point_meet_there() {
    Photo photo = new Photo("p", java.nio.file.Path.of("p"), 100, 100);
    Intrinsics camera = Intrinsics.pinhole(100, 100, 100, 100, 50, 50);
    // From -z and from -x, both three units from (1, 2, 3).
    View ahead = new View(photo, camera, new Pose(1, 0, 0, 0, -1, -2, 0));
    Pose side = Pose.of(new double[] {0, 0, -1, 0, 1, 0, 1, 0, 0}, new double[] {3, -2, 2});
    Region region = Region.seenBy(List.of(ahead, new View(photo, camera, side)));
    assertThat(region.x()).isCloseTo(1, within(1e-9));
    assertThat(region.y()).isCloseTo(2, within(1e-9));
    assertThat(region.z()).isCloseTo(3, within(1e-9));
    assertThat(region.radius()).isCloseTo(1.5, within(1e-9));
  }
}
