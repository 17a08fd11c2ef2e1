package fovea.synthetic;

import java.util.Arrays;
import java.util.List;

/**
 * Vessels of one kind in pixels: for each pixel how deep it lies inside the nearest vessel (half
 * width less distance to its axis; negative outside) and that vessel's half width. From both the
 * brightness across a vessel follows, its central reflex included, without seams at the joints.
 */
final class VesselMap {
  private static final float OUTSIDE = -1e9f;

  private final Frame frame;
  private final float[] depth;
  private final float[] half;

  VesselMap(Frame frame, List<Vessel> vessels, boolean veins) {
    this.frame = frame;
    int pixels = frame.size() * frame.size();
    this.depth = new float[pixels];
    this.half = new float[pixels];
    Arrays.fill(depth, OUTSIDE);
    vessels.stream().filter(vessel -> vessel.vein() == veins).forEach(this::draw);
  }

  /** How much blood lies over a pixel, 0 to about 1. */
  double blood(int pixel, double reflex) {
    float inside = depth[pixel];
    if (inside < -0.5f) {
      return 0;
    }
    double wide = half[pixel];
    double coverage = Math.min(1, inside + 0.5) * Math.min(1, 0.3 + wide);
    double across = Math.max(0, 1 - inside / wide);
    double round = 0.62 + 0.38 * Math.sqrt(Math.max(0, 1 - across * across));
    double strength = Math.min(1, 0.24 + 0.76 * wide / (0.010 * frame.radius()));
    double shine = wide > 1.3 ? reflex * Math.exp(-across * across / 0.08) : 0;
    return coverage * strength * (round - shine);
  }

  /** Whether a pixel's centre lies inside a vessel. */
  boolean inside(int pixel) {
    return depth[pixel] > 0;
  }

  private void draw(Vessel vessel) {
    double scale = frame.radius();
    for (int i = 1; i < vessel.u().length; i++) {
      capsule(
          frame.x(vessel.u()[i - 1]),
          frame.y(vessel.v()[i - 1]),
          frame.x(vessel.u()[i]),
          frame.y(vessel.v()[i]),
          vessel.width()[i - 1] * scale / 2,
          vessel.width()[i] * scale / 2);
    }
  }

  private void capsule(double x0, double y0, double x1, double y1, double from, double to) {
    double reach = Math.max(from, to) + 1;
    int left = frame.clamped(Math.min(x0, x1) - reach);
    int right = frame.clamped(Math.max(x0, x1) + reach);
    int top = frame.clamped(Math.min(y0, y1) - reach);
    int bottom = frame.clamped(Math.max(y0, y1) + reach);
    double dx = x1 - x0;
    double dy = y1 - y0;
    double square = dx * dx + dy * dy + 1e-12;
    for (int row = top; row <= bottom; row++) {
      for (int column = left; column <= right; column++) {
        double px = column + 0.5 - x0;
        double py = row + 0.5 - y0;
        double t = Math.max(0, Math.min(1, (px * dx + py * dy) / square));
        double wide = from + (to - from) * t;
        double ex = px - t * dx;
        double ey = py - t * dy;
        float inside = (float) (wide - Math.sqrt(ex * ex + ey * ey));
        int pixel = row * frame.size() + column;
        if (inside > depth[pixel]) {
          depth[pixel] = inside;
          half[pixel] = (float) wide;
        }
      }
    }
  }
}
