package fovea.sfm.mapping;

import fovea.sfm.bundle.Adjustment;
import fovea.sfm.bundle.Loss;
import fovea.sfm.bundle.Problem;
import fovea.sfm.geometry.Crew;
import java.util.Arrays;

/** A model, or a part of it, as a problem of adjustment. */
final class Adjusting {
  private static final int AROUND = 6;
  private static final double LOSS_PIXELS = 1;

  private final Model model;
  private final Crew crew;
  private final boolean[] lensKnown;

  Adjusting(Model model, boolean[] lensKnown, Crew crew) {
    this.model = model;
    this.lensKnown = lensKnown;
    this.crew = crew;
  }

  /** Everything, lenses too. */
  void all(int rounds, double enough) {
    solve(model.registered.clone(), true, rounds, enough);
  }

  /** A new photograph and those that see most of what it sees. */
  void around(int photo, int rounds) {
    int[] shared = new int[model.registered.length];
    for (int t : model.visible(photo)) {
      for (int other : model.tracks.photos[t]) {
        shared[other] += model.registered[other] ? 1 : 0;
      }
    }
    boolean[] moving = new boolean[shared.length];
    moving[photo] = true;
    for (int n = 0; n < AROUND; n++) {
      int best = -1;
      for (int i = 0; i < shared.length; i++) {
        if (!moving[i] && shared[i] > 0 && (best < 0 || shared[i] > shared[best])) {
          best = i;
        }
      }
      if (best >= 0) {
        moving[best] = true;
      }
    }
    solve(moving, false, rounds, 1e-4);
  }

  // What bends must not explain what is wrong: distortion is asked for once many photographs agree.
  private int freedom(int photos) {
    return photos < 3 ? 0 : photos < 5 ? 1 : photos < 10 ? 2 : 3;
  }

  private void solve(boolean[] moving, boolean lensesToo, int rounds, double enough) {
    Selection s = new Selection(moving);
    Problem problem = s.problem();
    if (lensesToo) {
      s.fixGauge(problem);
      int[] users = new int[model.lenses.length];
      for (int c = 0; c < s.photos.length; c++) {
        users[model.lensOf[s.photos[c]]]++;
      }
      for (int l = 0; l < users.length; l++) {
        if (!lensKnown[l]) {
          problem.freeLens(l, freedom(users[l]));
        }
      }
    } else {
      for (int c = 0; c < s.photos.length; c++) {
        if (!moving[s.photos[c]]) {
          problem.hold(c);
        }
      }
    }
    new Adjustment(Loss.CAUCHY, LOSS_PIXELS, crew).solve(problem, rounds, enough);
    s.takeBack(problem);
  }

  /** Tracks that a moving photograph sees, and every photograph that sees one of them. */
  private final class Selection {
    final int[] photos;
    final int[] tracks;
    private final int[] number = new int[model.registered.length];

    Selection(boolean[] moving) {
      boolean[] seen = new boolean[model.registered.length];
      tracks =
          java.util.stream.IntStream.range(0, model.known.length)
              .filter(t -> model.known[t] && matters(t, moving))
              .toArray();
      for (int t : tracks) {
        for (int k = 0; k < model.counts[t].length; k++) {
          seen[model.tracks.photos[t][k]] |= model.counts[t][k];
        }
      }
      photos =
          java.util.stream.IntStream.range(0, seen.length)
              .filter(i -> model.registered[i] && seen[i])
              .toArray();
      Arrays.fill(number, -1);
      for (int c = 0; c < photos.length; c++) {
        number[photos[c]] = c;
      }
    }

    private boolean matters(int t, boolean[] moving) {
      boolean matters = false;
      for (int k = 0; k < model.counts[t].length; k++) {
        matters |= model.counts[t][k] && moving[model.tracks.photos[t][k]];
      }
      return matters;
    }

    Problem problem() {
      int[] starts = new int[tracks.length + 1];
      double[] points = new double[3 * tracks.length];
      for (int p = 0; p < tracks.length; p++) {
        int n = 0;
        for (boolean c : model.counts[tracks[p]]) {
          n += c ? 1 : 0;
        }
        starts[p + 1] = starts[p] + n;
        System.arraycopy(model.points, 3 * tracks[p], points, 3 * p, 3);
      }
      int[] cameras = new int[starts[tracks.length]];
      double[] pixels = new double[2 * cameras.length];
      int s = 0;
      for (int t : tracks) {
        for (int k = 0; k < model.counts[t].length; k++) {
          if (model.counts[t][k]) {
            cameras[s] = number[model.tracks.photos[t][k]];
            pixels[2 * s] = model.pixelX(t, k);
            pixels[2 * s + 1] = model.pixelY(t, k);
            s++;
          }
        }
      }
      double[][] rotations = new double[photos.length][];
      double[][] translations = new double[photos.length][];
      int[] lensOf = new int[photos.length];
      for (int c = 0; c < photos.length; c++) {
        rotations[c] = model.rotations[photos[c]];
        translations[c] = model.translations[photos[c]];
        lensOf[c] = model.lensOf[photos[c]];
      }
      return new Problem(
          rotations, translations, lensOf, model.lenses, points, starts, cameras, pixels);
    }

    // The first photograph stays, and of the one farthest from it the longest part of the way.
    void fixGauge(Problem problem) {
      if (photos.length < 2) {
        return;
      }
      problem.hold(0);
      double[] first = model.centre(photos[0]);
      int camera = 1;
      int axis = 0;
      double longest = -1;
      for (int c = 1; c < photos.length; c++) {
        double[] centre = model.centre(photos[c]);
        double[] way = new double[3];
        for (int k = 0; k < 3; k++) {
          way[k] = centre[k] - first[k];
        }
        double[] turned = fovea.sfm.geometry.Rotations.turn(model.rotations[photos[c]], way);
        for (int k = 0; k < 3; k++) {
          if (Math.abs(turned[k]) > longest) {
            longest = Math.abs(turned[k]);
            camera = c;
            axis = k;
          }
        }
      }
      problem.holdShift(camera, axis);
    }

    void takeBack(Problem problem) {
      for (int c = 0; c < photos.length; c++) {
        model.rotations[photos[c]] = problem.rotations[c];
      }
      for (int p = 0; p < tracks.length; p++) {
        System.arraycopy(problem.points, 3 * p, model.points, 3 * tracks[p], 3);
      }
    }
  }
}
