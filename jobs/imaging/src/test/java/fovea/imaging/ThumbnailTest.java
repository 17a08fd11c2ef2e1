package fovea.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

class ThumbnailTest {
  @ParameterizedTest
  @CsvSource({
    "96, 64, 96, 64",
    "300, 200, 256, 171",
    "2400, 40, 256, 4",
    "64, 4000, 4, 256",
    "2000, 2000, 256, 256"
  })
  void of_a_png_the_longest_edge_is_at_most_256_and_the_shape_stays(
      int w, int h, int width, int height) {
    Size size = size(thumbnail(picture(w, h, Encoder::png)).orElseThrow());
    assertThat(size).isEqualTo(new Size(width, height));
  }

  @ParameterizedTest
  @CsvSource({
    "96, 64, 96, 64",
    "300, 200, 256, 171",
    "1535, 1535, 256, 256",
    "1537, 40, 193, 5",
    "2000, 1200, 250, 150",
    "64, 4000, 4, 256"
  })
  void of_a_jpeg_it_is_what_a_scaled_decode_gives_where_that_is_near_enough(
      int w, int h, int width, int height) {
    Size size = size(thumbnail(picture(w, h, pixels -> Encoder.jpeg(pixels, 90))).orElseThrow());
    assertThat(size).isEqualTo(new Size(width, height));
  }

  @Test
  void it_stands_upright_and_shows_the_picture() {
    try (Mats mats = new Mats()) {
      byte[] turned = Pictures.withExif(Pictures.jpeg(), 6, "C");
      Mat small = decoded(thumbnail(turned).orElseThrow(), mats);
      Mat full = decoded(turned, mats);
      Mat difference = mats.mat();
      Core.absdiff(small, full, difference);
      assertThat(small.rows()).isEqualTo(96);
      assertThat(Core.mean(difference).val[0]).isLessThan(3);
    }
  }

  @Test
  void what_does_not_decode_has_none() {
    byte[] torn = Arrays.copyOf(Pictures.jpeg(), 200);
    ImageHeader header = header(Pictures.jpeg());
    assertThat(Thumbnail.of(new byte[] {1, 2, 3}, header)).isEmpty();
    assertThat(HeaderInspector.inspect(torn)).isInstanceOf(Inspection.Rejected.class);
  }

  @Test
  void nothing_planted_in_metadata_reaches_any_derivative() {
    for (byte[] planted : List.of(Planted.jpeg(large()), Planted.png(Pictures.png()))) {
      assertThat(text(planted)).contains(Planted.CANARY);
      try (Mats mats = new Mats()) {
        Mat pixels = decoded(planted, mats);
        byte[] raw = new byte[(int) (pixels.total() * pixels.elemSize())];
        pixels.get(0, 0, raw);
        byte[] thumbnail = thumbnail(planted).orElseThrow();
        List<byte[]> derivatives =
            List.of(thumbnail, Encoder.png(pixels), Encoder.jpeg(pixels, 90), raw);
        assertThat(derivatives).noneMatch(derived -> text(derived).contains(Planted.CANARY));
        assertThat(thumbnail).startsWith(0xff, 0xd8);
        assertThat(text(thumbnail)).doesNotContain("Exif", "ICC_PROFILE", "http", "Photoshop");
        assertThat(Core.mean(decoded(thumbnail, mats)).val[1])
            .as("the preview is green")
            .isLessThan(110);
      }
    }
  }

  @Test
  void of_the_planted_facts_only_the_time_of_capture_is_read() {
    for (byte[] planted : List.of(Planted.jpeg(large()), Planted.png(Pictures.png()))) {
      ImageHeader header = header(planted);
      assertThat(header.capturedAt()).hasValue(LocalDateTime.of(2021, 3, 4, 5, 6, 7));
      assertThat(header.toString()).doesNotContain(Planted.CANARY);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2021:02:30 05:06:07",
    "    :  :     :  :  ",
    "0000:00:00 00:00:00",
    "1970:01:01 00:00:00",
    "2021-03-04 05:06:07",
    "2021:03:04 25:06:07",
    "CANARY"
  })
  void what_is_no_time_is_none(String text) {
    assertThat(ExifTime.parse(text)).isEmpty();
  }

  private static byte[] picture(int width, int height, Function<Mat, byte[]> encoder) {
    try (Mats mats = new Mats()) {
      Mat large = mats.mat();
      Imgproc.resize(Pictures.corners(mats), large, new Size(width, height));
      return encoder.apply(large);
    }
  }

  private static Size size(byte[] jpeg) {
    try (Mats mats = new Mats()) {
      return mats.own(Imgcodecs.imdecode(mats.own(new MatOfByte(jpeg)), Imgcodecs.IMREAD_COLOR))
          .size();
    }
  }

  private static byte[] large() {
    try (Mats mats = new Mats()) {
      Mat grey = mats.own(new Mat(900, 1200, CvType.CV_8UC3, new Scalar(90, 90, 90)));
      return Encoder.jpeg(grey, 95);
    }
  }

  private static Optional<byte[]> thumbnail(byte[] content) {
    return Thumbnail.of(content, header(content));
  }

  private static ImageHeader header(byte[] content) {
    return ((Inspection.Accepted) HeaderInspector.inspect(content)).header();
  }

  private static Mat decoded(byte[] content, Mats mats) {
    return ((Decoding.Decoded) Decoder.decode(content, mats)).bgr();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
