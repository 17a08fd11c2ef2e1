package fovea.preprocess.anatomy;

import fovea.contract.cohort.Laterality;
import fovea.imaging.Mats;
import fovea.preprocess.anatomy.DiscFit.Disc;
import fovea.preprocess.anatomy.DiscSearch.Place;
import fovea.preprocess.anatomy.FoveaSearch.Dark;
import fovea.preprocess.field.Circle;
import fovea.preprocess.field.Field;
import fovea.preprocess.field.SmallView;
import java.util.Optional;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * Finds disc, fovea, side, vessels and cup. Everything but the cup is sought at 256 pixels across
 * the field, whatever the photograph's resolution. Thresholds were set on synthetic photographs and
 * on ODIR-5K; see the tests for what they must hold.
 */
public final class AnatomyFinder {
  private static final double LEAST_SCORE = 6;
  private static final double LEAST_CONTRAST = 0.04;
  private static final double LEAST_DARKNESS = 0.9;
  private static final double OFF_THE_MIDDLE = 0.12;
  private static final double FOVEA_RADIUS = 0.04;
  private static final double LEAST_RADIUS = 24;

  private AnatomyFinder() {}

  /**
   * Searches.
   *
   * @param photograph 8-bit colour, any size
   * @param field where its retina lies
   * @param square the field cut out, 256 by 256
   * @param vesselsShow whether focus and contrast suffice to tell vessels from noise
   */
  public static Anatomy find(Mat photograph, Field field, Mat square, Vessels vesselsShow) {
    try (Mats mats = new Mats()) {
      return find(photograph, field, SmallView.of(square, field, mats), vesselsShow);
    }
  }

  /** The same for a view that was prepared already. */
  public static Anatomy find(Mat photograph, Field field, SmallView view, Vessels vesselsShow) {
    try (Mats mats = new Mats()) {
      Study study = Study.of(view, mats);
      Finding<Double> density =
          vesselsShow == Vessels.CLEAR
              ? Finding.of(VesselDensity.of(study, mats))
              : Finding.missing(Missing.VESSELS_NOT_CLEAR);
      Optional<Place> place = DiscSearch.find(study, mats).filter(p -> p.score() >= LEAST_SCORE);
      if (place.isEmpty()) {
        return withoutDisc(density);
      }
      Place at = place.get();
      Disc disc = DiscFit.near(Plane.of(study.smooth(), mats), 2 * at.x(), 2 * at.y());
      return disc.contrast() < LEAST_CONTRAST
          ? withoutDisc(density)
          : withDisc(photograph, field, study, at, disc, density, mats);
    }
  }

  /** Whether vessels can be told from noise. */
  public enum Vessels {
    /** They can. */
    CLEAR,
    /** They cannot. */
    UNCLEAR
  }

  private static Anatomy withDisc(
      Mat photograph,
      Field field,
      Study study,
      Place at,
      Disc disc,
      Finding<Double> density,
      Mats mats) {
    Dark dark =
        FoveaSearch.find(at.darkness(), disc.x() / 2.0, disc.y() / 2.0, at.foveaToTheLeft(), mats);
    Finding<Spot> fovea =
        dark.score() < LEAST_DARKNESS
            ? Finding.missing(Missing.NO_CLEAR_FOVEA)
            : Finding.of(spot(2 * dark.x() + 0.5, 2 * dark.y() + 0.5, FOVEA_RADIUS * Study.EDGE));
    Spot found = spot(disc.x(), disc.y(), disc.radius());
    return new Anatomy(
        Finding.of(found),
        fovea,
        side(found, fovea),
        density,
        cup(photograph, field, disc, found, mats));
  }

  private static Anatomy withoutDisc(Finding<Double> density) {
    Missing none = Missing.NO_CLEAR_DISC;
    return new Anatomy(
        Finding.missing(none),
        Finding.missing(none),
        Finding.missing(none),
        density,
        Finding.missing(none));
  }

  // In a photograph of a right eye the disc lies to the right of the fovea. Photographs are aimed
  // at the fovea or at the disc, so that a disc off the middle tells the side alone.
  private static Finding<Laterality> side(Spot disc, Finding<Spot> fovea) {
    double off = disc.x() - fovea.value().map(Spot::x).orElse(0.5);
    double least = fovea.value().isPresent() ? 0 : OFF_THE_MIDDLE;
    return Math.abs(off) <= least
        ? Finding.missing(Missing.SIDE_NOT_CLEAR)
        : Finding.of(off > 0 ? Laterality.RIGHT : Laterality.LEFT);
  }

  private static Finding<Double> cup(Mat photograph, Field field, Disc disc, Spot spot, Mats mats) {
    Circle cut = field.cut();
    double radius = spot.radius() * 2 * cut.radius();
    if (radius < LEAST_RADIUS) {
      return Finding.missing(Missing.DISC_TOO_SMALL);
    }
    double middle = (Study.EDGE - 1) / 2.0;
    double reach = Math.hypot(disc.x() - middle, disc.y() - middle) + disc.radius();
    if (reach > middle) {
      return Finding.missing(Missing.DISC_CUT_OFF);
    }
    double x = cut.x() - cut.radius() + spot.x() * 2 * cut.radius();
    double y = cut.y() - cut.radius() + spot.y() * 2 * cut.radius();
    Spot found = CupMeasure.correction(closeUp(photograph, x, y, radius, mats), mats);
    Mat close =
        closeUp(
            photograph,
            x + found.x() * radius,
            y + found.y() * radius,
            radius * found.radius(),
            mats);
    return CupMeasure.ratio(close, mats).stream()
        .mapToObj(Finding::of)
        .findFirst()
        .orElseGet(() -> Finding.missing(Missing.CUP_NOT_CLEAR));
  }

  private static Mat closeUp(Mat photograph, double x, double y, double radius, Mats mats) {
    double half = radius * CupMeasure.EDGE / (2 * CupMeasure.RADIUS);
    int edge = (int) Math.round(2 * half);
    int left = (int) Math.round(x - half);
    int top = (int) Math.round(y - half);
    Mat whole = Field.square(photograph, left, top, edge, mats);
    if (edge > CupMeasure.EDGE) {
      return Field.scaled(whole, CupMeasure.EDGE, mats);
    }
    // Between straight lines no edge overshoots.
    Mat scaled = mats.mat();
    Size size = new Size(CupMeasure.EDGE, CupMeasure.EDGE);
    Imgproc.resize(whole, scaled, size, 0, 0, Imgproc.INTER_LINEAR);
    return scaled;
  }

  // Pixel centres lie half a pixel into the square.
  private static Spot spot(double x, double y, double radius) {
    return new Spot((x + 0.5) / Study.EDGE, (y + 0.5) / Study.EDGE, radius / Study.EDGE);
  }
}
