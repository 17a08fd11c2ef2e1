package fovea.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fovea.contract.capture.ImageFormat;
import fovea.contract.cohort.Laterality;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class SyntheticFundusTest {
  private static final FundusSettings EYE =
      FundusSettings.of(11, 256)
          .withCamera(CameraStyle.TABLE)
          .withLaterality(Laterality.RIGHT)
          .withPigment(0.4);

  @Test
  void the_same_seed_gives_the_same_bytes_and_another_seed_others() {
    byte[] once = SyntheticFundus.render(EYE.withGrade(2)).jpeg(0.9);
    byte[] again = SyntheticFundus.render(EYE.withGrade(2)).jpeg(0.9);
    byte[] other = SyntheticFundus.render(EYE.withGrade(2).withSeed(12)).jpeg(0.9);
    assertThat(again).isEqualTo(once);
    assertThat(other).isNotEqualTo(once);
  }

  @Test
  void the_disc_is_brighter_and_the_fovea_darker_than_the_surround() {
    for (long seed = 0; seed < 12; seed++) {
      FundusPhotograph photograph = SyntheticFundus.render(EYE.withSeed(seed));
      FundusTruth truth = photograph.truth();
      double disc = green(photograph, truth.discX(), truth.discY(), 0.8 * truth.discRadius());
      double fovea = green(photograph, truth.foveaX(), truth.foveaY(), 0.5 * truth.discRadius());
      double halfway =
          green(
              photograph,
              (truth.discX() + truth.foveaX()) / 2,
              (truth.discY() + truth.foveaY()) / 2,
              0.8 * truth.discRadius());
      assertThat(disc).as("disc, seed %d", seed).isGreaterThan(1.15 * halfway);
      assertThat(fovea).as("fovea, seed %d", seed).isLessThan(0.85 * halfway);
    }
  }

  @Test
  void the_fovea_lies_two_and_a_half_disc_diameters_from_the_disc() {
    FundusTruth truth = SyntheticFundus.render(EYE).truth();
    double distance = Math.hypot(truth.discX() - truth.foveaX(), truth.discY() - truth.foveaY());
    assertThat(distance / (2 * truth.discRadius())).isCloseTo(2.5, within(0.01));
  }

  @Test
  void in_a_right_eye_the_disc_lies_to_the_right_and_a_left_eye_is_its_mirror_image() {
    FundusTruth right = SyntheticFundus.render(EYE).truth();
    FundusTruth left = SyntheticFundus.render(EYE.withLaterality(Laterality.LEFT)).truth();
    assertThat(right.discX()).isGreaterThan(right.foveaX());
    assertThat(left.discX()).isEqualTo(256 - right.discX(), within(1e-9));
    assertThat(left.foveaX()).isEqualTo(256 - right.foveaX(), within(1e-9));
    assertThat(left.discY()).isEqualTo(right.discY(), within(1e-9));
  }

  @Test
  void lesions_grow_with_the_grade_and_are_those_that_define_it() {
    for (long seed = 0; seed < 8; seed++) {
      LesionCounts[] by = new LesionCounts[5];
      for (int grade = 0; grade <= 4; grade++) {
        by[grade] = SyntheticFundus.render(EYE.withSeed(seed).withGrade(grade)).truth().lesions();
      }
      assertThat(by[0]).isEqualTo(LesionCounts.NONE);
      assertThat(by[1].total()).isEqualTo(by[1].microaneurysms()).isPositive();
      assertThat(by[2].haemorrhages()).isPositive();
      assertThat(by[2].total()).isGreaterThan(by[1].total());
      assertThat(by[3].haemorrhages()).isGreaterThan(80);
      assertThat(by[3].cottonWoolSpots()).isPositive();
      assertThat(by[3].total()).isGreaterThan(by[2].total());
      assertThat(by[4].neovascularisations()).isPositive();
      assertThat(by[4].preretinalHaemorrhages()).isPositive();
    }
  }

  @Test
  void severe_retinopathy_has_more_than_twenty_haemorrhages_in_each_quadrant() {
    for (long seed = 0; seed < 20; seed++) {
      FundusSettings settings = EYE.withSeed(seed).withGrade(3);
      Anatomy eye = Anatomy.of(settings);
      int[] quadrants = new int[4];
      for (Spot spot : Lesions.of(settings, eye, List.of()).spots) {
        boolean bleeding = spot.kind() == Spot.Kind.RED && spot.wobble() > 0;
        int quadrant = (spot.u() > eye.foveaU() ? 1 : 0) + (spot.v() > eye.foveaV() ? 2 : 0);
        quadrants[quadrant] += bleeding ? 1 : 0;
      }
      assertThat(Arrays.stream(quadrants).min().orElseThrow()).isGreaterThan(20);
    }
  }

  @Test
  void lesions_change_the_pixels_where_they_lie() {
    FundusSettings settings = EYE.withGrade(4);
    Anatomy eye = Anatomy.of(settings);
    Frame frame = Frame.of(settings);
    List<Vessel> vessels = VesselTree.grow(eye, Seeds.stream(settings.seed(), "vessels"), true);
    Spot boat =
        Lesions.of(settings, eye, vessels).spots.stream()
            .filter(spot -> spot.kind() == Spot.Kind.BOAT)
            .findFirst()
            .orElseThrow();
    double x = frame.x(boat.u());
    double y = frame.y(boat.v() + 0.4 * boat.minor());
    double with = green(SyntheticFundus.render(settings), x, y, 3);
    double without = green(SyntheticFundus.render(settings.withGrade(0)), x, y, 3);
    assertThat(with).isLessThan(0.6 * without);
  }

  @Test
  void defects_do_what_their_names_say() {
    FundusSettings settings = EYE.withGrade(2);
    FundusPhotograph good = SyntheticFundus.render(settings);
    FundusPhotograph blurred = SyntheticFundus.render(settings.withDefect(Defect.Kind.BLUR, 0.7));
    FundusPhotograph dark = SyntheticFundus.render(settings.withDefect(Defect.Kind.DARK, 0.7));
    FundusPhotograph hazy = SyntheticFundus.render(settings.withDefect(Defect.Kind.HAZE, 0.7));
    FundusPhotograph astray =
        SyntheticFundus.render(settings.withDefect(Defect.Kind.OFF_CENTRE, 0.9));
    FundusPhotograph lid = SyntheticFundus.render(settings.withDefect(Defect.Kind.OCCLUSION, 0.7));
    assertThat(sharpness(blurred)).isLessThan(0.35 * sharpness(good));
    assertThat(mean(dark)).isLessThan(0.55 * mean(good));
    assertThat(spread(hazy)).isLessThan(0.6 * spread(good));
    assertThat(toCentre(astray)).isGreaterThan(toCentre(good) + 0.4 * 128);
    assertThat(changed(good, lid)).isBetween(0.2, 0.7);
  }

  @Test
  void a_stronger_defect_is_worse() {
    double before = sharpness(SyntheticFundus.render(EYE));
    for (double strength = 0.25; strength <= 1; strength += 0.25) {
      double now = sharpness(SyntheticFundus.render(EYE.withDefect(Defect.Kind.BLUR, strength)));
      assertThat(now).isLessThan(before);
      before = now;
    }
  }

  @Test
  void outside_the_field_the_picture_is_black() {
    BufferedImage image = SyntheticFundus.render(EYE).image();
    for (int[] corner : new int[][] {{2, 2}, {253, 2}, {2, 253}, {253, 253}}) {
      assertThat(image.getRGB(corner[0], corner[1]) >> 8 & 255).isLessThan(12);
    }
  }

  @Test
  void vessels_cover_about_a_tenth_of_the_field() {
    for (long seed = 0; seed < 10; seed++) {
      assertThat(SyntheticFundus.render(EYE.withSeed(seed)).truth().vesselDensity())
          .isBetween(0.06, 0.20);
    }
  }

  @Test
  void a_larger_cup_makes_the_disc_paler() {
    FundusPhotograph small = SyntheticFundus.render(EYE.withCupToDisc(0.2));
    FundusPhotograph large = SyntheticFundus.render(EYE.withCupToDisc(0.85));
    FundusTruth truth = small.truth();
    assertThat(blue(large, truth.discX(), truth.discY(), 0.8 * truth.discRadius()))
        .isGreaterThan(1.1 * blue(small, truth.discX(), truth.discY(), 0.8 * truth.discRadius()));
  }

  @Test
  void pictures_are_written_as_what_they_say_and_read_back() throws IOException {
    FundusPhotograph photograph = SyntheticFundus.render(EYE);
    assertThat(ImageFormat.sniff(photograph.jpeg(0.9))).contains(ImageFormat.JPEG);
    assertThat(ImageFormat.sniff(photograph.png())).contains(ImageFormat.PNG);
    assertThat(photograph.jpeg(0.5).length).isLessThan(photograph.jpeg(0.95).length);
    BufferedImage back = ImageIO.read(new ByteArrayInputStream(photograph.png()));
    assertThat(back.getRGB(128, 100)).isEqualTo(photograph.image().getRGB(128, 100));
  }

  @Test
  void settings_out_of_range_are_refused() {
    assertThatThrownBy(() -> EYE.withGrade(5)).hasMessageContaining("cannot be: 5");
    assertThatThrownBy(() -> FundusSettings.of(1, 8)).hasMessageContaining("size");
    assertThatThrownBy(() -> new Defect(Defect.Kind.BLUR, Double.NaN))
        .hasMessageContaining("strength");
  }

  private static double green(FundusPhotograph photograph, double x, double y, double radius) {
    return channel(photograph, x, y, radius, 8);
  }

  private static double blue(FundusPhotograph photograph, double x, double y, double radius) {
    return channel(photograph, x, y, radius, 0);
  }

  private static double channel(
      FundusPhotograph photograph, double x, double y, double radius, int shift) {
    BufferedImage image = photograph.image();
    double sum = 0;
    int count = 0;
    for (int row = 0; row < image.getHeight(); row++) {
      for (int column = 0; column < image.getWidth(); column++) {
        if (Math.hypot(column + 0.5 - x, row + 0.5 - y) <= radius) {
          sum += image.getRGB(column, row) >> shift & 255;
          count++;
        }
      }
    }
    return sum / count;
  }

  private static double mean(FundusPhotograph photograph) {
    return green(photograph, 128, 128, 118);
  }

  /** Mean absolute Laplacian of green within the field. */
  private static double sharpness(FundusPhotograph photograph) {
    double sum = 0;
    for (int row = 50; row < 206; row++) {
      for (int column = 50; column < 206; column++) {
        sum +=
            Math.abs(
                4 * level(photograph, column, row)
                    - level(photograph, column - 2, row)
                    - level(photograph, column + 2, row)
                    - level(photograph, column, row - 2)
                    - level(photograph, column, row + 2));
      }
    }
    return sum;
  }

  private static double spread(FundusPhotograph photograph) {
    double sum = 0;
    double squares = 0;
    int count = 0;
    for (int row = 50; row < 206; row++) {
      for (int column = 50; column < 206; column++) {
        double level = level(photograph, column, row);
        sum += level;
        squares += level * level;
        count++;
      }
    }
    return Math.sqrt(squares / count - sum * sum / count / count);
  }

  private static double changed(FundusPhotograph one, FundusPhotograph other) {
    int changed = 0;
    int field = 0;
    for (int row = 0; row < 256; row++) {
      for (int column = 0; column < 256; column++) {
        if (Math.hypot(column - 128, row - 128) < 120) {
          field++;
          changed += Math.abs(level(one, column, row) - level(other, column, row)) > 25 ? 1 : 0;
        }
      }
    }
    return (double) changed / field;
  }

  private static double toCentre(FundusPhotograph photograph) {
    FundusTruth truth = photograph.truth();
    return Math.hypot(truth.foveaX() - truth.fieldX(), truth.foveaY() - truth.fieldY());
  }

  private static int level(FundusPhotograph photograph, int column, int row) {
    return photograph.image().getRGB(column, row) >> 8 & 255;
  }
}
