package fovea.preprocess.quality;

import fovea.imaging.Mats;
import fovea.preprocess.field.Field;
import fovea.preprocess.field.SmallView;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.opencv.core.Mat;

/**
 * Grades a photograph after its field was cut out and scaled to a fixed size, so that the answer
 * does not depend on the resolution it came in. What is finer than 1/256 of the field is not
 * judged. Thresholds were set on ODIR-5K; see the tests for what they must hold.
 */
public final class QualityGrader {
  private static final double GOOD_SCORE = 0.75;
  private static final double GOOD_EACH = 0.45;
  private static final double USABLE_SCORE = 0.43;
  private static final double USABLE_EACH = 0.1;
  private static final double FRAME_FIELD = 0.5;
  private static final double LEAST_REDNESS = 0.12;
  private static final double COLOURLESS = 0.03;
  private static final double MOST_DETAIL = 22;

  private QualityGrader() {}

  /**
   * Grades.
   *
   * @param square the field cut out, 256 by 256, 8-bit colour
   * @param field where it lay
   */
  public static Quality grade(Mat square, Field field) {
    try (Mats mats = new Mats()) {
      return grade(SmallView.of(square, field, mats), field);
    }
  }

  /** The same for a view that was prepared already. */
  public static Quality grade(SmallView view, Field field) {
    if (field.kind() == Field.Kind.NONE) {
      return rejected(Flaw.NO_FIELD);
    }
    try (Mats mats = new Mats()) {
      Measures measures = Measures.of(view, mats);
      return isRetina(measures, field) ? graded(measures, field) : rejected(Flaw.NOT_A_FUNDUS);
    }
  }

  // A retina is red and smooth; a grey picture must at least have the round rim.
  private static boolean isRetina(Measures measures, Field field) {
    boolean round = field.kind() == Field.Kind.CIRCLE;
    boolean grey = Math.abs(measures.redness()) < COLOURLESS;
    return measures.detail() <= MOST_DETAIL
        && (measures.redness() >= LEAST_REDNESS || (round && grey));
  }

  private static Quality graded(Measures measures, Field field) {
    double focus = Ramp.up(measures.sharpness(), 0.15, 0.45);
    double illumination =
        Ramp.up(measures.brightness(), 20, 100)
            * Ramp.down(measures.burnt(), 0.02, 0.25)
            * Ramp.down(measures.unevenness(), 0.15, 0.6);
    double contrast = Ramp.up(measures.detail(), 1, 5);
    double whole =
        field.kind() == Field.Kind.CIRCLE ? Ramp.up(field.visible(), 0.4, 0.9) : FRAME_FIELD;
    double artefact = Ramp.down(measures.spoiled(), 0.04, 0.5);
    return judged(focus, illumination, contrast, whole, artefact);
  }

  private static Quality judged(
      double focus, double illumination, double contrast, double field, double artefact) {
    Map<Flaw, Double> scores = new LinkedHashMap<>();
    scores.put(Flaw.POOR_FOCUS, focus);
    scores.put(Flaw.POOR_ILLUMINATION, illumination);
    scores.put(Flaw.LOW_CONTRAST, contrast);
    scores.put(Flaw.INCOMPLETE_FIELD, field);
    scores.put(Flaw.ARTEFACT, artefact);
    Flaw worst =
        scores.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow().getKey();
    double least = scores.getOrDefault(worst, 0.0);
    // A geometric mean: one useless score cannot be made up for.
    double score = Math.pow(focus * illumination * contrast * field * artefact, 0.2);
    Grade grade =
        score >= GOOD_SCORE && least >= GOOD_EACH
            ? Grade.GOOD
            : score >= USABLE_SCORE && least >= USABLE_EACH ? Grade.USABLE : Grade.REJECT;
    Optional<Flaw> flaw = grade == Grade.GOOD ? Optional.empty() : Optional.of(worst);
    return new Quality(grade, score, focus, illumination, contrast, field, artefact, flaw);
  }

  private static Quality rejected(Flaw flaw) {
    return new Quality(Grade.REJECT, 0, 0, 0, 0, 0, 0, Optional.of(flaw));
  }
}
