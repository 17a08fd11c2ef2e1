package fovea.sfm.mapping;

import fovea.sfm.geometry.Rays;

/** Points from the poses at hand: found, checked, dropped. */
final class Points {
  private static final int MOST_PAIRS = 45;

  private final Model model;
  private final double pixels;
  private final double leastDegrees;

  /**
   * @param pixels error of a sighting that counts, at most
   * @param leastDegrees between two rays of a point: below that its depth is a guess
   */
  Points(Model model, double pixels, double leastDegrees) {
    this.model = model;
    this.pixels = pixels;
    this.leastDegrees = leastDegrees;
  }

  /** Finds points for every track that has none, and lets sightings of the others count. */
  void complete() {
    for (int t = 0; t < model.known.length; t++) {
      complete(t);
    }
  }

  /** The same for what one photograph shows. */
  void complete(int photo, int[][] tracksOf) {
    for (int t : tracksOf[photo]) {
      if (t >= 0) {
        complete(t);
      }
    }
  }

  private void complete(int t) {
    if (model.known[t]) {
      recount(t, model.point(t));
    } else {
      find(t);
    }
  }

  private int recount(int t, double[] point) {
    int n = 0;
    for (int k = 0; k < model.counts[t].length; k++) {
      boolean in =
          model.registered[model.tracks.photos[t][k]] && model.error(t, k, point) <= pixels;
      model.counts[t][k] = in;
      n += in ? 1 : 0;
    }
    return n;
  }

  // Of all pairs of sightings the one whose meeting point most others agree with.
  private void find(int t) {
    int[] photos = model.tracks.photos[t];
    double[] candidate = new double[3];
    double[] best = new double[3];
    int most = 1;
    double least = Double.POSITIVE_INFINITY;
    int tried = 0;
    for (int i = 0; i < photos.length; i++) {
      for (int j = i + 1; j < photos.length && tried < MOST_PAIRS; j++) {
        if (!model.registered[photos[i]] || !model.registered[photos[j]]) {
          continue;
        }
        tried++;
        if (!meet(t, i, j, candidate)) {
          continue;
        }
        int n = 0;
        double sum = 0;
        for (int k = 0; k < photos.length; k++) {
          double error = model.registered[photos[k]] ? model.error(t, k, candidate) : pixels + 1;
          n += error <= pixels ? 1 : 0;
          sum += Math.min(error, pixels);
        }
        if (n > most || n == most && n > 1 && sum < least) {
          most = n;
          least = sum;
          System.arraycopy(candidate, 0, best, 0, 3);
        }
      }
    }
    if (most > 1) {
      System.arraycopy(best, 0, model.points, 3 * t, 3);
      model.known[t] = true;
      recount(t, best);
    }
  }

  private boolean meet(int t, int i, int j, double[] out) {
    double[] a = model.centre(model.tracks.photos[t][i]);
    double[] b = model.centre(model.tracks.photos[t][j]);
    return Rays.meet(a, model.ray(t, i), b, model.ray(t, j), out)
        && model.error(t, i, out) <= pixels
        && model.error(t, j, out) <= pixels
        && Rays.degreesAt(out, a, b) >= leastDegrees;
  }

  /** Recounts every point's sightings and drops points that are seen twice no longer. */
  void filter() {
    for (int t = 0; t < model.known.length; t++) {
      if (model.known[t]) {
        model.known[t] = recount(t, model.point(t)) > 1 && degrees(t) >= leastDegrees;
      }
    }
  }

  /** The widest angle of a point. */
  private double degrees(int t) {
    double widest = 0;
    double[] point = model.point(t);
    int[] photos = model.tracks.photos[t];
    for (int i = 0; i < photos.length; i++) {
      for (int j = i + 1; j < photos.length && model.counts[t][i]; j++) {
        if (model.counts[t][j]) {
          widest =
              Math.max(
                  widest, Rays.degreesAt(point, model.centre(photos[i]), model.centre(photos[j])));
        }
      }
    }
    return widest;
  }
}
