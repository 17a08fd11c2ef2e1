package fovea.splatcuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fovea.splat.model.Splats;
import fovea.splat.render.Workers;
import fovea.splat.render.cpu.CpuRasterizer;
import fovea.splat.train.Adam;
import fovea.splat.train.ImageLoss;
import fovea.splat.train.TrainingView;
import fovea.splatcuda.DeviceSplats.Size;
import fovea.splatcuda.DeviceSplats.Unseen;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One drawing, one loss and one gradient, against the CPU's. */
class KernelsTest {
  // Neither a multiple of the tile's edge.
  private static final int WIDTH = 60;
  private static final int HEIGHT = 44;
  private static final int PIXELS = WIDTH * HEIGHT;

  private final Splats splats = Cloud.of(300, 300, 3, 0.12, 5);
  private final List<TrainingView> views =
      Cloud.views(Cloud.of(200, 200, 3, 0.15, 6), 2, WIDTH, HEIGHT);

  @Test
  void a_picture_is_the_cpus() {
    try (DeviceSplats device = device(splats, 3);
        Workers workers = new Workers(1);
        CpuRasterizer rasterizer = new CpuRasterizer(workers)) {
      for (int degree = 0; degree <= 3; degree++) {
        float[] expected = new float[3 * PIXELS];
        rasterizer.forward(splats, degree, views.get(0).camera(), Cloud.BACKGROUND, expected);
        alike(device.render(views.get(0).camera(), degree), expected);
      }
    }
  }

  @Test
  void more_layers_than_a_batch_holds_are_drawn_in_their_order() {
    Splats many = Cloud.of(900, 900, 0, 0.5, 9);
    java.util.Arrays.fill(many.logitOpacities, -2.5f);
    try (DeviceSplats device = device(many, 0);
        Workers workers = new Workers(1);
        CpuRasterizer rasterizer = new CpuRasterizer(workers)) {
      float[] expected = new float[3 * PIXELS];
      rasterizer.forward(many, 0, views.get(1).camera(), Cloud.BACKGROUND, expected);
      alike(device.render(views.get(1).camera(), 0), expected);
      assertThat(device.usage().slots()).isBetween(256L * 12, (long) rasterizer.slots());
    }
  }

  // A pixel at the edge of a footprint may fall to either side: an alpha of 1/255 there.
  private static void alike(float[] drawn, float[] expected) {
    double sum = 0;
    int off = 0;
    for (int i = 0; i < drawn.length; i++) {
      double difference = Math.abs(drawn[i] - expected[i]);
      sum += difference;
      off += difference > 2e-4 ? 1 : 0;
      assertThat(difference).isLessThan(0.02);
    }
    assertThat(sum / drawn.length).isLessThan(2e-5);
    assertThat(off).isLessThan(drawn.length / 200);
  }

  @Test
  void loss_and_gradients_are_the_cpus() {
    for (int degree = 0; degree <= 3; degree++) {
      compare(splats, degree, 2e-3);
    }
  }

  @Test
  void gradients_through_many_layers_are_the_cpus() {
    Splats many = Cloud.of(900, 900, 1, 0.5, 9);
    java.util.Arrays.fill(many.logitOpacities, -2.5f);
    compare(many, 1, 5e-3);
  }

  // alpha is held at 0.99, where it no longer moves with sigma.
  @Test
  void gradients_of_nearly_opaque_gaussians_are_the_cpus() {
    Splats opaque = Cloud.of(60, 60, 0, 0.4, 9);
    java.util.Arrays.fill(opaque.logitOpacities, 7);
    compare(opaque, 0, 2e-3);
  }

  @Test
  void gradients_go_through_a_photographs_exposure() {
    exposures[0][6] = 0.3f;
    exposures[0][7] = -0.2f;
    exposures[0][11] = 0.1f;
    compare(splats, 2, 2e-3);
  }

  // Two photographs of one model, whose mean exposure is the model's.
  @Test
  void exposures_are_found_and_their_means_stay_at_zero() {
    List<TrainingView> taken = Cloud.views(splats, 2, WIDTH, HEIGHT);
    for (int photo = 0; photo < 2; photo++) {
      byte[] planes = taken.get(photo).picture().planes();
      double sign = photo == 0 ? 1 : -1;
      for (int i = 0; i < planes.length; i++) {
        double value = Math.exp(0.15 * sign) * (planes[i] & 0xff) + 0.04 * sign * 255;
        planes[i] = (byte) Math.round(Math.max(0, Math.min(255, value)));
      }
    }
    try (DeviceSplats device = device(splats, 3, taken)) {
      device.write(SplatLibrary.FIRST_MOMENTS, none());
      device.write(SplatLibrary.SECOND_MOMENTS, none());
      for (int i = 0; i < 60; i++) {
        int visit = i / 2 + 1;
        double rate = 0.03 * Math.pow(0.05, i / 60.0);
        float[] still = new float[12];
        still[10] = (float) (rate / Adam.firstCorrection(visit));
        still[11] = (float) (1 / Adam.secondCorrection(visit));
        device.step(i % 2, 3, i, still, 1);
      }
      device.readExposures(List.of(exposures[0], exposures[1], exposures[2]));
    }
    float[] found = exposures[0];
    for (int k = 0; k < 3; k++) {
      assertThat(found[k] + found[6 + k]).isCloseTo(0, within(1e-5f));
      assertThat(found[3 + k] + found[9 + k]).isCloseTo(0, within(1e-5f));
      // Few pixels tell a gain from an offset; what they do to a mid grey is certain.
      double seen = Math.exp(found[k]) * 0.4 + found[3 + k];
      assertThat(seen).isCloseTo(Math.exp(0.15) * 0.4 + 0.04, within(0.02));
    }
  }

  private final float[][] exposures = new float[3][12];

  private Splats none() {
    Splats none = new Splats(splats.capacity(), splats.degree());
    none.resize(splats.count());
    return none;
  }

  private void compare(Splats s, int degree, double most) {
    TrainingView view = views.get(1);
    Splats expected = new Splats(s.capacity(), s.degree());
    Splats found = new Splats(s.capacity(), s.degree());
    expected.resize(s.count());
    found.resize(s.count());
    try (DeviceSplats device = device(s, s.degree());
        Workers workers = new Workers(1);
        CpuRasterizer rasterizer = new CpuRasterizer(workers)) {
      float[] planes = new float[3 * PIXELS];
      float[] wishes = new float[3 * PIXELS];
      rasterizer.forward(s, degree, view.camera(), Cloud.BACKGROUND, planes);
      float[] seen = planes.clone();
      for (int i = 0; i < seen.length; i++) {
        int colour = 6 + i / PIXELS;
        seen[i] = (float) Math.exp(exposures[0][colour]) * planes[i] + exposures[0][colour + 3];
      }
      ImageLoss.Comparison loss =
          new ImageLoss(WIDTH, HEIGHT, workers).compare(seen, view.picture().planes(), wishes);
      for (int i = 0; i < seen.length; i++) {
        wishes[i] *= (float) Math.exp(exposures[0][6 + i / PIXELS]);
      }
      device.writeExposures(List.of(exposures[0], exposures[1], exposures[2]));
      rasterizer.backward(wishes, expected);
      device.differentiate(1, degree, 3);
      device.read(SplatLibrary.GRADIENTS, found);
      double[] losses = device.losses(3, 1);
      assertThat(0.8 * losses[0] + 0.2 * (1 - losses[1])).isCloseTo(loss.loss(), within(1e-5));
      assertThat(losses[1]).isCloseTo(loss.ssim(), within(1e-5));
      assertThat(-10 * Math.log10(losses[2])).isCloseTo(loss.psnr(), within(1e-3));
    }
    for (int part = 0; part < 6; part++) {
      double error = apart(found.parts().get(part), expected.parts().get(part));
      assertThat(error).as("part %d at degree %d", part, degree).isLessThan(most);
    }
  }

  /** Length of the difference over the length of what was expected; 0 where all is 0. */
  static double apart(float[] found, float[] expected) {
    double difference = 0;
    double length = 0;
    for (int i = 0; i < found.length; i++) {
      difference += Math.pow(found[i] - expected[i], 2);
      length += Math.pow(expected[i], 2);
    }
    return difference == 0 ? 0 : Math.sqrt(difference / length);
  }

  private DeviceSplats device(Splats s, int degree) {
    return device(s, degree, views);
  }

  private static DeviceSplats device(Splats s, int degree, List<TrainingView> photos) {
    Door door = TestDevice.door();
    Size size = Size.of(photos, s.capacity(), degree);
    DeviceSplats device = new DeviceSplats(door, size, Cloud.BACKGROUND, Unseen.FOLLOW, photos);
    device.write(SplatLibrary.VALUES, s);
    return device;
  }
}
