package fovea.splat.render.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fovea.scene.Intrinsics;
import fovea.scene.Pose;
import fovea.splat.SmallScene;
import fovea.splat.model.Harmonics;
import fovea.splat.model.Splats;
import fovea.splat.render.Camera;
import fovea.splat.render.Workers;
import org.junit.jupiter.api.Test;

class CpuRasterizerTest {
  private static final int SIZE = 48;
  private static final float[] BLACK = new float[3];

  private static Camera ahead() {
    Intrinsics intrinsics = Intrinsics.pinhole(SIZE, SIZE, 50, 50, 24.5, 24.5);
    return new Camera(intrinsics, new Pose(1, 0, 0, 0, 0, 0, 0), 0.01);
  }

  private static Splats round(int count) {
    Splats splats = new Splats(count, 0);
    splats.resize(count);
    for (int i = 0; i < count; i++) {
      splats.means[3 * i + 2] = 5 + i;
      splats.rotations[4 * i] = 1;
      for (int k = 0; k < 3; k++) {
        splats.logScales[3 * i + k] = (float) Math.log(0.3);
      }
    }
    return splats;
  }

  @Test
  void one_gaussian_looks_as_the_formula_says() {
    Splats splats = round(1);
    splats.sh0[0] = 0.5f / Harmonics.C0; // red 1, green and blue 1/2
    float[] planes = draw(splats, ahead(), 1);
    double variance = 9 + 0.3; // (50 * 0.3 / 5)^2 and the blur
    for (int x = 24; x < 34; x++) {
      double alpha = 0.5 * Math.exp(-(x - 24) * (x - 24) / (2 * variance));
      double seen = alpha < 1 / 255.0 ? 0 : alpha;
      assertThat((double) planes[24 * SIZE + x]).isCloseTo(seen, within(1e-5));
      assertThat((double) planes[SIZE * SIZE + 24 * SIZE + x]).isCloseTo(seen / 2, within(1e-5));
    }
    assertThat(planes[0]).isZero();
  }

  @Test
  void the_nearer_gaussian_covers_the_farther() {
    Splats splats = round(2);
    splats.logitOpacities[0] = (float) Math.log(9); // 0.9
    splats.logitOpacities[1] = (float) Math.log(9);
    splats.sh0[3] = 0.5f / Harmonics.C0; // the farther one is red
    float[] planes = draw(splats, ahead(), 1);
    assertThat((double) planes[24 * SIZE + 24]).isCloseTo(0.9 * 0.5 + 0.1 * 0.9, within(1e-4));
  }

  @Test
  void what_is_behind_the_camera_is_not_drawn() {
    Splats splats = round(1);
    splats.means[2] = -5;
    assertThat(draw(splats, ahead(), 1)).containsOnly(0);
  }

  @Test
  void the_kernels_draw_what_the_definition_says() {
    for (double scale : new double[] {0.01, 0.05, 0.2}) {
      Splats splats = SmallScene.cloud(300, 3, scale, 21);
      Camera camera = SmallScene.camera(2, 5, 75, 52);
      float[] planes = draw(splats, camera, 2);
      float[] judge = PlainPicture.of(splats, camera, BLACK);
      double most = 0;
      double mean = 0;
      for (int i = 0; i < planes.length; i++) {
        double off = Math.abs(planes[i] - judge[i]);
        most = Math.max(most, off);
        mean += off / planes.length;
      }
      // A pixel on the edge of a Gaussian may fall to either side of 1/255.
      assertThat(most).as("most at scale " + scale).isLessThan(0.008);
      assertThat(mean).as("mean at scale " + scale).isLessThan(5e-5);
    }
  }

  @Test
  void the_order_of_the_gaussians_does_not_matter() {
    Splats splats = SmallScene.cloud(200, 2, 0.1, 9);
    Splats turned = new Splats(200, 2);
    turned.resize(200);
    for (int i = 0; i < 200; i++) {
      turned.copy(splats, i, (i * 77 + 13) % 200);
    }
    Camera camera = SmallScene.camera(2, 5, 64, 40);
    assertThat(draw(turned, camera, 1)).isEqualTo(draw(splats, camera, 1));
  }

  @Test
  void the_number_of_threads_does_not_matter() {
    Splats splats = SmallScene.cloud(300, 1, 0.1, 4);
    Camera camera = SmallScene.camera(2, 5, 64, 40);
    assertThat(draw(splats, camera, 3)).isEqualTo(draw(splats, camera, 1));
    assertThat(gradients(splats, camera, 3).means).isEqualTo(gradients(splats, camera, 1).means);
  }

  private static float[] draw(Splats splats, Camera camera, int threads) {
    try (Workers workers = new Workers(threads);
        CpuRasterizer rasterizer = new CpuRasterizer(workers)) {
      float[] planes = new float[3 * camera.width * camera.height];
      rasterizer.forward(splats, 3, camera, BLACK, planes);
      return planes;
    }
  }

  private static Splats gradients(Splats splats, Camera camera, int threads) {
    try (Workers workers = new Workers(threads);
        CpuRasterizer rasterizer = new CpuRasterizer(workers)) {
      float[] planes = new float[3 * camera.width * camera.height];
      rasterizer.forward(splats, 3, camera, BLACK, planes);
      Splats gradients = new Splats(splats.capacity(), splats.degree());
      rasterizer.backward(planes.clone(), gradients);
      return gradients;
    }
  }
}
