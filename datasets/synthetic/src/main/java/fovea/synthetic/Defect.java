package fovea.synthetic;

/**
 * What is wrong with a photograph.
 *
 * @param kind what
 * @param strength 0 (nothing to be seen) to 1 (ungradable)
 */
public record Defect(Kind kind, double strength) {

  /** The ways in which a photograph fails. */
  public enum Kind {
    /** Nothing is wrong. */
    NONE,
    /** Out of focus. */
    BLUR,
    /** Too little light. */
    DARK,
    /** A veil of scattered light: cataract, a dirty lens. */
    HAZE,
    /** A lid or a shadow covers part of the field. */
    OCCLUSION,
    /** Aimed beside the macula and the disc. */
    OFF_CENTRE
  }

  /** No defect. */
  public static final Defect NONE = new Defect(Kind.NONE, 0);

  /** Checks the strength. */
  public Defect {
    if (!(strength >= 0 && strength <= 1)) {
      throw new IllegalArgumentException(
          "strength must be between 0 and 1, cannot be: " + strength);
    }
  }

  /** The strength where the defect is of that kind, else 0. */
  double strengthOf(Kind wanted) {
    return kind == wanted ? strength : 0;
  }
}
