package fovea.splat.render.cpu;

import java.util.Arrays;

/**
 * Which Gaussians touch which tile, front to back: one radix sort by depth, then a counting scatter
 * into tiles, which keeps the order without keys of tile and depth together.
 */
final class Tiles {
  private static final int BITS = 11;
  private static final int BUCKETS = 1 << BITS;

  /** First slot of each tile; one more at the end. */
  int[] starts = new int[1];

  /** The Gaussian of each slot. */
  int[] gaussians = new int[0];

  /** First entry of each Gaussian in {@link #slots}; one more at the end. */
  int[] entries = new int[1];

  /** The slots of each Gaussian, one after the other. */
  int[] slots = new int[0];

  /** Slots in all. */
  int size;

  private int[] order = new int[0];
  private int[] spare = new int[0];
  private int[] cursors = new int[0];
  private final int[] histogram = new int[BUCKETS];

  void fill(Projected projected, int count, int across, int down) {
    reserve(count, across * down);
    int visible = count(projected, count, across, across * down);
    sort(projected.depths, visible);
    scatter(projected, visible, across);
  }

  private void reserve(int count, int tiles) {
    if (order.length < count) {
      order = new int[count];
      spare = new int[count];
      entries = new int[count + 1];
    }
    if (cursors.length < tiles) {
      cursors = new int[tiles];
      starts = new int[tiles + 1];
    }
  }

  private int count(Projected projected, int count, int across, int tiles) {
    Arrays.fill(starts, 0, tiles + 1, 0);
    int visible = 0;
    size = 0;
    for (int i = 0; i < count; i++) {
      entries[i] = size;
      if (projected.hidden(i)) {
        continue;
      }
      order[visible++] = i;
      int[] boxes = projected.boxes;
      for (int y = boxes[4 * i + 2]; y < boxes[4 * i + 3]; y++) {
        for (int x = boxes[4 * i]; x < boxes[4 * i + 1]; x++) {
          starts[y * across + x + 1]++;
          size++;
        }
      }
    }
    entries[count] = size;
    for (int t = 0; t < tiles; t++) {
      starts[t + 1] += starts[t];
    }
    System.arraycopy(starts, 0, cursors, 0, tiles);
    if (gaussians.length < size) {
      gaussians = new int[size + size / 4];
      slots = new int[size + size / 4];
    }
    return visible;
  }

  // Depths are positive, so their bits sort as they do.
  private void sort(float[] depths, int visible) {
    for (int shift = 0; shift < Integer.SIZE; shift += BITS) {
      Arrays.fill(histogram, 0);
      for (int k = 0; k < visible; k++) {
        histogram[bucket(depths[order[k]], shift)]++;
      }
      int sum = 0;
      for (int b = 0; b < BUCKETS; b++) {
        int here = histogram[b];
        histogram[b] = sum;
        sum += here;
      }
      for (int k = 0; k < visible; k++) {
        spare[histogram[bucket(depths[order[k]], shift)]++] = order[k];
      }
      int[] sorted = spare;
      spare = order;
      order = sorted;
    }
  }

  private static int bucket(float depth, int shift) {
    return (Float.floatToRawIntBits(depth) >>> shift) & (BUCKETS - 1);
  }

  private void scatter(Projected projected, int visible, int across) {
    int[] boxes = projected.boxes;
    for (int k = 0; k < visible; k++) {
      int i = order[k];
      int entry = entries[i];
      for (int y = boxes[4 * i + 2]; y < boxes[4 * i + 3]; y++) {
        for (int x = boxes[4 * i]; x < boxes[4 * i + 1]; x++) {
          int slot = cursors[y * across + x]++;
          gaussians[slot] = i;
          slots[entry++] = slot;
        }
      }
    }
  }
}
