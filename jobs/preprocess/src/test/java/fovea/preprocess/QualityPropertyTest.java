package fovea.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fovea.contract.settings.SettingValues;
import fovea.imaging.Decoder;
import fovea.imaging.Decoding;
import fovea.imaging.Encoder;
import fovea.imaging.Mats;
import fovea.preprocess.fundus.FundusProcessor;
import fovea.preprocess.fundus.Outcome;
import fovea.preprocess.fundus.PreprocessSettings;
import fovea.preprocess.quality.Flaw;
import fovea.preprocess.quality.Grade;
import fovea.preprocess.quality.Quality;
import fovea.synthetic.Defect;
import fovea.synthetic.FundusSettings;
import fovea.synthetic.SyntheticFundus;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

class QualityPropertyTest {
  private static final int SEEDS = 8;
  private static final double[] STRENGTHS = {0.2, 0.4, 0.6, 0.8, 1};
  // A veil evens out the light a little before it takes contrast away.
  private static final double TOLERANCE = 0.02;

  private final FundusProcessor processor =
      new FundusProcessor(PreprocessSettings.of(SettingValues.of(Map.of("size", "128"))));

  @ParameterizedTest
  @EnumSource(
      value = Defect.Kind.class,
      names = {"BLUR", "DARK", "HAZE", "OCCLUSION"})
  void the_stronger_a_defect_the_lower_the_score_and_never_the_better_the_grade(Defect.Kind kind) {
    for (int seed = 0; seed < SEEDS; seed++) {
      FundusSettings eye = FundusSettings.of(seed, 360);
      Quality before = graded(eye);
      Quality first = before;
      for (double strength : STRENGTHS) {
        Quality now = graded(eye.withDefect(kind, strength));
        String where = kind + " " + strength + ", seed " + seed;
        assertThat(now.score()).as(where).isLessThanOrEqualTo(before.score() + TOLERANCE);
        assertThat(now.grade()).as(where).isGreaterThanOrEqualTo(before.grade());
        before = now;
      }
      assertThat(before.score()).isLessThan(first.score() - 0.15);
      assertThat(before.grade()).isNotEqualTo(Grade.GOOD);
    }
  }

  @Test
  void a_lid_over_the_retina_is_an_artefact() {
    Quality quality = graded(FundusSettings.of(3, 360).withDefect(Defect.Kind.OCCLUSION, 0.9));
    assertThat(quality.flaw()).contains(Flaw.ARTEFACT);
    assertThat(graded(FundusSettings.of(3, 360)).artefact()).isGreaterThan(0.9);
  }

  @Test
  void one_photograph_at_six_sizes_has_the_same_scores_and_grade() {
    try (Mats mats = new Mats()) {
      FundusSettings eye = FundusSettings.of(2, 1600).withDefect(Defect.Kind.BLUR, 0.35);
      byte[] original = SyntheticFundus.render(eye).jpeg(0.95);
      Mat photograph = ((Decoding.Decoded) Decoder.decode(original, mats)).bgr();
      Quality large = quality(processor.process(Encoder.jpeg(photograph, 95)));
      assertThat(large.focus()).isBetween(0.2, 0.98);
      for (int edge : new int[] {1300, 1000, 700, 512, 400}) {
        Mat scaled = mats.mat();
        Imgproc.resize(photograph, scaled, new Size(edge, edge), 0, 0, Imgproc.INTER_AREA);
        Quality quality = quality(processor.process(Encoder.jpeg(scaled, 95)));
        assertThat(quality.focus()).as("%d", edge).isCloseTo(large.focus(), within(0.08));
        assertThat(quality.score()).as("%d", edge).isCloseTo(large.score(), within(0.03));
        assertThat(quality.artefact()).as("%d", edge).isCloseTo(large.artefact(), within(0.03));
        assertThat(quality.grade()).as("%d", edge).isEqualTo(large.grade());
      }
    }
  }

  @Test
  void black_white_grey_and_scenery_are_rejected_with_a_reason_and_nothing_measured() {
    try (Mats mats = new Mats()) {
      assertRejected(mats.own(Mat.zeros(400, 500, CvType.CV_8UC3)));
      assertRejected(mats.own(new Mat(400, 500, CvType.CV_8UC3, Scalar.all(255))));
      assertRejected(mats.own(new Mat(400, 500, CvType.CV_8UC3, Scalar.all(110))));
      Mat sky = mats.own(new Mat(400, 500, CvType.CV_8UC3, new Scalar(200, 120, 60)));
      Core.add(sky, Scalar.all(10), sky);
      assertRejected(sky);
    }
  }

  private void assertRejected(Mat picture) {
    Outcome.Processed made = (Outcome.Processed) processor.process(Encoder.png(picture));
    assertThat(made.quality().grade()).isEqualTo(Grade.REJECT);
    assertThat(made.quality().flaw()).isPresent();
    assertThat(made.anatomy().disc().reason()).isPresent();
    assertThat(made.anatomy().cupToDisc().value()).isEmpty();
  }

  private Quality graded(FundusSettings settings) {
    return quality(processor.process(SyntheticFundus.render(settings).jpeg(0.92)));
  }

  private static Quality quality(Outcome outcome) {
    return ((Outcome.Processed) outcome).quality();
  }
}
