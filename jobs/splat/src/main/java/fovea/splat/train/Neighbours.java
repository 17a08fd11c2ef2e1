package fovea.splat.train;

import java.util.Arrays;

/** Mean distance of each point to its nearest three, by a k-d tree laid out in one array. */
final class Neighbours {
  private static final int NEAREST = 3;
  private static final int LEAF = 8;

  private final float[] points;
  private final int[] order;
  private final double[] best = new double[NEAREST];

  private Neighbours(float[] points) {
    this.points = points;
    order = new int[points.length / 3];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    build(0, order.length, 0);
  }

  /** Distances; 0 where there is no other point. */
  static float[] meanDistances(float[] points) {
    Neighbours tree = new Neighbours(points);
    float[] out = new float[points.length / 3];
    for (int i = 0; i < out.length; i++) {
      out[i] = tree.meanDistance(i);
    }
    return out;
  }

  private float meanDistance(int i) {
    Arrays.fill(best, Double.MAX_VALUE);
    search(i, 0, order.length, 0);
    double sum = 0;
    int found = 0;
    for (double square : best) {
      if (square < Double.MAX_VALUE) {
        sum += Math.sqrt(square);
        found++;
      }
    }
    return found == 0 ? 0 : (float) (sum / found);
  }

  private void build(int from, int to, int axis) {
    if (to - from <= LEAF) {
      return;
    }
    int middle = (from + to) >>> 1;
    select(from, to - 1, middle, axis);
    build(from, middle, (axis + 1) % 3);
    build(middle + 1, to, (axis + 1) % 3);
  }

  // Hoare's quickselect.
  private void select(int low, int high, int wanted, int axis) {
    while (low < high) {
      float pivot = at(order[(low + high) >>> 1], axis);
      int i = low;
      int j = high;
      while (i <= j) {
        while (at(order[i], axis) < pivot) {
          i++;
        }
        while (at(order[j], axis) > pivot) {
          j--;
        }
        if (i <= j) {
          int swap = order[i];
          order[i++] = order[j];
          order[j--] = swap;
        }
      }
      if (wanted <= j) {
        high = j;
      } else if (wanted >= i) {
        low = i;
      } else {
        return;
      }
    }
  }

  private void search(int i, int from, int to, int axis) {
    if (to - from <= LEAF) {
      for (int k = from; k < to; k++) {
        offer(i, order[k]);
      }
      return;
    }
    int middle = (from + to) >>> 1;
    offer(i, order[middle]);
    double gap = (double) at(i, axis) - at(order[middle], axis);
    int next = (axis + 1) % 3;
    search(i, gap < 0 ? from : middle + 1, gap < 0 ? middle : to, next);
    if (gap * gap < best[NEAREST - 1]) {
      search(i, gap < 0 ? middle + 1 : from, gap < 0 ? to : middle, next);
    }
  }

  private void offer(int i, int other) {
    if (i == other) {
      return;
    }
    double dx = (double) at(i, 0) - at(other, 0);
    double dy = (double) at(i, 1) - at(other, 1);
    double dz = (double) at(i, 2) - at(other, 2);
    double square = dx * dx + dy * dy + dz * dz;
    int k = NEAREST - 1;
    if (square >= best[k]) {
      return;
    }
    while (k > 0 && best[k - 1] > square) {
      best[k] = best[k - 1];
      k--;
    }
    best[k] = square;
  }

  private float at(int i, int axis) {
    return points[3 * i + axis];
  }
}
