package fovea.preprocess.png;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.imaging.Mats;
import fovea.preprocess.Retina;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.Scalar;
import org.opencv.imgcodecs.Imgcodecs;

class FastPngTest {
  @Test
  void two_other_decoders_read_the_same_pixels_back() throws IOException {
    try (Mats mats = new Mats()) {
      Mat picture = Retina.photograph(300, mats);
      byte[] png = FastPng.encode(picture);
      Mat back = mats.own(Imgcodecs.imdecode(mats.own(new MatOfByte(png)), 1));
      assertThat(Core.norm(picture, back, Core.NORM_INF)).isZero();
      double[] bgr = picture.get(120, 77);
      int rgb = ImageIO.read(new ByteArrayInputStream(png)).getRGB(77, 120) & 0xffffff;
      assertThat(rgb).isEqualTo((int) bgr[2] << 16 | (int) bgr[1] << 8 | (int) bgr[0]);
    }
  }

  @Test
  void noise_black_and_one_pixel_are_pictures_too() {
    try (Mats mats = new Mats()) {
      Mat noise = mats.own(new Mat(61, 97, CvType.CV_8UC3));
      Core.randu(noise, 0, 256);
      assertSame(noise, mats);
      assertSame(mats.own(Mat.zeros(500, 333, CvType.CV_8UC3)), mats);
      assertSame(mats.own(new Mat(1, 1, CvType.CV_8UC3, new Scalar(1, 2, 3))), mats);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9, 257, 258, 259, 260, 517, 5000})
  void runs_of_every_length_come_back(int zeros) throws DataFormatException {
    byte[] data = new byte[zeros + 20];
    Arrays.fill(data, 0, 9, (byte) 5);
    Arrays.fill(data, zeros + 9, data.length, (byte) 200);
    assertInflates(data);
  }

  @Test
  void counts_that_differ_enormously_still_have_codes_of_at_most_15_bits()
      throws DataFormatException {
    int[] counts = new int[40];
    long before = 1;
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (int) Math.min(1 << 26, before);
      before = before * 17 / 10 + 1;
    }
    HuffmanCode code = HuffmanCode.of(counts);
    assertThat(Arrays.stream(code.lengths()).max().orElseThrow()).isLessThanOrEqualTo(15);
    double kraft = Arrays.stream(code.lengths()).mapToDouble(l -> Math.pow(2, -l)).sum();
    assertThat(kraft).isEqualTo(1);
  }

  @Test
  void random_bytes_of_random_spread_come_back() throws DataFormatException {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      byte[] data = new byte[random.nextInt(20_000)];
      for (int i = 0; i < data.length; i++) {
        data[i] = (byte) (random.nextGaussian() * seed);
      }
      assertInflates(data);
    }
  }

  @Test
  void a_grey_matrix_is_refused() {
    try (Mats mats = new Mats()) {
      Mat grey = mats.own(Mat.zeros(4, 4, CvType.CV_8UC1));
      assertThatThrownBy(() -> FastPng.encode(grey)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static void assertSame(Mat picture, Mats mats) {
    Mat bytes = mats.own(new MatOfByte(FastPng.encode(picture)));
    Mat back = mats.own(Imgcodecs.imdecode(bytes, Imgcodecs.IMREAD_COLOR));
    assertThat(Core.norm(picture, back, Core.NORM_INF)).isZero();
  }

  private static void assertInflates(byte[] data) throws DataFormatException {
    Inflater inflater = new Inflater();
    inflater.setInput(FastDeflate.zlib(data));
    byte[] back = new byte[data.length + 1];
    int length = inflater.inflate(back);
    assertThat(Arrays.copyOf(back, length)).isEqualTo(data);
    // Asks for the check sum at the end, too.
    assertThat(inflater.finished()).isTrue();
    inflater.end();
  }
}
