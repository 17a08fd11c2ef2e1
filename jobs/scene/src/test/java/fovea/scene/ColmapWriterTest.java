package fovea.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fovea.contract.errors.CallerMistake;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColmapWriterTest {
  private static final PhotoSet PHOTOS = SceneFixture.photos(3, 640, 480);
  private static final Intrinsics LENS =
      new Intrinsics(640, 480, 500.25, 510, 320, 240, 0.1, -0.02, 0.001, 0.002);
  private static final SparseScene SCENE =
      new SparseScene(
          List.of(
              new View(PHOTOS.photos().get(0), LENS, new Pose(1, 0, 0, 0, 0.5, 0, 2)),
              new View(PHOTOS.photos().get(2), LENS, new Pose(0.5, 0.5, -0.5, 0.5, 1, 2, 3))),
          new PointCloud(
              new float[] {0.1f, 0, 1, -1, 0.25f, 3}, new byte[] {(byte) 255, 0, 7, 1, 2, 3}),
          OptionalDouble.empty(),
          List.of());
  private static final PointTracks TRACKS =
      new PointTracks(
          new int[] {0, 2, 3},
          new int[] {0, 1, 1},
          new float[] {10, 20, 30, 40, 50, 60},
          new float[] {0.5f, 0.2f});

  @TempDir Path folder;

  @Test
  void text_comes_back_as_it_was() throws Exception {
    ColmapWriter.text(SCENE, TRACKS, folder);
    same(PosesReader.read(folder, PHOTOS));
    assertThat(Files.readAllLines(folder.resolve("points3D.txt")))
        .contains("1 0.1 0.0 1.0 255 0 7 0.5 1 0 2 0", "2 -1.0 0.25 3.0 1 2 3 0.2 2 1");
    assertThat(Files.readAllLines(folder.resolve("images.txt")))
        .contains("10.000 20.000 1", "30.000 40.000 1 50.000 60.000 2");
  }

  @Test
  void binary_comes_back_as_it_was() throws Exception {
    ColmapWriter.binary(SCENE, TRACKS, folder);
    same(PosesReader.read(folder, PHOTOS));
  }

  @Test
  void transforms_come_back_as_they_were() throws Exception {
    Path file = folder.resolve("transforms.json");
    TransformsWriter.write(SCENE, file);
    SparseScene read = PosesReader.read(file, PHOTOS);
    for (int v = 0; v < 2; v++) {
      assertThat(read.views().get(v).intrinsics()).isEqualTo(LENS);
      assertThat(read.views().get(v).pose().toCamera(0.3, 0.2, 0.1))
          .containsExactly(SCENE.views().get(v).pose().toCamera(0.3, 0.2, 0.1), within(1e-12));
    }
  }

  @Test
  void tracks_of_other_points_are_refused() {
    assertThatThrownBy(() -> ColmapWriter.text(SCENE, PointTracks.unknown(5), folder))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new PointTracks(new int[] {0, 4}, new int[1], new float[2], new float[1]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void cameras_alone_are_known_intrinsics() throws Exception {
    Files.writeString(
        folder.resolve("cameras.txt"), "# a comment\n1 SIMPLE_PINHOLE 1280 960 1000 640 480\n");
    KnownIntrinsics known = KnownIntrinsics.beside(folder);
    assertThat(PosesReader.find(folder)).isEmpty();
    assertThat(known.of(PHOTOS.photos().get(0)))
        .contains(Intrinsics.pinhole(640, 480, 500, 500, 320, 240));
    assertThat(known.of(new Photo("upright.jpg", folder, 480, 640))).isEmpty();
    Files.writeString(folder.resolve("cameras.txt"), "1 PINHOLE 1280 960 1000\n");
    assertThatThrownBy(() -> KnownIntrinsics.beside(folder)).isInstanceOf(CallerMistake.class);
  }

  @Test
  void without_cameras_nothing_is_known() {
    assertThat(KnownIntrinsics.beside(folder).of(PHOTOS.photos().get(0))).isEmpty();
  }

  private static void same(SparseScene read) {
    assertThat(read.views()).extracting(View::name).containsExactly("p0.png", "p2.png");
    for (int v = 0; v < 2; v++) {
      assertThat(read.views().get(v).intrinsics()).isEqualTo(LENS);
      assertThat(read.views().get(v).pose().toCamera(0.3, 0.2, 0.1))
          .containsExactly(SCENE.views().get(v).pose().toCamera(0.3, 0.2, 0.1), within(1e-12));
    }
    assertThat(read.points().positions()).isEqualTo(SCENE.points().positions());
    assertThat(read.points().colours()).isEqualTo(SCENE.points().colours());
    assertThat(read.reprojectionErrorPixels().orElseThrow()).isCloseTo(0.4, within(1e-6));
  }
}
