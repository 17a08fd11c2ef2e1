package fovea.contract.refraction;

/**
 * A refraction and its power vector (Thibos, Wheeler and Horner, Optom Vis Sci 1997).
 *
 * @param sphere dioptres, -40 to 40
 * @param cylinder dioptres, -15 to 15
 * @param axis degrees, 0 to 180
 */
public record RefractiveError(double sphere, double cylinder, double axis) {

  /** Checks the ranges: outside them a value is a typing error, not an eye. */
  public RefractiveError {
    within("sphere", sphere, -40, 40);
    within("cylinder", cylinder, -15, 15);
    within("axis", axis, 0, 180);
  }

  /** M: sphere plus half the cylinder, in dioptres. */
  public double sphericalEquivalent() {
    return sphere + cylinder / 2;
  }

  /** Jackson cross-cylinder at 0 and 90 degrees, in dioptres. */
  public double j0() {
    return -cylinder / 2 * Math.cos(2 * Math.toRadians(axis));
  }

  /** Jackson cross-cylinder at 45 and 135 degrees, in dioptres. */
  public double j45() {
    return -cylinder / 2 * Math.sin(2 * Math.toRadians(axis));
  }

  private static void within(String name, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          name + " must be between " + least + " and " + most + ", cannot be: " + value);
    }
  }
}
