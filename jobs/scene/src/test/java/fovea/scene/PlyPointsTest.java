package fovea.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.contract.errors.CallerMistake;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlyPointsTest {
  private static final String HEADER =
      "ply\nformat ascii 1.0\nelement vertex %s\nproperty float x\nproperty float y\n"
          + "property float z\nproperty uchar red\nproperty uchar green\nproperty uchar blue\n"
          + "end_header\n";

  @TempDir Path folder;

  @Test
  void ascii_points_are_read_and_those_not_finite_left_out() throws Exception {
    Path file = folder.resolve("points.ply");
    Files.writeString(
        file, HEADER.formatted(2) + "1 2 3 255 128 0\nnan 0 0 1 1 1\n".replace("nan", "NaN"));
    PointCloud cloud = PlyPoints.read(file);
    assertThat(cloud.positions()).containsExactly(1, 2, 3);
    assertThat(cloud.colours()).containsExactly(255, 128, 0);
  }

  @Test
  void a_count_larger_than_the_file_is_refused() throws Exception {
    Path file = folder.resolve("points.ply");
    for (String count : new String[] {"3000000000", "3", "-1", "x"}) {
      Files.writeString(file, HEADER.formatted(count) + "1 2 3 255 128 0\n");
      assertThatThrownBy(() -> PlyPoints.read(file)).isInstanceOf(CallerMistake.class);
    }
  }
}
