package fovea.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fovea.contract.errors.CallerMistake;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PosesReaderTest {
  private static final String CAMERAS = "# comment\n1 OPENCV 640 480 500 510 320 240 0.1 0 0 0\n";
  private static final String IMAGES =
      "1 1 0 0 0 0.5 0 2 1 p0.png\n10 20 1\n2 0 0 1 0 0 0 3 1 folder/p1.png\n\n";
  private static final String POINTS = "1 0 0 1 255 0 7 0.5 1 0 2 0\n2 1 0 1 1 2 3 2.0 1 0\n";

  @TempDir Path folder;

  @Test
  void transforms_turn_opengl_cameras_into_opencv_cameras() throws Exception {
    // At (0, 0, 5), looking down -z: OpenGL's identity.
    Path file =
        Files.writeString(
            folder.resolve("transforms.json"),
            """
            {"fl_x": 500, "w": 640, "h": 480, "frames": [
             {"file_path": "./images/p0.png",
              "transform_matrix": [[1,0,0,0],[0,1,0,0],[0,0,1,5],[0,0,0,1]]},
             {"file_path": "missing.png",
              "transform_matrix": [[1,0,0,0],[0,1,0,0],[0,0,1,5],[0,0,0,1]]}]}
            """);
    SparseScene scene = PosesReader.read(file, SceneFixture.photos(2, 320, 240));
    View view = scene.views().get(0);
    assertThat(scene.views()).hasSize(1);
    assertThat(scene.warnings()).singleElement().asString().contains("missing.png");
    assertThat(view.pose().centre()).containsExactly(new double[] {0, 0, 5}, within(1e-9));
    assertThat(view.pose().forward()).containsExactly(new double[] {0, 0, -1}, within(1e-9));
    assertThat(view.pose().toCamera(0, 1, 0))
        .containsExactly(new double[] {0, -1, 5}, within(1e-9));
    assertThat(view.intrinsics().fx()).isEqualTo(250); // the photograph has half the size
    assertThat(view.intrinsics().cx()).isEqualTo(160);
  }

  @Test
  void colmap_text_is_read_with_points_and_error() throws Exception {
    check(text());
  }

  @Test
  void colmap_binary_says_the_same_as_text() throws Exception {
    check(binary());
  }

  private void check(Path model) {
    SparseScene scene = PosesReader.read(model, SceneFixture.photos(3, 640, 480));
    assertThat(scene.views()).extracting(View::name).containsExactly("p0.png", "p1.png");
    assertThat(scene.views().get(0).intrinsics().k1()).isEqualTo(0.1);
    assertThat(scene.views().get(0).pose().tx()).isEqualTo(0.5);
    assertThat(scene.views().get(1).pose().forward())
        .containsExactly(new double[] {0, 0, -1}, within(1e-9));
    assertThat(scene.points().size()).isEqualTo(2);
    assertThat(scene.points().colours()[0]).isEqualTo((byte) 255);
    assertThat(scene.reprojectionErrorPixels().orElseThrow()).isCloseTo(1.0, within(1e-9));
  }

  @Test
  void colmap_binary_that_claims_too_much_is_refused() throws Exception {
    Path model = binary();
    Path points = model.resolve("sparse/0/points3D.bin");
    byte[] bytes = Files.readAllBytes(points);
    byte[] huge = bytes.clone();
    Arrays.fill(huge, 0, 7, (byte) 0x7f);
    Files.write(points, huge);
    assertThatThrownBy(() -> PosesReader.read(model, SceneFixture.photos(3, 640, 480)))
        .isInstanceOf(CallerMistake.class)
        .hasMessageContaining("too short");
    for (int length = 0; length < bytes.length; length += 5) {
      Files.write(points, Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> PosesReader.read(model, SceneFixture.photos(3, 640, 480)))
          .isInstanceOf(CallerMistake.class);
    }
  }

  @Test
  void a_middlebury_line_is_a_projection() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("temple_par.txt"),
            "1\np1.png 100 0 50 0 110 40 0 0 1 1 0 0 0 1 0 0 0 1 0.5 0.25 2\n");
    SparseScene scene = PosesReader.read(folder, SceneFixture.photos(2, 100, 80));
    View view = scene.views().get(0);
    assertThat(view.name()).isEqualTo("p1.png");
    assertThat(view.intrinsics().fy()).isEqualTo(110);
    assertThat(view.intrinsics().cx()).isEqualTo(50.5);
    assertThat(view.pose().toCamera(0, 0, 0)).containsExactly(0.5, 0.25, 2);
    assertThat(file).exists();
  }

  @Test
  void poses_of_other_photographs_are_the_callers_mistake() throws Exception {
    Path model = text();
    PhotoSet others = new PhotoSet(java.util.List.of(), java.util.List.of());
    assertThatThrownBy(() -> PosesReader.read(model, others))
        .isInstanceOf(CallerMistake.class)
        .hasMessageContaining("Give poses whose file names");
    assertThatThrownBy(() -> PosesReader.read(folder.resolve("nothing"), others))
        .isInstanceOf(CallerMistake.class)
        .hasMessageContaining("transforms.json");
  }

  private Path text() throws Exception {
    Path model = Files.createDirectories(folder.resolve("text"));
    Files.writeString(model.resolve("cameras.txt"), CAMERAS);
    Files.writeString(model.resolve("images.txt"), IMAGES);
    Files.writeString(model.resolve("points3D.txt"), POINTS);
    return model;
  }

  private Path binary() throws Exception {
    Path model = Files.createDirectories(folder.resolve("binary/sparse/0"));
    ByteBuffer cameras = buffer().putLong(1).putInt(1).putInt(4).putLong(640).putLong(480);
    doubles(cameras, 500, 510, 320, 240, 0.1, 0, 0, 0);
    write(model.resolve("cameras.bin"), cameras);
    ByteBuffer images = buffer().putLong(2);
    doubles(images.putInt(1), 1, 0, 0, 0, 0.5, 0, 2);
    images.putInt(1).put("p0.png\0".getBytes(StandardCharsets.UTF_8)).putLong(1);
    doubles(images, 10, 20);
    images.putLong(1);
    doubles(images.putInt(2), 0, 0, 1, 0, 0, 0, 3);
    images.putInt(1).put("folder/p1.png\0".getBytes(StandardCharsets.UTF_8)).putLong(0);
    write(model.resolve("images.bin"), images);
    ByteBuffer points = buffer().putLong(2);
    doubles(points.putLong(1), 0, 0, 1);
    points.put((byte) 255).put((byte) 0).put((byte) 7).putDouble(0.5).putLong(2);
    points.putInt(1).putInt(0).putInt(2).putInt(0);
    doubles(points.putLong(2), 1, 0, 1);
    points.put((byte) 1).put((byte) 2).put((byte) 3).putDouble(2).putLong(1);
    points.putInt(1).putInt(0);
    write(model.resolve("points3D.bin"), points);
    Files.writeString(model.resolve("frames.bin"), "of newer versions");
    return folder.resolve("binary");
  }

  private static ByteBuffer buffer() {
    return ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void doubles(ByteBuffer buffer, double... values) {
    for (double value : values) {
      buffer.putDouble(value);
    }
  }

  private static void write(Path file, ByteBuffer buffer) throws Exception {
    Files.write(file, Arrays.copyOf(buffer.array(), buffer.position()));
  }
}
