package fovea.sfm.bundle;

import fovea.sfm.geometry.Crew;
import fovea.sfm.geometry.Lens;
import fovea.sfm.geometry.Rotations;
import java.util.Arrays;

/**
 * Levenberg and Marquardt's descent: cameras, lenses and points that explain the sightings best.
 */
public final class Adjustment {
  private static final double FIRST_DAMPING = 1e-4;
  private static final double LEAST_DAMPING = 1e-10;
  private static final double MOST_DAMPING = 1e8;
  private static final double BEHIND = 1e6; // what a point behind its camera costs, squared pixels

  private final Loss loss;
  private final double scale;
  private final Crew crew;

  /**
   * @param scale of the loss, pixels
   */
  public Adjustment(Loss loss, double scale, Crew crew) {
    this.loss = loss;
    this.scale = scale;
    this.crew = crew;
  }

  /**
   * Improves the problem in place.
   *
   * @param rounds steps tried at most
   * @param enough ends where a step lowers the cost by less than this share
   * @return the cost reached
   */
  public double solve(Problem problem, int rounds, double enough) {
    Schur schur = new Schur(problem, loss, scale, crew);
    double cost = cost(problem);
    double damping = FIRST_DAMPING;
    for (int round = 0; round < rounds && damping < MOST_DAMPING; round++) {
      State before = new State(problem);
      boolean lower = false;
      double next = cost;
      if (schur.solve(damping)) {
        apply(problem, schur);
        next = sane(problem) ? cost(problem) : Double.NaN;
        lower = next < cost;
      }
      if (!lower) {
        before.restore(problem);
        damping *= 8;
        continue;
      }
      boolean done = cost - next < enough * cost;
      cost = next;
      damping = Math.max(LEAST_DAMPING, damping / 5);
      if (done) {
        break;
      }
    }
    return cost;
  }

  private static boolean sane(Problem problem) {
    return Arrays.stream(problem.lenses).allMatch(l -> l.f > 1 && l.f < 1e7);
  }

  /** The cost as it is. */
  public double cost(Problem problem) {
    double sum = 0;
    double[] e = new double[2];
    for (int p = 0; p < problem.pointCount(); p++) {
      for (int s = problem.starts[p]; s < problem.starts[p + 1]; s++) {
        double square = problem.error(s, p, e) ? e[0] * e[0] + e[1] * e[1] : BEHIND;
        sum += loss.cost(square, scale);
      }
    }
    return sum;
  }

  private static void apply(Problem p, Schur schur) {
    for (int c = 0; c < p.rotations.length; c++) {
      int at = Problem.CAMERA * c;
      double[] s = schur.step;
      p.rotations[c] = Rotations.product(Rotations.of(s[at], s[at + 1], s[at + 2]), p.rotations[c]);
      for (int k = 0; k < 3; k++) {
        p.translations[c][k] += s[at + 3 + k];
      }
    }
    for (int l = 0; l < p.lenses.length; l++) {
      p.lenses[l].f += schur.step[p.lensAt(l)];
      p.lenses[l].k1 += schur.step[p.lensAt(l) + 1];
      p.lenses[l].k2 += schur.step[p.lensAt(l) + 2];
    }
    for (int i = 0; i < p.points.length; i++) {
      p.points[i] += schur.pointStep[i];
    }
  }

  private static final class State {
    private final double[][] rotations;
    private final double[][] translations;
    private final Lens[] lenses;
    private final double[] points;

    State(Problem p) {
      rotations = p.rotations.clone();
      translations = Arrays.stream(p.translations).map(double[]::clone).toArray(double[][]::new);
      lenses = Arrays.stream(p.lenses).map(Lens::copy).toArray(Lens[]::new);
      points = p.points.clone();
    }

    void restore(Problem p) {
      System.arraycopy(rotations, 0, p.rotations, 0, rotations.length);
      for (int c = 0; c < translations.length; c++) {
        System.arraycopy(translations[c], 0, p.translations[c], 0, 3);
      }
      for (int l = 0; l < lenses.length; l++) {
        p.lenses[l].set(lenses[l]);
      }
      System.arraycopy(points, 0, p.points, 0, points.length);
    }
  }
}
