package fovea.sfm.mapping;

import fovea.sfm.features.Features;
import fovea.sfm.geometry.Lens;
import fovea.sfm.geometry.Rotations;
import java.util.Arrays;
import java.util.List;

/** A model while it grows: the poses found so far, the points, and which sightings count. */
final class Model {
  final List<Features> features;
  final Tracks tracks;
  final Lens[] lenses;
  final int[] lensOf;

  /** World to camera; meaningless where not {@link #registered}. */
  final double[][] rotations;

  final double[][] translations;
  final boolean[] registered;

  /** x y z of each track, where it {@link #known}. */
  final double[] points;

  final boolean[] known;

  /** Whether a sighting of a track counts. */
  final boolean[][] counts;

  /** With copies of the lenses: attempts must not spoil each other's. */
  Model(List<Features> features, Tracks tracks, Lens[] lenses, int[] lensOf) {
    this.features = features;
    this.tracks = tracks;
    this.lenses = Arrays.stream(lenses).map(Lens::copy).toArray(Lens[]::new);
    this.lensOf = lensOf;
    int n = features.size();
    this.rotations = new double[n][];
    this.translations = new double[n][3];
    Arrays.setAll(rotations, i -> Rotations.identity());
    this.registered = new boolean[n];
    this.points = new double[3 * tracks.count()];
    this.known = new boolean[tracks.count()];
    this.counts =
        Arrays.stream(tracks.photos).map(p -> new boolean[p.length]).toArray(boolean[][]::new);
  }

  Lens lens(int photo) {
    return lenses[lensOf[photo]];
  }

  void place(int photo, double[] rotation, double[] translation) {
    rotations[photo] = rotation.clone();
    translations[photo] = translation.clone();
    registered[photo] = true;
  }

  /** Takes a photograph out again. */
  void drop(int photo) {
    registered[photo] = false;
    for (int track : tracks.of[photo]) {
      if (track >= 0) {
        counts[track][place(track, photo)] = false;
      }
    }
  }

  private int place(int track, int photo) {
    return Arrays.binarySearch(tracks.photos[track], photo);
  }

  int registeredCount() {
    int n = 0;
    for (boolean r : registered) {
      n += r ? 1 : 0;
    }
    return n;
  }

  int pointCount() {
    int n = 0;
    for (boolean k : known) {
      n += k ? 1 : 0;
    }
    return n;
  }

  double[] centre(int photo) {
    double[] c = Rotations.turn(Rotations.transposed(rotations[photo]), translations[photo]);
    return new double[] {-c[0], -c[1], -c[2]};
  }

  double pixelX(int track, int k) {
    return features.get(tracks.photos[track][k]).xy()[2 * tracks.features[track][k]];
  }

  double pixelY(int track, int k) {
    return features.get(tracks.photos[track][k]).xy()[2 * tracks.features[track][k] + 1];
  }

  /** The unit direction in which a sighting looks, in world coordinates. */
  double[] ray(int track, int k) {
    int photo = tracks.photos[track][k];
    double[] uv = new double[2];
    lens(photo).normalise(pixelX(track, k), pixelY(track, k), uv);
    double length = Math.sqrt(uv[0] * uv[0] + uv[1] * uv[1] + 1);
    return Rotations.turn(
        Rotations.transposed(rotations[photo]),
        new double[] {uv[0] / length, uv[1] / length, 1 / length});
  }

  /** Distance in pixels between a point's picture and where it was seen; infinite from behind. */
  double error(int track, int k, double[] point) {
    int photo = tracks.photos[track][k];
    double[] p = Rotations.turn(rotations[photo], point);
    double[] t = translations[photo];
    if (p[2] + t[2] <= 1e-9) {
      return Double.POSITIVE_INFINITY;
    }
    double[] out = new double[2];
    lens(photo).project(p[0] + t[0], p[1] + t[1], p[2] + t[2], out);
    return Math.hypot(out[0] - pixelX(track, k), out[1] - pixelY(track, k));
  }

  double[] point(int track) {
    return Arrays.copyOfRange(points, 3 * track, 3 * track + 3);
  }

  /** Tracks with a point that a photograph shows. */
  int[] visible(int photo) {
    return Arrays.stream(tracks.of[photo]).filter(t -> t >= 0 && known[t]).toArray();
  }

  /** How many counting sightings a photograph has. */
  int sightings(int photo) {
    int n = 0;
    for (int track : tracks.of[photo]) {
      n += track >= 0 && known[track] && counts[track][place(track, photo)] ? 1 : 0;
    }
    return n;
  }

  /** Mean distance in pixels over all counting sightings. */
  double meanError() {
    double sum = 0;
    int n = 0;
    for (int t = 0; t < known.length; t++) {
      for (int k = 0; known[t] && k < counts[t].length; k++) {
        if (counts[t][k]) {
          sum += error(t, k, point(t));
          n++;
        }
      }
    }
    return n == 0 ? 0 : sum / n;
  }
}
