package fovea.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import fovea.imaging.Encoder;
import fovea.imaging.Mats;
import fovea.preprocess.field.Field;
import fovea.preprocess.field.FieldFinder;
import fovea.preprocess.fundus.FundusProcessor;
import fovea.preprocess.fundus.Outcome;
import fovea.preprocess.fundus.PreprocessSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.Point;
import org.opencv.core.Rect;
import org.opencv.core.Scalar;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

class FieldFinderTest {
  private static final Scalar RETINA = new Scalar(40, 80, 160);

  @ParameterizedTest
  @ValueSource(ints = {256, 700, 1500})
  void the_rim_is_found_at_every_resolution(int edge) {
    try (Mats mats = new Mats()) {
      assertRim(FieldFinder.find(Retina.photograph(edge, mats)), edge, 0.5, 0.5);
    }
  }

  @Test
  void a_time_stamp_moves_nothing_and_does_not_reach_the_result() {
    try (Mats mats = new Mats()) {
      Mat stamped = Retina.photograph(700, mats);
      Retina.stamp(stamped);
      Field field = FieldFinder.find(stamped);
      assertRim(field, 700, 0.5, 0.5);
      assertThat(field.mask(256, mats).get(4, 4)[0]).isZero();
    }
  }

  @Test
  void a_grey_and_noisy_border_is_border() {
    try (Mats mats = new Mats()) {
      Mat noisy = Retina.photograph(700, mats);
      Mat noise = mats.own(new Mat(noisy.size(), CvType.CV_8UC3));
      Core.randu(noise, 0, 24);
      Core.add(noisy, noise, noisy);
      assertRim(FieldFinder.find(noisy), 700, 0.5, 0.5);
    }
  }

  @Test
  void a_field_cut_by_bars_keeps_its_circle_and_loses_visible_area() {
    try (Mats mats = new Mats()) {
      Mat cut = Retina.photograph(700, mats);
      Retina.cutTopAndBottom(cut, 0.16);
      Field field = FieldFinder.find(cut);
      assertRim(field, 700, 0.5, 0.5);
      // A chord at 0.34/0.45 of the radius on either side leaves 86.2% of a disc.
      assertThat(field.visible()).isCloseTo(0.862, within(0.03));
    }
  }

  @Test
  void a_field_that_leaves_the_frame_is_padded_not_squeezed() {
    try (Mats mats = new Mats()) {
      Mat whole = Retina.photograph(700, mats);
      Mat right = mats.own(whole.submat(new Rect(150, 0, 550, 700)));
      Field field = FieldFinder.find(right);
      assertRim(field, 700, 0.5 - 150 / 700.0, 0.5);
      Mat square = field.crop(right, mats);
      assertThat(square.cols()).isEqualTo(square.rows());
      assertThat(square.get(square.rows() / 2, 2)).containsExactly(0, 0, 0);
    }
  }

  @Test
  void black_has_no_field_and_a_full_frame_no_rim() {
    try (Mats mats = new Mats()) {
      Mat black = mats.own(Mat.zeros(300, 400, CvType.CV_8UC3));
      assertThat(FieldFinder.find(black).kind()).isEqualTo(Field.Kind.NONE);
      assertThat(FieldFinder.find(black).visible()).isZero();
      Mat full = mats.own(new Mat(300, 400, CvType.CV_8UC3, new Scalar(40, 80, 160)));
      Field frame = FieldFinder.find(full);
      assertThat(frame.kind()).isEqualTo(Field.Kind.FRAME);
      assertThat(frame.crop(full, 64, mats).size().toString()).isEqualTo("64x64");
    }
  }

  @ParameterizedTest
  @CsvSource({"600,400,150", "1500,1100,300", "900,900,130"})
  void a_small_disc_in_a_large_black_frame_is_found_wherever_it_lies(
      int width, int height, int radius) {
    try (Mats mats = new Mats()) {
      for (double[] at : new double[][] {{0.5, 0.5}, {0.3, 0.6}, {0.72, 0.42}}) {
        double x = Math.max(radius + 6, Math.min(width - radius - 6, at[0] * width));
        double y = Math.max(radius + 6, Math.min(height - radius - 6, at[1] * height));
        Mat frame = mats.own(Mat.zeros(height, width, CvType.CV_8UC3));
        Imgproc.circle(frame, new Point(x, y), radius, RETINA, Imgproc.FILLED);
        assertCircle(FieldFinder.find(frame), x, y, radius, Math.max(width, height));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 8, 24, 36})
  void a_bright_background_is_background_while_it_is_darker_than_retina(int grey) {
    try (Mats mats = new Mats()) {
      Mat frame = mats.own(new Mat(600, 800, CvType.CV_8UC3, Scalar.all(grey)));
      Imgproc.circle(frame, new Point(400, 300), 240, RETINA, Imgproc.FILLED);
      assertCircle(FieldFinder.find(frame), 400, 300, 240, 800);
    }
  }

  @Test
  void a_disc_wider_than_its_frame_is_high_keeps_its_circle() {
    try (Mats mats = new Mats()) {
      Mat frame = mats.own(Mat.zeros(500, 900, CvType.CV_8UC3));
      Imgproc.circle(frame, new Point(430, 250), 310, RETINA, Imgproc.FILLED);
      Field field = FieldFinder.find(frame);
      assertCircle(field, 430, 250, 310, 900);
      assertThat(field.visible()).isBetween(0.8, 0.97);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 11})
  void what_is_all_but_black_has_no_field(int grey) {
    try (Mats mats = new Mats()) {
      Mat black = mats.own(new Mat(700, 900, CvType.CV_8UC3, Scalar.all(grey)));
      assertThat(FieldFinder.find(black).kind()).isEqualTo(Field.Kind.NONE);
    }
  }

  @Test
  void a_small_field_is_decoded_whole_so_that_the_result_is_as_sharp_as_its_file() {
    try (Mats mats = new Mats()) {
      Mat frame = mats.own(Mat.zeros(2000, 3000, CvType.CV_8UC3));
      Mat disc = Retina.photograph(800, mats);
      disc.copyTo(mats.own(frame.submat(new Rect(300, 900, 800, 800))));
      FundusProcessor processor = new FundusProcessor(PreprocessSettings.standard());
      Outcome.Processed large = processed(processor, Encoder.jpeg(frame, 95));
      Outcome.Processed alone = processed(processor, Encoder.jpeg(disc, 95));
      assertThat(large.width()).isEqualTo(3000);
      assertThat(large.quality().focus()).isCloseTo(alone.quality().focus(), within(0.05));
      assertThat(large.quality().field()).isCloseTo(alone.quality().field(), within(0.05));
      assertThat(finest(large, mats)).isCloseTo(finest(alone, mats), withinPercentage(10));
    }
  }

  private static Outcome.Processed processed(FundusProcessor processor, byte[] content) {
    return (Outcome.Processed) processor.process(content);
  }

  // The energy of what is as fine as a pixel: half of it is lost where only a half was decoded.
  private static double finest(Outcome.Processed made, Mats mats) {
    Mat bytes = mats.own(new MatOfByte(made.png()));
    Mat result = mats.own(Imgcodecs.imdecode(bytes, Imgcodecs.IMREAD_GRAYSCALE));
    Mat edges = mats.mat();
    Imgproc.Laplacian(result, edges, CvType.CV_32F);
    return Core.norm(edges, Core.NORM_L1) / edges.total();
  }

  private static void assertCircle(Field field, double x, double y, double radius, int longest) {
    // A pixel of the copy that is searched.
    double tolerance = longest / 256.0;
    assertThat(field.kind()).isEqualTo(Field.Kind.CIRCLE);
    assertThat(field.rim().x()).isCloseTo(x, within(tolerance));
    assertThat(field.rim().y()).isCloseTo(y, within(tolerance));
    assertThat(field.rim().radius()).isCloseTo(radius, within(tolerance));
  }

  private static void assertRim(Field field, int edge, double x, double y) {
    double tolerance = 0.006 * edge + 0.5;
    assertThat(field.kind()).isEqualTo(Field.Kind.CIRCLE);
    assertThat(field.rim().x()).isCloseTo(x * edge, within(tolerance));
    assertThat(field.rim().y()).isCloseTo(y * edge, within(tolerance));
    assertThat(field.rim().radius()).isCloseTo(Retina.RADIUS / 2 * edge, within(tolerance));
  }
}
