package fovea.sfm.mapping;

import fovea.scene.Intrinsics;
import fovea.sfm.features.Features;
import fovea.sfm.geometry.Lens;
import fovea.sfm.geometry.Rotations;
import java.util.Arrays;

/**
 * A finished model in the world's final measure: the points' median in the origin, half of them
 * within 1, z up where most cameras think so.
 *
 * @param registered of each photograph
 * @param rotations of each photograph, world to camera; row by row
 * @param translations of each photograph
 * @param cameras of each photograph, at the size of its features
 * @param points x y z of each
 * @param colours r g b of each
 * @param photos of each point, those it was seen in
 * @param features of each point, beside {@code photos}
 * @param errors of each point's sightings, pixels of the reduced photographs
 * @param visible of each photograph, points it might show
 */
public record Sparse(
    boolean[] registered,
    double[][] rotations,
    double[][] translations,
    Intrinsics[] cameras,
    double[] points,
    byte[] colours,
    int[][] photos,
    int[][] features,
    double[][] errors,
    int[] visible) {

  static Sparse of(Model model) {
    int[] kept =
        java.util.stream.IntStream.range(0, model.known.length)
            .filter(t -> model.known[t])
            .toArray();
    int n = model.registered.length;
    int[][] photos = new int[kept.length][];
    int[][] features = new int[kept.length][];
    double[][] errors = new double[kept.length][];
    double[] points = new double[3 * kept.length];
    byte[] colours = new byte[3 * kept.length];
    for (int p = 0; p < kept.length; p++) {
      int t = kept[p];
      int[] in =
          java.util.stream.IntStream.range(0, model.counts[t].length)
              .filter(k -> model.counts[t][k])
              .toArray();
      photos[p] = Arrays.stream(in).map(k -> model.tracks.photos[t][k]).toArray();
      features[p] = Arrays.stream(in).map(k -> model.tracks.features[t][k]).toArray();
      errors[p] = Arrays.stream(in).mapToDouble(k -> model.error(t, k, model.point(t))).toArray();
      System.arraycopy(model.points, 3 * t, points, 3 * p, 3);
      colour(model, photos[p], features[p], colours, 3 * p);
    }
    Intrinsics[] cameras = new Intrinsics[n];
    int[] visible = new int[n];
    for (int i = 0; i < n; i++) {
      cameras[i] = camera(model.lens(i), model.features.get(i));
      visible[i] = model.visible(i).length;
    }
    Sparse sparse =
        new Sparse(
            model.registered,
            model.rotations.clone(),
            Arrays.stream(model.translations).map(double[]::clone).toArray(double[][]::new),
            cameras,
            points,
            colours,
            photos,
            features,
            errors,
            visible);
    sparse.normalise();
    return sparse;
  }

  private static Intrinsics camera(Lens l, Features f) {
    return new Intrinsics(
        f.width(), f.height(), l.f, l.f * l.aspect, l.cx, l.cy, l.k1, l.k2, l.p1, l.p2);
  }

  private static void colour(Model model, int[] photos, int[] features, byte[] out, int at) {
    int[] sum = new int[3];
    for (int k = 0; k < photos.length; k++) {
      int rgb = model.features.get(photos[k]).colours()[features[k]];
      sum[0] += rgb >> 16 & 0xff;
      sum[1] += rgb >> 8 & 0xff;
      sum[2] += rgb & 0xff;
    }
    for (int c = 0; c < 3; c++) {
      out[at + c] = (byte) (sum[c] / photos.length);
    }
  }

  // world' = scale * turn * (world - middle)
  private void normalise() {
    if (points.length == 0) {
      return;
    }
    double[] middle = new double[3];
    for (int k = 0; k < 3; k++) {
      int axis = k;
      middle[k] =
          median(
              java.util.stream.IntStream.range(0, points.length / 3)
                  .mapToDouble(p -> points[3 * p + axis])
                  .toArray());
    }
    double[] distances = new double[points.length / 3];
    for (int p = 0; p < distances.length; p++) {
      distances[p] =
          Math.sqrt(
              square(points[3 * p] - middle[0])
                  + square(points[3 * p + 1] - middle[1])
                  + square(points[3 * p + 2] - middle[2]));
    }
    double scale = 1 / Math.max(1e-12, median(distances));
    double[] turn = upright();
    for (int p = 0; p < distances.length; p++) {
      double[] moved = new double[3];
      for (int k = 0; k < 3; k++) {
        moved[k] = scale * (points[3 * p + k] - middle[k]);
      }
      System.arraycopy(Rotations.turn(turn, moved), 0, points, 3 * p, 3);
    }
    for (int i = 0; i < registered.length; i++) {
      double[] shift = Rotations.turn(rotations[i], middle);
      for (int k = 0; k < 3; k++) {
        translations[i][k] = scale * (translations[i][k] + shift[k]);
      }
      rotations[i] = Rotations.product(rotations[i], Rotations.transposed(turn));
    }
  }

  private static double square(double x) {
    return x * x;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  // The shortest turn that takes the mean of the cameras' upward directions to z.
  private double[] upright() {
    double[] up = new double[3];
    for (int i = 0; i < registered.length; i++) {
      for (int k = 0; k < 3 && registered[i]; k++) {
        up[k] -= rotations[i][3 + k];
      }
    }
    double length = Math.sqrt(up[0] * up[0] + up[1] * up[1] + up[2] * up[2]);
    if (length < 1e-3) {
      return Rotations.identity(); // as many upside down as upright
    }
    double sine = Math.hypot(up[0], up[1]) / length;
    double angle = Math.atan2(sine, up[2] / length);
    if (sine < 1e-9) {
      return up[2] > 0 ? Rotations.identity() : Rotations.of(Math.PI, 0, 0);
    }
    // About up x z.
    return Rotations.of(angle * up[1] / (length * sine), -angle * up[0] / (length * sine), 0);
  }
}
