package fovea.splat.render.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.splat.SmallScene;
import fovea.splat.model.Splats;
import fovea.splat.render.Camera;
import fovea.splat.render.Workers;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class GradientTest {
  private static final int WIDTH = 40;
  private static final int HEIGHT = 36;
  private static final float[] BACKGROUND = {0.2f, 0.5f, 0.1f};

  private final Splats splats = SmallScene.cloud(12, 3, 0.3, 5);
  private final Camera camera = SmallScene.camera(1, 7, WIDTH, HEIGHT);
  private final float[] weights = weights();

  @Test
  void means_agree_with_finite_differences() {
    check(s -> s.means, 1e-3f);
  }

  @Test
  void rotations_agree_with_finite_differences() {
    check(s -> s.rotations, 2e-3f);
  }

  @Test
  void scales_agree_with_finite_differences() {
    check(s -> s.logScales, 2e-3f);
  }

  @Test
  void opacities_agree_with_finite_differences() {
    check(s -> s.logitOpacities, 2e-3f);
  }

  @Test
  void colours_agree_with_finite_differences() {
    check(s -> s.sh0, 2e-3f);
    check(s -> s.shRest, 2e-3f);
  }

  // Along the gradient of each Gaussian: the slope must be its length. The cutoff is lowered, for
  // its edge moves with the parameters and the gradient, as everywhere, leaves that out.
  private void check(Function<Splats, float[]> part, float step) {
    try (Workers workers = new Workers(2);
        CpuRasterizer rasterizer = new CpuRasterizer(workers, 1e-5f)) {
      Splats gradients = new Splats(splats.capacity(), splats.degree());
      loss(rasterizer);
      rasterizer.backward(weights, gradients);
      float[] values = part.apply(splats);
      float[] gradient = part.apply(gradients);
      float[] kept = values.clone();
      int stride = values.length / splats.count();
      for (int i = 0; i < splats.count(); i++) {
        int from = i * stride;
        double length = 0;
        for (int k = from; k < from + stride; k++) {
          length += gradient[k] * gradient[k];
        }
        length = Math.sqrt(length);
        if (length < 1e-3) {
          continue;
        }
        double numeric = 0;
        for (int sign = -1; sign <= 1; sign += 2) {
          for (int k = from; k < from + stride; k++) {
            values[k] = (float) (kept[k] + sign * step * gradient[k] / length);
          }
          numeric += sign * loss(rasterizer) / (2 * step);
        }
        System.arraycopy(kept, 0, values, 0, kept.length);
        assertThat(numeric).as("gaussian " + i).isCloseTo(length, offset(length));
      }
      single(rasterizer, values, gradient, step);
    }
  }

  // Single parameters too: a wrong direction would hide in the check along the gradient.
  private void single(CpuRasterizer rasterizer, float[] values, float[] gradient, float step) {
    double error = 0;
    double scale = 0;
    for (int k = 0; k < values.length; k += 1 + values.length / 120) {
      float kept = values[k];
      values[k] = kept + step;
      double up = loss(rasterizer);
      values[k] = kept - step;
      double down = loss(rasterizer);
      values[k] = kept;
      double numeric = (up - down) / (2 * step);
      error += Math.abs(numeric - gradient[k]);
      scale += Math.abs(numeric);
    }
    assertThat(error / scale).isLessThan(0.02);
  }

  private static org.assertj.core.data.Offset<Double> offset(double length) {
    return org.assertj.core.data.Offset.offset(0.03 * length + 0.02);
  }

  private double loss(CpuRasterizer rasterizer) {
    float[] planes = new float[3 * WIDTH * HEIGHT];
    rasterizer.forward(splats, 3, camera, BACKGROUND, planes);
    lastPlanes = planes;
    double sum = 0;
    for (int i = 0; i < planes.length; i++) {
      sum += planes[i] * (double) weights[i];
    }
    return sum;
  }

  private float[] lastPlanes = new float[0];

  private static float[] weights() {
    SplittableRandom random = new SplittableRandom(3);
    float[] w = new float[3 * WIDTH * HEIGHT];
    for (int i = 0; i < w.length; i++) {
      // Smooth in space: a cutoff crossing then moves the loss little.
      int x = i % WIDTH;
      int y = i / WIDTH % HEIGHT;
      w[i] = (float) (Math.sin(x * 0.2 + i / (WIDTH * HEIGHT)) + Math.cos(y * 0.15));
      w[i] += (float) random.nextDouble(-0.1, 0.1);
    }
    return w;
  }
}
