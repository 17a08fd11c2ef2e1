package fovea.preprocess.field;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.imaging.Mats;
import fovea.preprocess.Retina;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Rect;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

class AreaScaleTest {
  @ParameterizedTest
  @CsvSource({"900,512", "897,512", "513,512", "700,100", "1000,127", "65,64", "320,20", "512,128"})
  void every_ratio_gives_what_opencv_gives_in_reals_within_two_grey_levels(int from, int to) {
    try (Mats mats = new Mats()) {
      Mat noise = mats.own(new Mat(from, from, CvType.CV_8UC3));
      Core.randu(noise, 0, 256);
      assertClose(noise, to, mats);
      assertClose(Retina.photograph(from, mats), to, mats);
    }
  }

  @Test
  void a_view_into_a_larger_picture_is_scaled_like_its_copy() {
    try (Mats mats = new Mats()) {
      Mat photograph = Retina.photograph(700, mats);
      assertClose(mats.own(photograph.submat(new Rect(31, 57, 611, 611))), 256, mats);
    }
  }

  @Test
  void a_square_between_pixels_is_the_one_of_a_finer_picture_between_none() {
    try (Mats mats = new Mats()) {
      Mat fine = Retina.photograph(1200, mats);
      Mat coarse = Field.scaled(fine, 300, mats);
      Mat between = AreaScale.scaled(coarse, 0.25, 0.75, 299, 100, mats);
      Mat exact = mats.mat();
      Mat part = mats.own(fine.submat(new Rect(1, 3, 1196, 1196)));
      Imgproc.resize(part, exact, new Size(100, 100), 0, 0, Imgproc.INTER_AREA);
      assertThat(Core.norm(between, exact, Core.NORM_L1) / (3 * exact.total())).isLessThan(0.5);
    }
  }

  @Test
  void white_stays_white_and_black_black() {
    try (Mats mats = new Mats()) {
      for (int grey : new int[] {0, 255}) {
        Mat plain = mats.own(new Mat(401, 401, CvType.CV_8UC3, Scalar.all(grey)));
        Mat scaled = AreaScale.scaled(plain, 0, 0, 401, 150, mats);
        Core.MinMaxLocResult range = Core.minMaxLoc(mats.own(scaled.reshape(1)));
        assertThat(range.minVal).isEqualTo(grey);
        assertThat(range.maxVal).isEqualTo(grey);
      }
    }
  }

  private static void assertClose(Mat square, int edge, Mats mats) {
    Mat exact = mats.mat();
    Imgproc.resize(square, exact, new Size(edge, edge), 0, 0, Imgproc.INTER_AREA);
    Mat ours = AreaScale.scaled(square, 0, 0, square.cols(), edge, mats);
    assertThat(Core.norm(ours, exact, Core.NORM_INF)).isLessThanOrEqualTo(2);
    assertThat(Core.norm(ours, exact, Core.NORM_L1) / (3 * exact.total())).isLessThan(0.5);
  }
}
