package fovea.preprocess.fundus;

import fovea.imaging.Mats;
import org.opencv.core.Mat;

/**
 * Contrast-limited adaptive histogram equalisation (K. Zuiderveld, Graphics Gems IV, 1994) as
 * OpenCV has it, within a grey level and in whole numbers: the curves of two neighbouring tiles lie
 * in one, so that one multiplication weighs both.
 */
final class Clahe {
  private static final int LEVELS = 256;
  private static final int ONE = 256;

  private final int edge;
  private final int tiles;
  private final int tile;
  // The tile whose middle lies before each coordinate, -1 for none, and what the next one counts.
  private final int[] before;
  private final int[] shares;

  private Clahe(int edge, int tiles) {
    this.edge = edge;
    this.tiles = tiles;
    this.tile = (edge + tiles - 1) / tiles;
    this.before = new int[edge];
    this.shares = new int[edge];
    for (int i = 0; i < edge; i++) {
      double at = (double) i / tile - 0.5;
      before[i] = (int) Math.floor(at);
      shares[i] = (int) Math.round(ONE * (at - before[i]));
    }
  }

  /**
   * The plane equalised.
   *
   * @param plane 8-bit, square
   * @param clip how many times the average a level may occur before it is clipped
   * @param tiles along an edge
   */
  static Mat of(Mat plane, double clip, int tiles, Mats mats) {
    byte[] pixels = new byte[(int) plane.total()];
    plane.get(0, 0, pixels);
    Clahe clahe = new Clahe(plane.cols(), tiles);
    clahe.apply(pixels, clahe.pairs(clahe.curves(pixels, clip)));
    Mat equal = mats.own(new Mat(plane.size(), plane.type()));
    equal.put(0, 0, pixels);
    return equal;
  }

  // One curve a tile, row by row.
  private int[] curves(byte[] pixels, double clip) {
    int[] curves = new int[tiles * tiles * LEVELS];
    int limit = Math.max(1, (int) (clip * tile * tile / LEVELS));
    for (int down = 0; down < tiles; down++) {
      for (int across = 0; across < tiles; across++) {
        int[] counts = counts(pixels, across * tile, down * tile);
        clip(counts, limit);
        int from = (down * tiles + across) * LEVELS;
        long sum = 0;
        for (int level = 0; level < LEVELS; level++) {
          sum += counts[level];
          curves[from + level] = (int) Math.rint(sum * 255.0 / (tile * tile));
        }
      }
    }
    return curves;
  }

  // A tile that reaches beyond the picture sees it mirrored.
  private int[] counts(byte[] pixels, int left, int top) {
    int[] counts = new int[LEVELS];
    int seen = Math.max(0, Math.min(edge, left + tile) - left);
    for (int y = top; y < top + tile; y++) {
      int row = mirrored(y) * edge;
      for (int x = left; x < left + seen; x++) {
        counts[pixels[row + x] & 255]++;
      }
      for (int x = left + seen; x < left + tile; x++) {
        counts[pixels[row + mirrored(x)] & 255]++;
      }
    }
    return counts;
  }

  private int mirrored(int at) {
    return at < edge ? at : Math.max(0, 2 * (edge - 1) - at);
  }

  // What is cut off is shared out evenly, what is left over at even distances.
  private static void clip(int[] counts, int limit) {
    int cut = 0;
    for (int level = 0; level < LEVELS; level++) {
      cut += Math.max(0, counts[level] - limit);
      counts[level] = Math.min(counts[level], limit);
    }
    int left = cut % LEVELS;
    for (int level = 0; level < LEVELS; level++) {
      counts[level] += cut / LEVELS;
    }
    int step = Math.max(1, LEVELS / Math.max(1, left));
    for (int level = 0; level < LEVELS && left > 0; level += step, left--) {
      counts[level]++;
    }
  }

  // Each tile's curve with its right neighbour's 16 bits above it; the outermost with themselves.
  private int[] pairs(int[] curves) {
    int[] pairs = new int[tiles * (tiles + 1) * LEVELS];
    for (int down = 0; down < tiles; down++) {
      for (int gap = 0; gap <= tiles; gap++) {
        int left = (down * tiles + Math.max(0, gap - 1)) * LEVELS;
        int right = (down * tiles + Math.min(tiles - 1, gap)) * LEVELS;
        int to = (down * (tiles + 1) + gap) * LEVELS;
        for (int level = 0; level < LEVELS; level++) {
          pairs[to + level] = curves[left + level] | curves[right + level] << 16;
        }
      }
    }
    return pairs;
  }

  private void apply(byte[] pixels, int[] pairs) {
    for (int y = 0; y < edge; y++) {
      int above = Math.max(0, before[y]) * (tiles + 1);
      int below = Math.min(tiles - 1, before[y] + 1) * (tiles + 1);
      int from = 0;
      while (from < edge) {
        int gap = before[from] + 1;
        int to = from + 1;
        while (to < edge && before[to] == gap - 1) {
          to++;
        }
        int start = y * edge;
        mix(pixels, start, from, to, pairs, (above + gap) * LEVELS, (below + gap) * LEVELS, y);
        from = to;
      }
    }
  }

  // Both tiles of a pair at once from above to below, then from left to right.
  private void mix(
      byte[] pixels, int start, int from, int to, int[] pairs, int above, int below, int y) {
    int down = shares[y];
    int up = ONE - down;
    for (int x = from; x < to; x++) {
      int level = pixels[start + x] & 255;
      int both = pairs[above + level] * up + pairs[below + level] * down;
      int across = shares[x];
      int sum = (both & 0xffff) * (ONE - across) + (both >>> 16) * across;
      pixels[start + x] = (byte) (sum + ONE * ONE / 2 >>> 16);
    }
  }
}
