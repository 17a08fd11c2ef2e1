package fovea.preprocess.standalone;

import fovea.contract.cohort.Laterality;
import fovea.preprocess.anatomy.Anatomy;
import fovea.preprocess.anatomy.Finding;
import fovea.preprocess.anatomy.LateralityCheck;
import fovea.preprocess.anatomy.Missing;
import fovea.preprocess.anatomy.Spot;
import java.util.Locale;
import java.util.function.Function;

/** What was found in a picture as the cells {@code disc_x} to {@code cup_to_disc_reason}. */
final class AnatomyCells {
  /** The cells of a file that is no picture. */
  static final String NONE = ",".repeat(14);

  private AnatomyCells() {}

  /**
   * The cells, with commas between them.
   *
   * @param file its name may tell the side
   */
  static String of(Anatomy anatomy, String file) {
    String declared = LateralityCheck.inName(file).map(Laterality::word).orElse("");
    return String.join(
        ",",
        number(anatomy.disc(), Spot::x),
        number(anatomy.disc(), Spot::y),
        number(anatomy.disc(), Spot::radius),
        reason(anatomy.disc()),
        number(anatomy.fovea(), Spot::x),
        number(anatomy.fovea(), Spot::y),
        reason(anatomy.fovea()),
        declared,
        anatomy.side().value().map(Laterality::word).orElse(""),
        LateralityCheck.agrees(anatomy, declared).map(String::valueOf).orElse(""),
        reason(anatomy.side()),
        number(anatomy.vesselDensity(), Function.identity()),
        reason(anatomy.vesselDensity()),
        number(anatomy.cupToDisc(), Function.identity()),
        reason(anatomy.cupToDisc()));
  }

  private static <T> String number(Finding<T> finding, Function<T, Double> part) {
    return finding
        .value()
        .map(value -> String.format(Locale.ROOT, "%.4f", part.apply(value)))
        .orElse("");
  }

  private static String reason(Finding<?> finding) {
    return finding.reason().map(Missing::code).orElse("");
  }
}
