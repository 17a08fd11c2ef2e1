package fovea.catalog;

import fovea.contract.refraction.RefractiveError;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Reads sphere, cylinder and axis. Nothing is guessed or mended: a refraction with a missing or an
 * impossible number is rejected with its reason.
 */
final class RefractionCells {
  private static final double MOST_SPHERE = 40;
  private static final double MOST_CYLINDER = 15;

  private RefractionCells() {}

  /** The refraction of a row, or empty after a report. */
  static Optional<RefractiveError> of(
      Cells cells, String sphereColumn, String cylinderColumn, String axisColumn) {
    Optional<String> sphereText = cells.row().cell(sphereColumn);
    Optional<String> cylinderText = cells.row().cell(cylinderColumn);
    Optional<String> axisText = cells.row().cell(axisColumn);
    if (sphereText.isEmpty() && cylinderText.isEmpty() && axisText.isEmpty()) {
      return refuse(cells, "refraction-missing", "Sphere, cylinder and axis are blank");
    }
    OptionalDouble sphere = decimal(sphereText);
    OptionalDouble cylinder = decimal(cylinderText);
    OptionalDouble axis = decimal(axisText);
    if (sphere.isEmpty() && axis.isPresent() && outside(axis.getAsDouble(), 0, 180)) {
      return refuse(
          cells, "columns-shifted", "The sphere is blank and the axis impossible: a shifted row");
    }
    if (sphere.isEmpty()) {
      return refuse(cells, "sphere-missing", "The sphere is blank or not a number");
    }
    if (cylinder.isEmpty()) {
      return refuse(cells, "cylinder-missing", "The cylinder is blank or not a number");
    }
    if (axis.isEmpty()) {
      return refuse(cells, "axis-missing", "The axis is blank or not a number");
    }
    return inRange(cells, sphere.getAsDouble(), cylinder.getAsDouble(), axis.getAsDouble());
  }

  private static Optional<RefractiveError> inRange(
      Cells cells, double sphere, double cylinder, double axis) {
    if (outside(sphere, -MOST_SPHERE, MOST_SPHERE)) {
      return refuse(cells, "sphere-out-of-range", "A sphere of " + sphere + " D is impossible");
    }
    if (outside(cylinder, -MOST_CYLINDER, MOST_CYLINDER)) {
      return refuse(
          cells,
          "cylinder-out-of-range",
          "A cylinder of " + cylinder + " D is impossible; a decimal point may be missing");
    }
    if (outside(axis, 0, 180)) {
      return refuse(cells, "axis-out-of-range", "An axis of " + axis + " degrees is impossible");
    }
    return Optional.of(new RefractiveError(sphere, cylinder, axis));
  }

  private static Optional<RefractiveError> refuse(Cells cells, String code, String what) {
    cells.reject(code, what + ". Correct it in the source and import again");
    return Optional.empty();
  }

  private static OptionalDouble decimal(Optional<String> text) {
    return text.isEmpty() ? OptionalDouble.empty() : Cells.decimal(text.get());
  }

  private static boolean outside(double value, double least, double most) {
    return value < least || value > most;
  }
}
