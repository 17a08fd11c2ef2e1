package fovea.synthetic;

/**
 * One lesion: an irregular ellipse in field units.
 *
 * @param kind which layer it belongs to
 * @param u centre
 * @param v centre
 * @param major half length along {@code angle}
 * @param minor half length across it
 * @param angle radians
 * @param wobble irregularity of the outline, 0 to about 0.4
 * @param phase shifts the irregularity
 * @param soft width of the edge as a share of the radius
 * @param strength 0 to 1
 */
record Spot(
    Kind kind,
    double u,
    double v,
    double major,
    double minor,
    double angle,
    double wobble,
    double phase,
    double soft,
    double strength) {

  enum Kind {
    RED,
    EXUDATE,
    COTTON,
    /** Before the retina: only the part below a level line (v at or below the centre) is filled. */
    BOAT
  }

  /** Half the side of the square that holds the spot. */
  double reach() {
    return major * (1 + wobble) * (1 + soft);
  }

  /** How much of the lesion lies at an offset from its centre, 0 to {@code strength}. */
  double at(double du, double dv) {
    double c = Math.cos(angle);
    double s = Math.sin(angle);
    double along = (c * du + s * dv) / major;
    double across = (c * dv - s * du) / minor;
    double r = Math.sqrt(along * along + across * across);
    if (r > (1 + wobble) * (1 + soft)) {
      return 0;
    }
    double theta = wobble == 0 ? 0 : Math.atan2(across, along) + phase;
    double edge =
        1
            + wobble
                * (0.5 * Math.sin(2 * theta + phase)
                    + 0.35 * Math.sin(3 * theta)
                    + 0.25 * Math.sin(5 * theta + 2 * phase));
    double filled = Shades.step(edge * (1 + soft / 2), edge * (1 - soft / 2), r);
    if (kind == Kind.BOAT) {
      double level = dv / minor + 0.05 * Math.sin(4 * du / major + phase);
      filled *= Shades.step(-0.07, 0.05, level) * Math.min(1, 0.72 + 0.5 * level);
    }
    return strength * filled;
  }
}
