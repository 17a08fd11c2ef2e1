package fovea.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.contract.cohort.Laterality;
import fovea.imaging.Decoder;
import fovea.imaging.Decoding;
import fovea.imaging.Mats;
import fovea.preprocess.anatomy.Anatomy;
import fovea.preprocess.anatomy.AnatomyFinder;
import fovea.preprocess.anatomy.LateralityCheck;
import fovea.preprocess.anatomy.Missing;
import fovea.preprocess.anatomy.Spot;
import fovea.preprocess.field.Circle;
import fovea.preprocess.field.Field;
import fovea.preprocess.field.FieldFinder;
import fovea.synthetic.FundusPhotograph;
import fovea.synthetic.FundusSettings;
import fovea.synthetic.FundusTruth;
import fovea.synthetic.SyntheticFundus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Point;
import org.opencv.core.Scalar;
import org.opencv.imgproc.Imgproc;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnatomyTest {
  private static final int SEEDS = 60;

  private final List<Case> cases = new ArrayList<>();

  private record Case(FundusSettings settings, FundusTruth truth, Circle cut, Anatomy found) {
    double error(Spot spot, double x, double y) {
      double edge = 2 * cut.radius();
      double foundX = cut.x() - cut.radius() + spot.x() * edge;
      double foundY = cut.y() - cut.radius() + spot.y() * edge;
      return Math.hypot(foundX - x, foundY - y) / truth.discRadius();
    }
  }

  // Every grade of retinopathy, every camera, cups from small to large.
  @BeforeAll
  void find_everything() {
    Random random = new Random(5);
    for (int seed = 0; seed < SEEDS; seed++) {
      double cup = 0.2 + 0.6 * random.nextDouble();
      FundusSettings settings =
          FundusSettings.of(1000 + seed, 640).withGrade(seed % 5).withCupToDisc(cup);
      FundusPhotograph photograph = SyntheticFundus.render(settings);
      try (Mats mats = new Mats()) {
        Mat bgr = decoded(photograph, mats);
        Field field = FieldFinder.find(bgr);
        cases.add(new Case(settings, photograph.truth(), field.cut(), found(bgr, field)));
      }
    }
  }

  @Test
  void the_disc_is_found_within_its_own_radius_in_95_of_100() {
    long near =
        cases.stream()
            .filter(c -> c.found.disc().value().isPresent())
            .filter(
                c -> c.error(c.found.disc().value().get(), c.truth.discX(), c.truth.discY()) < 1)
            .count();
    assertThat(near).isGreaterThanOrEqualTo((long) Math.ceil(0.95 * SEEDS));
  }

  @Test
  void the_fovea_is_found_within_a_disc_diameter() {
    long near =
        cases.stream()
            .filter(c -> c.found.fovea().value().isPresent())
            .filter(
                c -> c.error(c.found.fovea().value().get(), c.truth.foveaX(), c.truth.foveaY()) < 2)
            .count();
    assertThat(near).isGreaterThanOrEqualTo((long) (0.9 * SEEDS));
  }

  @Test
  void the_side_follows_from_disc_and_fovea() {
    long right =
        cases.stream()
            .filter(c -> c.found.side().value().filter(c.settings.laterality()::equals).isPresent())
            .count();
    assertThat(right).isGreaterThanOrEqualTo((long) Math.ceil(0.97 * SEEDS));
  }

  @Test
  void the_cup_is_measured_within_a_tenth_on_average() {
    double[] errors =
        cases.stream()
            .filter(c -> c.found.cupToDisc().value().isPresent())
            .mapToDouble(c -> Math.abs(c.found.cupToDisc().value().get() - c.truth.cupToDisc()))
            .sorted()
            .toArray();
    assertThat(errors.length).isGreaterThanOrEqualTo((int) (0.9 * SEEDS));
    assertThat(Arrays.stream(errors).average().orElseThrow()).isLessThan(0.08);
    assertThat(errors[(int) (0.85 * errors.length)]).isLessThan(0.2);
  }

  @Test
  void eyes_with_more_vessels_have_the_higher_density() {
    List<double[]> pairs =
        cases.stream()
            .map(
                c ->
                    new double[] {
                      c.truth.vesselDensity(), c.found.vesselDensity().value().orElseThrow()
                    })
            .sorted(Comparator.comparingDouble(pair -> pair[0]))
            .toList();
    double[] thirds = new double[3];
    for (int i = 0; i < SEEDS; i++) {
      thirds[3 * i / SEEDS] += pairs.get(i)[1] / (SEEDS / 3);
    }
    assertThat(thirds[0]).isLessThan(thirds[1]);
    assertThat(thirds[1]).isLessThan(thirds[2]);
  }

  @Test
  void every_vessel_that_is_drawn_in_raises_the_density() {
    try (Mats mats = new Mats()) {
      Mat bgr = decoded(SyntheticFundus.render(FundusSettings.of(3, 512)), mats);
      Field field = FieldFinder.find(bgr);
      double before = found(bgr, field).vesselDensity().value().orElseThrow();
      for (int i = 0; i < 4; i++) {
        Point from = new Point(120 + 70 * i, 100);
        Imgproc.line(bgr, from, new Point(150 + 70 * i, 400), new Scalar(25, 40, 90), 5);
        double now = found(bgr, field).vesselDensity().value().orElseThrow();
        assertThat(now).isGreaterThan(before);
        before = now;
      }
    }
  }

  @Test
  void too_few_pixels_give_no_cup_but_a_reason() {
    try (Mats mats = new Mats()) {
      Mat bgr = decoded(SyntheticFundus.render(FundusSettings.of(2, 256)), mats);
      Anatomy small = found(bgr, FieldFinder.find(bgr));
      assertThat(small.disc().value()).isPresent();
      assertThat(small.cupToDisc().value()).isEmpty();
      assertThat(small.cupToDisc().reason()).contains(Missing.DISC_TOO_SMALL);
    }
  }

  @Test
  void without_a_disc_there_is_a_reason_for_everything() {
    try (Mats mats = new Mats()) {
      Mat plain = mats.own(new Mat(600, 600, CvType.CV_8UC3, Scalar.all(0)));
      Imgproc.circle(plain, new Point(300, 300), 280, new Scalar(40, 80, 160), -1);
      Anatomy found = found(plain, FieldFinder.find(plain));
      assertThat(found.disc().reason()).contains(Missing.NO_CLEAR_DISC);
      assertThat(found.fovea().reason()).isPresent();
      assertThat(found.side().reason()).isPresent();
      assertThat(found.cupToDisc().reason()).isPresent();
    }
  }

  @Test
  void a_declared_side_agrees_contradicts_or_is_unknown() {
    Case one = cases.get(0);
    Laterality side = one.found.side().value().orElseThrow();
    Laterality other = side == Laterality.LEFT ? Laterality.RIGHT : Laterality.LEFT;
    assertThat(LateralityCheck.agrees(one.found, side.word())).contains(true);
    assertThat(LateralityCheck.agrees(one.found, other.word())).contains(false);
    assertThat(LateralityCheck.agrees(one.found, "")).isEmpty();
    Anatomy nothing = Anatomy.missing(Missing.PHOTOGRAPH_REJECTED);
    assertThat(LateralityCheck.agrees(nothing, "left")).isEmpty();
  }

  @Test
  void a_name_tells_a_side_only_in_a_word_of_its_own() {
    assertThat(LateralityCheck.inName("a/12_left.jpg")).contains(Laterality.LEFT);
    assertThat(LateralityCheck.inName("OD-7.png")).contains(Laterality.RIGHT);
    assertThat(LateralityCheck.inName("bright_model.jpg")).isEmpty();
    assertThat(LateralityCheck.inName("left/9_right.jpg")).isEmpty();
    assertThat(LateralityCheck.inName("l.jpg")).isEmpty();
  }

  private static Mat decoded(FundusPhotograph photograph, Mats mats) {
    return ((Decoding.Decoded) Decoder.decode(photograph.jpeg(0.92), mats)).bgr();
  }

  private static Anatomy found(Mat bgr, Field field) {
    try (Mats mats = new Mats()) {
      Mat square = field.crop(bgr, 256, mats);
      return AnatomyFinder.find(bgr, field, square, AnatomyFinder.Vessels.CLEAR);
    }
  }
}
