package fovea.scene;

import java.util.Arrays;

/**
 * A grid of points judged by the photographs: is it empty, and how well do the views agree on its
 * colour?
 */
final class Voxels {
  /** A voxel seen as background by more than this share of its views is empty. */
  private static final double EMPTY_SHARE = 0.25;

  /** Of all views that see a voxel, about this share is not occluded. */
  private static final double OPEN_SHARE = 0.4;

  private static final float EMPTY = Float.MAX_VALUE;

  final int edge;
  private final double[] low;
  private final double[] step = new double[3];
  private final float[] disagreement;
  private final int[] colours;

  /** Judges {@code edge}^3 points of the box. */
  Voxels(Sightings sightings, int edge, double[] low, double[] high) {
    this.edge = edge;
    this.low = low;
    for (int k = 0; k < 3; k++) {
      step[k] = (high[k] - low[k]) / edge;
    }
    disagreement = new float[edge * edge * edge];
    colours = new int[disagreement.length];
    int[] seen = new int[sightings.views()];
    for (int i = 0; i < disagreement.length; i++) {
      judge(sightings, i, seen);
    }
  }

  double position(int i, int axis) {
    int along = axis == 0 ? i % edge : axis == 1 ? i / edge % edge : i / edge / edge;
    return low[axis] + (along + 0.5) * step[axis];
  }

  double step(int axis) {
    return step[axis];
  }

  int size() {
    return disagreement.length;
  }

  boolean empty(int i) {
    return disagreement[i] == EMPTY;
  }

  float disagreement(int i) {
    return disagreement[i];
  }

  /** The colour the agreeing views give it, 0xRRGGBB. */
  int colour(int i) {
    return colours[i];
  }

  /** Whether one of its six neighbours is empty or outside. */
  boolean onSurface(int i) {
    int x = i % edge;
    int y = i / edge % edge;
    int z = i / edge / edge;
    return x == 0
        || y == 0
        || z == 0
        || x == edge - 1
        || y == edge - 1
        || z == edge - 1
        || empty(i - 1)
        || empty(i + 1)
        || empty(i - edge)
        || empty(i + edge)
        || empty(i - edge * edge)
        || empty(i + edge * edge);
  }

  private void judge(Sightings sightings, int i, int[] seen) {
    int views = sightings.views();
    int visible = 0;
    int background = 0;
    for (int v = 0; v < views; v++) {
      int colour = sightings.colour(v, position(i, 0), position(i, 1), position(i, 2));
      if (colour >= 0) {
        seen[visible++] = colour;
        background += sightings.isBackground(v, colour) ? 1 : 0;
      }
    }
    boolean carved = sightings.plainBackground() && background > EMPTY_SHARE * visible;
    if (visible < Math.min(3, views) || carved) {
      disagreement[i] = EMPTY;
      return;
    }
    agree(i, seen, visible);
  }

  // The colour in whose neighbourhood the unoccluded share of the views is tightest.
  private void agree(int i, int[] seen, int visible) {
    int enough = Math.max(2, (int) Math.ceil(OPEN_SHARE * visible));
    float best = EMPTY;
    float[] distances = new float[visible];
    for (int a = 0; a < visible; a++) {
      for (int b = 0; b < visible; b++) {
        distances[b] = distance(seen[a], seen[b]);
      }
      Arrays.sort(distances);
      float sum = 0;
      for (int k = 0; k < enough; k++) {
        sum += distances[k] / enough;
      }
      if (sum < best) {
        best = sum;
        colours[i] = seen[a];
      }
    }
    disagreement[i] = best;
  }

  private static float distance(int a, int b) {
    return Math.abs((a >> 16) - (b >> 16))
        + Math.abs((a >> 8 & 0xff) - (b >> 8 & 0xff))
        + Math.abs((a & 0xff) - (b & 0xff));
  }
}
