package fovea.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fovea.imaging.Mats;
import fovea.preprocess.field.Field;
import fovea.preprocess.field.FieldFinder;
import fovea.preprocess.quality.Flaw;
import fovea.preprocess.quality.Grade;
import fovea.preprocess.quality.Quality;
import fovea.preprocess.quality.QualityGrader;
import org.junit.jupiter.api.Test;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

class QualityGraderTest {
  @Test
  void a_sharp_well_lit_photograph_is_good() {
    try (Mats mats = new Mats()) {
      Quality quality = grade(Retina.photograph(800, mats));
      assertThat(quality.grade()).isEqualTo(Grade.GOOD);
      assertThat(quality.flaw()).isEmpty();
    }
  }

  @Test
  void one_photograph_at_several_sizes_has_the_same_scores() {
    try (Mats mats = new Mats()) {
      Quality large = grade(Retina.blurred(Retina.photograph(1600, mats), 0.0055, mats));
      assertThat(large.focus()).isBetween(0.1, 0.95);
      for (int edge : new int[] {1100, 800, 512, 400, 300}) {
        Mat photograph = mats.mat();
        Mat original = Retina.blurred(Retina.photograph(1600, mats), 0.0055, mats);
        Imgproc.resize(original, photograph, new Size(edge, edge), 0, 0, Imgproc.INTER_AREA);
        Quality quality = grade(photograph);
        assertThat(quality.focus()).as("%d", edge).isCloseTo(large.focus(), within(0.08));
        assertThat(quality.illumination()).isCloseTo(large.illumination(), within(0.02));
        assertThat(quality.contrast()).isCloseTo(large.contrast(), within(0.06));
        assertThat(quality.field()).isCloseTo(large.field(), within(0.02));
        assertThat(quality.grade()).isEqualTo(large.grade());
      }
    }
  }

  @Test
  void the_more_blurred_the_lower_focus_and_score() {
    try (Mats mats = new Mats()) {
      Quality before = grade(Retina.photograph(800, mats));
      for (double sigma : new double[] {0.002, 0.004, 0.006, 0.01, 0.02}) {
        Quality now = grade(Retina.blurred(Retina.photograph(800, mats), sigma, mats));
        assertThat(now.focus()).as("sigma %s", sigma).isLessThanOrEqualTo(before.focus());
        assertThat(now.score()).as("sigma %s", sigma).isLessThanOrEqualTo(before.score());
        before = now;
      }
      assertThat(before.grade()).isEqualTo(Grade.REJECT);
      assertThat(before.flaw()).contains(Flaw.POOR_FOCUS);
    }
  }

  @Test
  void the_darker_the_lower_illumination_and_score() {
    try (Mats mats = new Mats()) {
      Quality before = grade(Retina.photograph(800, mats));
      for (double factor : new double[] {0.7, 0.5, 0.35, 0.25, 0.15}) {
        Quality now = grade(Retina.darkened(Retina.photograph(800, mats), factor, mats));
        assertThat(now.illumination()).as("%s", factor).isLessThanOrEqualTo(before.illumination());
        assertThat(now.score()).as("%s", factor).isLessThan(before.score() + 1e-9);
        before = now;
      }
      assertThat(before.grade()).isNotEqualTo(Grade.GOOD);
    }
  }

  @Test
  void a_cut_field_scores_lower_on_the_field_alone() {
    try (Mats mats = new Mats()) {
      Mat cut = Retina.photograph(800, mats);
      Retina.cutTopAndBottom(cut, 0.25);
      Quality quality = grade(cut);
      assertThat(quality.field()).isLessThan(grade(Retina.photograph(800, mats)).field() - 0.2);
      assertThat(quality.illumination()).isGreaterThan(0.9);
    }
  }

  @Test
  void a_grey_photograph_is_judged_like_the_colour_one() {
    try (Mats mats = new Mats()) {
      Mat grey = mats.mat();
      Core.extractChannel(Retina.photograph(800, mats), grey, 1);
      Mat three = mats.mat();
      Imgproc.cvtColor(grey, three, Imgproc.COLOR_GRAY2BGR);
      assertThat(grade(three).grade()).isNotEqualTo(Grade.REJECT);
    }
  }

  @Test
  void what_is_no_fundus_is_rejected_with_its_reason() {
    try (Mats mats = new Mats()) {
      Mat black = mats.own(Mat.zeros(300, 400, CvType.CV_8UC3));
      assertThat(grade(black).flaw()).contains(Flaw.NO_FIELD);
      Mat noise = mats.own(new Mat(300, 400, CvType.CV_8UC3));
      Core.randu(noise, 0, 255);
      assertThat(grade(noise).flaw()).contains(Flaw.NOT_A_FUNDUS);
      Mat sky = mats.own(new Mat(300, 400, CvType.CV_8UC3, new Scalar(200, 120, 60)));
      assertThat(grade(sky).flaw()).contains(Flaw.NOT_A_FUNDUS);
      assertThat(grade(sky).grade()).isEqualTo(Grade.REJECT);
    }
  }

  private static Quality grade(Mat photograph) {
    try (Mats mats = new Mats()) {
      Field field = FieldFinder.find(photograph);
      return QualityGrader.grade(field.crop(photograph, 256, mats), field);
    }
  }
}
