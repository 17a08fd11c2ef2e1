package fovea.splat.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fovea.splat.render.Workers;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ImageLossTest {
  private static final int WIDTH = 23;
  private static final int HEIGHT = 17;
  private static final int SIZE = 3 * WIDTH * HEIGHT;

  private final byte[] photo = new byte[SIZE];
  private final float[] drawn = new float[SIZE];

  ImageLossTest() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < SIZE; i++) {
      photo[i] = (byte) random.nextInt(256);
      drawn[i] = (photo[i] & 0xff) / 255f;
    }
  }

  @Test
  void identical_pictures_are_wholly_similar() {
    ImageLoss.Comparison same = compare(drawn, new float[SIZE]);
    assertThat(same.ssim()).isCloseTo(1, within(1e-5));
    assertThat(same.loss()).isCloseTo(0, within(1e-5));
    assertThat(same.psnr()).isEqualTo(99);
  }

  @Test
  void a_tenth_of_the_range_off_is_20_decibels() {
    float[] off = drawn.clone();
    for (int i = 0; i < SIZE; i++) {
      off[i] += i % 2 == 0 ? 0.1f : -0.1f;
    }
    assertThat(compare(off, new float[SIZE]).psnr()).isCloseTo(20, within(0.01));
  }

  @Test
  void the_gradient_agrees_with_finite_differences() {
    SplittableRandom random = new SplittableRandom(2);
    float[] off = drawn.clone();
    for (int i = 0; i < SIZE; i++) {
      off[i] = (float) Math.min(1, Math.max(0, off[i] + random.nextDouble(-0.2, 0.2)));
    }
    float[] gradient = new float[SIZE];
    compare(off, gradient);
    for (int i = 0; i < SIZE; i += 41) {
      float kept = off[i];
      off[i] = kept + 1e-2f;
      double up = compare(off, new float[SIZE]).loss();
      off[i] = kept - 1e-2f;
      double down = compare(off, new float[SIZE]).loss();
      off[i] = kept;
      boolean crossesZero = Math.abs(kept - drawn[i]) < 1e-2;
      if (!crossesZero) {
        assertThat((double) gradient[i]).isCloseTo((up - down) / 2e-2, within(2e-5));
      }
    }
  }

  private ImageLoss.Comparison compare(float[] planes, float[] gradient) {
    try (Workers workers = new Workers(2)) {
      return new ImageLoss(WIDTH, HEIGHT, workers).compare(planes, photo, gradient);
    }
  }
}
