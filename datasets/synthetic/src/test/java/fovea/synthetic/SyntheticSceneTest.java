package fovea.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheticSceneTest {
  private static final SceneSettings SETTINGS = SceneSettings.of(7, 10, 96, 72);
  private static final SyntheticScene SCENE = SyntheticScene.render(SETTINGS);

  @Test
  void every_camera_sees_the_solids_centre_in_the_middle_of_its_picture() {
    assertThat(SCENE.cameras()).hasSize(10);
    for (SceneCamera camera : SCENE.cameras()) {
      double[] pixel = camera.project(new double[] {0, 0, 0});
      assertThat(pixel[0]).isCloseTo(48, within(1e-9));
      assertThat(pixel[1]).isCloseTo(36, within(1e-9));
      assertThat(pixel[2]).isBetween(3.5, 4.3);
    }
  }

  @Test
  void up_in_the_world_is_up_in_the_picture_and_rotations_are_proper() {
    for (SceneCamera camera : SCENE.cameras()) {
      assertThat(camera.project(new double[] {0, 0, 0.5})[1]).isLessThan(36);
      double[][] m = camera.cameraToWorld();
      double[] right = {m[0][0], m[1][0], m[2][0]};
      double[] up = {m[0][1], m[1][1], m[2][1]};
      double[] back = {m[0][2], m[1][2], m[2][2]};
      assertThat(Vec.dot(Vec.cross(right, up), back)).isCloseTo(1, within(1e-12));
    }
  }

  @Test
  void a_ray_through_a_pixel_projects_back_to_it() {
    for (SceneCamera camera : SCENE.cameras()) {
      double[] point = SCENE.surfaceAt(camera, 50.5, 30.5).orElseThrow();
      double[] pixel = camera.project(point);
      assertThat(pixel[0]).isCloseTo(50.5, within(1e-6));
      assertThat(pixel[1]).isCloseTo(30.5, within(1e-6));
    }
  }

  @Test
  void points_project_onto_pixels_of_the_solid_in_their_own_colour() {
    List<ScenePoint> points = SCENE.points();
    assertThat(points).hasSize(3000);
    BufferedImage[] photographs =
        SCENE.cameras().stream().map(SCENE::photograph).toArray(BufferedImage[]::new);
    int alike = 0;
    for (ScenePoint point : points) {
      double[] pixel = SCENE.cameras().get(point.seenFrom()).project(point.position());
      int seen = photographs[point.seenFrom()].getRGB((int) pixel[0], (int) pixel[1]) & 0xffffff;
      assertThat(seen).as("a pixel of the solid").isNotZero();
      alike += difference(seen, point.rgb()) < 40 ? 1 : 0;
    }
    assertThat(alike).isGreaterThan(2400);
  }

  @Test
  void the_solid_is_textured_and_stands_before_a_plain_ground() {
    BufferedImage photograph = SCENE.photograph(SCENE.cameras().get(0));
    int ground = 0;
    for (int row = 0; row < 72; row++) {
      for (int column = 0; column < 96; column++) {
        ground += (photograph.getRGB(column, row) & 0xffffff) == 0 ? 1 : 0;
      }
    }
    assertThat(ground).isBetween(72 * 96 / 3, 72 * 96 * 9 / 10);
    assertThat(photograph.getRGB(0, 0) & 0xffffff).isZero();
  }

  @Test
  void a_studio_leaves_no_pixel_black() {
    SyntheticScene studio = SyntheticScene.render(new SceneSettings(7, 3, 1, 48, 36, 0, "studio"));
    BufferedImage photograph = studio.photograph(studio.cameras().get(0));
    assertThat(photograph.getRGB(0, 0) & 0xffffff).isNotZero();
  }

  @Test
  void a_written_session_follows_the_transforms_convention(@TempDir Path folder)
      throws IOException {
    SyntheticScene.render(new SceneSettings(7, 4, 1, 48, 36, 50, "black")).write(folder);
    JsonNode root = new ObjectMapper().readTree(folder.resolve("transforms.json").toFile());
    assertThat(root.path("w").asInt()).isEqualTo(48);
    assertThat(root.path("cx").asDouble()).isEqualTo(24);
    assertThat(root.path("fl_x").asDouble()).isPositive();
    assertThat(root.path("frames")).hasSize(4);
    for (JsonNode frame : root.path("frames")) {
      String name = frame.path("file_path").asText();
      assertThat(name).matches("[A-Za-z0-9._ -]{1,100}");
      assertThat(ImageIO.read(folder.resolve(name).toFile()).getWidth()).isEqualTo(48);
      assertThat(frame.path("transform_matrix").path(3).path(3).asDouble()).isEqualTo(1);
    }
    List<String> ply = Files.readAllLines(folder.resolve("points.ply"));
    assertThat(ply.get(0)).isEqualTo("ply");
    assertThat(ply).hasSize(10 + 50);
  }

  @Test
  void the_same_seed_gives_the_same_files(@TempDir Path folder) throws IOException {
    SceneSettings settings = new SceneSettings(9, 3, 1, 40, 30, 20, "studio");
    SyntheticScene.render(settings).write(folder.resolve("a"));
    SyntheticScene.render(settings).write(folder.resolve("b"));
    for (String name : List.of("photo_001.jpg", "transforms.json", "points.ply")) {
      assertThat(folder.resolve("a").resolve(name))
          .hasSameBinaryContentAs(folder.resolve("b").resolve(name));
    }
  }

  private static int difference(int a, int b) {
    return Math.max(
        Math.abs((a >> 16 & 255) - (b >> 16 & 255)),
        Math.max(Math.abs((a >> 8 & 255) - (b >> 8 & 255)), Math.abs((a & 255) - (b & 255))));
  }
}
