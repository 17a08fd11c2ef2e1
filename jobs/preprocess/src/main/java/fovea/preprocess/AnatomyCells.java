package fovea.preprocess;

import fovea.contract.cohort.Laterality;
import fovea.preprocess.anatomy.Anatomy;
import fovea.preprocess.anatomy.Finding;
import fovea.preprocess.anatomy.LateralityCheck;
import fovea.preprocess.anatomy.Missing;
import fovea.preprocess.anatomy.Spot;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What was found in a photograph as the cells {@code disc_x} to {@code cup_to_disc_reason}. */
final class AnatomyCells {
  private AnatomyCells() {}

  /**
   * The cells in the table's order.
   *
   * @param declared side, as the capture says it
   */
  static @Nullable Object[] of(Anatomy anatomy, @Nullable String declared) {
    return new @Nullable Object[] {
      value(anatomy.disc(), Spot::x),
      value(anatomy.disc(), Spot::y),
      value(anatomy.disc(), Spot::radius),
      reason(anatomy.disc()),
      value(anatomy.fovea(), Spot::x),
      value(anatomy.fovea(), Spot::y),
      reason(anatomy.fovea()),
      value(anatomy.side(), Laterality::word),
      LateralityCheck.agrees(anatomy, declared == null ? "" : declared).orElse(null),
      reason(anatomy.side()),
      value(anatomy.vesselDensity(), Function.identity()),
      reason(anatomy.vesselDensity()),
      value(anatomy.cupToDisc(), Function.identity()),
      reason(anatomy.cupToDisc())
    };
  }

  private static <T, R> @Nullable R value(Finding<T> finding, Function<T, R> part) {
    return finding.value().map(part).orElse(null);
  }

  private static @Nullable String reason(Finding<?> finding) {
    return finding.reason().map(Missing::code).orElse(null);
  }
}
