package fovea.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fovea.contract.settings.SettingValues;
import fovea.imaging.Encoder;
import fovea.imaging.Mats;
import fovea.preprocess.fundus.FundusProcessor;
import fovea.preprocess.fundus.Outcome;
import fovea.preprocess.fundus.PreprocessSettings;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.MatOfDouble;
import org.opencv.core.Rect;
import org.opencv.core.Scalar;
import org.opencv.imgcodecs.Imgcodecs;

class FundusProcessorTest {
  private static final Map<String, String> PLAIN = Map.of("gain", "0", "clahe-clip", "0");

  @Test
  void without_normalisation_the_result_is_the_crop_itself() {
    try (Mats mats = new Mats()) {
      Mat result = result(Retina.photograph(700, mats), PLAIN, mats);
      assertThat(result.size().toString()).isEqualTo("512x512");
      // Left of the optic disc the drawn background shines through.
      assertThat(result.get(256, 30)[2]).isBetween(110.0, 180.0);
    }
  }

  @Test
  void a_gradient_of_light_is_gone_afterwards() {
    try (Mats mats = new Mats()) {
      Mat shaded = Retina.photograph(700, mats);
      for (int x = 0; x < 700; x++) {
        Mat column = mats.own(shaded.col(x));
        column.convertTo(column, -1, 0.4 + 0.8 * x / 700.0);
      }
      Mat plain = result(shaded, PLAIN, mats);
      Mat even = result(shaded, Map.of("clahe-clip", "0"), mats);
      assertThat(sideToSide(plain, mats)).isGreaterThan(40);
      assertThat(sideToSide(even, mats)).isLessThan(10);
      assertThat(deviation(even, mats)).isGreaterThan(8);
    }
  }

  @Test
  void the_rim_is_not_brighter_than_the_middle() {
    try (Mats mats = new Mats()) {
      Mat disc = mats.own(Mat.zeros(600, 600, CvType.CV_8UC3));
      org.opencv.imgproc.Imgproc.circle(
          disc, new org.opencv.core.Point(300, 300), 280, new Scalar(40, 80, 160), -1);
      Mat even = result(disc, Map.of("clahe-clip", "0"), mats);
      for (int x : new int[] {14, 30, 100, 256, 480, 497}) {
        assertThat(even.get(256, x)[1]).as("column %d", x).isBetween(118.0, 138.0);
      }
    }
  }

  @Test
  void green_only_is_grey() {
    try (Mats mats = new Mats()) {
      Map<String, String> green = new HashMap<>(PLAIN);
      green.put("channels", "green");
      double[] pixel = result(Retina.photograph(400, mats), green, mats).get(256, 100);
      assertThat(pixel[0]).isEqualTo(pixel[1]).isEqualTo(pixel[2]);
      assertThat(pixel[0]).isBetween(40.0, 110.0);
    }
  }

  @Test
  void the_same_bytes_and_parameters_give_the_same_pixels() {
    byte[] content = Retina.jpeg(500);
    FundusProcessor processor = new FundusProcessor(PreprocessSettings.standard());
    Outcome.Processed one = (Outcome.Processed) processor.process(content);
    Outcome.Processed two = (Outcome.Processed) processor.process(content);
    assertThat(one.png()).isEqualTo(two.png());
    assertThat(one.quality()).isEqualTo(two.quality());
  }

  @Test
  void steps_that_are_switched_off_change_nothing() {
    PreprocessSettings one = PreprocessSettings.of(SettingValues.of(PLAIN));
    Map<String, String> moved = new HashMap<>(PLAIN);
    moved.put("sigma", "0.2");
    moved.put("clahe-tiles", "3");
    PreprocessSettings other = PreprocessSettings.of(SettingValues.of(moved));
    assertThat(other.parametersVersion()).isEqualTo(one.parametersVersion());
    assertThat(one.json())
        .isEqualTo(
            "{\"steps\":[{\"step\":\"field-crop\"},{\"step\":\"area-resize\",\"size\":512},"
                + "{\"step\":\"circular-mask\"}]}");
  }

  @Test
  void the_standard_recipe_names_its_steps_and_keeps_its_version() {
    PreprocessSettings standard = PreprocessSettings.standard();
    assertThat(standard.json())
        .isEqualTo(
            "{\"steps\":[{\"step\":\"field-crop\"},{\"step\":\"area-resize\",\"size\":512},"
                + "{\"step\":\"even-illumination\",\"gain\":2.5,\"sigma\":0.05,\"reduction\":8},"
                + "{\"step\":\"equalise-luminance\",\"clip\":1.5,\"tiles\":8},"
                + "{\"step\":\"circular-mask\"}]}");
    // Changing this value changes what every lake calls its rows: new steps need a new name.
    assertThat(standard.parametersVersion()).isEqualTo("p3-189f0bb7");
  }

  @Test
  void a_large_jpeg_is_decoded_at_half_size_and_says_its_own_size() {
    Outcome.Processed made =
        (Outcome.Processed)
            new FundusProcessor(PreprocessSettings.standard()).process(Retina.jpeg(1600));
    assertThat(made.width()).isEqualTo(1600);
    assertThat(made.height()).isEqualTo(1600);
  }

  @Test
  void half_size_decoding_changes_neither_pixels_nor_scores_to_speak_of() {
    try (Mats mats = new Mats()) {
      byte[] jpeg = Retina.jpeg(1600);
      Mat whole = mats.own(Imgcodecs.imdecode(new MatOfByte(jpeg), Imgcodecs.IMREAD_COLOR));
      FundusProcessor processor = new FundusProcessor(PreprocessSettings.standard());
      Outcome.Processed reduced = (Outcome.Processed) processor.process(jpeg);
      Outcome.Processed full = (Outcome.Processed) processor.process(Encoder.png(whole));
      assertThat(reduced.quality().focus()).isCloseTo(full.quality().focus(), within(0.03));
      assertThat(reduced.quality().score()).isCloseTo(full.quality().score(), within(0.02));
      assertThat(meanDifference(reduced.png(), full.png(), mats)).isLessThan(4);
    }
  }

  @Test
  void garbage_fails_with_its_reason() {
    FundusProcessor processor = new FundusProcessor(PreprocessSettings.standard());
    assertThat(processor.process(new byte[0]))
        .isInstanceOfSatisfying(
            Outcome.Failed.class, failed -> assertThat(failed.code()).isEqualTo("empty-file"));
  }

  @Test
  void every_parameter_changes_the_version_and_the_defaults_keep_theirs() {
    PreprocessSettings standard = PreprocessSettings.standard();
    assertThat(standard.parametersVersion()).matches("p3-[0-9a-f]{8}");
    assertThat(standard.parametersVersion())
        .isEqualTo(PreprocessSettings.standard().parametersVersion());
    Map<String, String> others =
        Map.of(
            "size", "256",
            "gain", "3",
            "sigma", "0.04",
            "clahe-clip", "2",
            "clahe-tiles", "4",
            "channels", "green");
    assertThat(
            others.entrySet().stream()
                .map(e -> PreprocessSettings.of(SettingValues.of(Map.of(e.getKey(), e.getValue()))))
                .map(PreprocessSettings::parametersVersion))
        .doesNotHaveDuplicates()
        .doesNotContain(standard.parametersVersion());
  }

  private static Mat result(Mat photograph, Map<String, String> flags, Mats mats) {
    FundusProcessor processor = new FundusProcessor(PreprocessSettings.of(SettingValues.of(flags)));
    Outcome outcome = processor.process(Encoder.png(photograph));
    byte[] png = ((Outcome.Processed) outcome).png();
    return mats.own(Imgcodecs.imdecode(new MatOfByte(png), Imgcodecs.IMREAD_COLOR));
  }

  private static double meanDifference(byte[] one, byte[] other, Mats mats) {
    Mat a = mats.own(Imgcodecs.imdecode(new MatOfByte(one), Imgcodecs.IMREAD_COLOR));
    Mat b = mats.own(Imgcodecs.imdecode(new MatOfByte(other), Imgcodecs.IMREAD_COLOR));
    return Core.norm(a, b, Core.NORM_L1) / (a.total() * 3);
  }

  private static double sideToSide(Mat picture, Mats mats) {
    Mat left = mats.own(picture.submat(new Rect(60, 200, 80, 112)));
    Mat right = mats.own(picture.submat(new Rect(400, 200, 80, 112)));
    return Math.abs(Core.mean(left).val[2] - Core.mean(right).val[2]);
  }

  private static double deviation(Mat picture, Mats mats) {
    MatOfDouble mean = mats.own(new MatOfDouble());
    MatOfDouble deviation = mats.own(new MatOfDouble());
    Core.meanStdDev(mats.own(picture.submat(new Rect(100, 100, 312, 312))), mean, deviation);
    return deviation.get(1, 0)[0];
  }
}
