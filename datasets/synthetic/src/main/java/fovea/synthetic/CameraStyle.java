package fovea.synthetic;

import java.util.Locale;

/** How a camera frames and colours a retina. */
public enum CameraStyle {
  /** A current table camera: crisp, full round field with a notch at the upper right. */
  TABLE(0.985, 1.2, 1, 1, 1, 0.34, 0.0, 0.55, 0.005),
  /** A current camera with the pale green rim that many wide-angle cameras leave. */
  WIDE(0.98, 1.2, 1.0, 1.06, 1.08, 0.22, 0.32, 0.55, 0.006),
  /** A camera of an earlier generation: field cut above and below, yellowish, soft, grainy. */
  OLDER(0.985, 0.9, 0.98, 1.04, 0.80, 0.48, 0.10, 1.05, 0.014),
  /** A handheld camera: strong falloff, darker. */
  HANDHELD(0.94, 1.2, 0.90, 0.84, 0.82, 0.62, 0.0, 0.85, 0.010);

  /** Radius of the field, as a share of half the picture's edge. */
  final double field;

  /** Half height of the field in radii; above 1 nothing is cut off. */
  final double cut;

  final double red;
  final double green;
  final double blue;

  /** Share of the light lost at the rim. */
  final double falloff;

  /** Strength of the pale crescent at the rim. */
  final double glow;

  /** Standard deviation of the point spread in pixels of a 512 pixel picture. */
  final double softness;

  /** Amplitude of the sensor's noise, full scale being 1. */
  final double grain;

  CameraStyle(
      double field,
      double cut,
      double red,
      double green,
      double blue,
      double falloff,
      double glow,
      double softness,
      double grain) {
    this.field = field;
    this.cut = cut;
    this.red = red;
    this.green = green;
    this.blue = blue;
    this.falloff = falloff;
    this.glow = glow;
    this.softness = softness;
    this.grain = grain;
  }

  /** Lower-case name, as stored. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
