package fovea.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fovea.imaging.Mats;
import fovea.preprocess.field.Field;
import fovea.preprocess.field.FieldFinder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Rect;
import org.opencv.core.Scalar;

class FieldFinderTest {
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

  private static void assertRim(Field field, int edge, double x, double y) {
    double tolerance = 0.006 * edge + 0.5;
    assertThat(field.kind()).isEqualTo(Field.Kind.CIRCLE);
    assertThat(field.rim().x()).isCloseTo(x * edge, within(tolerance));
    assertThat(field.rim().y()).isCloseTo(y * edge, within(tolerance));
    assertThat(field.rim().radius()).isCloseTo(Retina.RADIUS / 2 * edge, within(tolerance));
  }
}
