package fovea.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fovea.contract.capture.RejectionReason;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PreparationTest {
  private static final int EDGE = 8;

  @Test
  void a_picture_shrinks_by_area_and_comes_red_first() throws IOException {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64 * 64; i++) {
      image.setRGB(i % 64, i / 64, i % 2 == 0 ? 0xC86432 : 0x000000);
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    Picture picture = Picture.of(png.toByteArray(), EDGE);
    byte[] rgb = ((Picture.Readable) picture).rgb();
    assertThat(rgb).hasSize(EDGE * EDGE * 3);
    assertThat(rgb).startsWith(100, 50, 25);
  }

  @Test
  void bytes_that_are_no_picture_give_the_reason() {
    assertThat(Picture.of(new byte[] {1, 2, 3}, EDGE))
        .isEqualTo(new Picture.Unreadable(RejectionReason.UNSUPPORTED_TYPE));
  }

  @Test
  void normalised_training_pixels_have_mean_0_and_deviation_1_in_each_channel() {
    byte[] rgb = noise();
    Normalisation normalisation =
        Normalisation.of(List.of(new Sample("a", Subject.of("p"), Part.TRAIN, 2, rgb)));
    float[] planes = new float[rgb.length];
    normalisation.write(rgb, planes, 0);
    for (int channel = 0; channel < 3; channel++) {
      double sum = 0;
      double squares = 0;
      for (int i = channel * EDGE * EDGE; i < (channel + 1) * EDGE * EDGE; i++) {
        sum += planes[i];
        squares += planes[i] * planes[i];
      }
      assertThat(sum / EDGE / EDGE).isEqualTo(0, within(1e-5));
      assertThat(squares / EDGE / EDGE).isEqualTo(1, within(1e-5));
    }
  }

  private static byte[] noise() {
    byte[] rgb = new byte[EDGE * EDGE * 3];
    new java.util.Random(1).nextBytes(rgb);
    return rgb;
  }
}
