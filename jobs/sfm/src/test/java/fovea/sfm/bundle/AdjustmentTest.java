package fovea.sfm.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fovea.sfm.geometry.Cholesky;
import fovea.sfm.geometry.Crew;
import fovea.sfm.geometry.Lens;
import fovea.sfm.geometry.Rotations;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AdjustmentTest {
  private static final int CAMERAS = 4;
  private static final int POINTS = 30;

  @Test
  void slopes_are_those_of_finite_differences() {
    Problem p = problem(0.01, 3);
    Sight sight = new Sight();
    for (int s : new int[] {0, 17, 55}) {
      int point = s / CAMERAS;
      assertThat(sight.look(p, s, point)).isTrue();
      for (int row = 0; row < 2; row++) {
        for (int k = 0; k < 6; k++) {
          assertThat(sight.byCamera[6 * row + k]).isCloseTo(slope(p, s, point, row, k), near());
        }
        for (int k = 0; k < 3; k++) {
          assertThat(sight.byLens[3 * row + k]).isCloseTo(slope(p, s, point, row, 6 + k), near());
          assertThat(sight.byPoint[3 * row + k]).isCloseTo(slope(p, s, point, row, 9 + k), near());
        }
      }
    }
  }

  private static org.assertj.core.data.Offset<Double> near() {
    return within(2e-3);
  }

  // Central differences; 0-5 camera, 6-8 lens, 9-11 point.
  private static double slope(Problem p, int s, int point, int row, int unknown) {
    double step = 1e-6;
    double[] error = new double[2];
    double[] ends = new double[2];
    for (int side = 0; side < 2; side++) {
      double by = side == 0 ? -step : step;
      Problem q = copy(p);
      int camera = q.cameras[s];
      if (unknown < 3) {
        double[] w = new double[3];
        w[unknown] = by;
        q.rotations[camera] =
            Rotations.product(Rotations.of(w[0], w[1], w[2]), q.rotations[camera]);
      } else if (unknown < 6) {
        q.translations[camera][unknown - 3] += by;
      } else if (unknown < 9) {
        Lens l = q.lenses[0];
        l.f += unknown == 6 ? by : 0;
        l.k1 += unknown == 7 ? by : 0;
        l.k2 += unknown == 8 ? by : 0;
      } else {
        q.points[3 * point + unknown - 9] += by;
      }
      q.error(s, point, error);
      ends[side] = error[row];
    }
    return (ends[1] - ends[0]) / (2 * step);
  }

  @Test
  void points_eliminated_or_not_the_step_is_the_same() {
    Problem p = problem(0.02, 5);
    p.hold(0);
    p.holdShift(1, 0);
    p.freeLens(0, 3);
    double damping = 1e-3;
    try (Crew crew = new Crew(2)) {
      Schur schur = new Schur(p, Loss.CAUCHY, 1, crew);
      assertThat(schur.solve(damping)).isTrue();
      double[] dense = dense(p, damping);
      for (int i = 0; i < schur.step.length; i++) {
        assertThat(schur.step[i]).isCloseTo(dense[i], within(1e-6 * (1 + Math.abs(dense[i]))));
      }
      for (int i = 0; i < schur.pointStep.length; i++) {
        double expected = dense[schur.step.length + i];
        assertThat(schur.pointStep[i]).isCloseTo(expected, within(1e-6));
      }
    }
  }

  // All unknowns at once.
  private static double[] dense(Problem p, double damping) {
    int own = p.free.length;
    int n = own + p.points.length;
    double[] a = new double[n * n];
    double[] b = new double[n];
    Sight sight = new Sight();
    for (int point = 0; point < POINTS; point++) {
      for (int s = p.starts[point]; s < p.starts[point + 1]; s++) {
        sight.look(p, s, point);
        double square = sight.error[0] * sight.error[0] + sight.error[1] * sight.error[1];
        sight.weigh(Math.sqrt(Loss.CAUCHY.weight(square, 1)), p, s);
        for (int row = 0; row < 2; row++) {
          double[] j = new double[n];
          System.arraycopy(sight.byCamera, 6 * row, j, 6 * p.cameras[s], 6);
          System.arraycopy(sight.byLens, 3 * row, j, p.lensAt(0), 3);
          System.arraycopy(sight.byPoint, 3 * row, j, own + 3 * point, 3);
          for (int i = 0; i < n; i++) {
            b[i] -= j[i] * sight.error[row];
            for (int k = 0; k < n; k++) {
              a[i * n + k] += j[i] * j[k];
            }
          }
        }
      }
    }
    for (int i = 0; i < n; i++) {
      a[i * n + i] += i >= own || p.free[i] ? damping * a[i * n + i] + 1e-12 : 1;
    }
    assertThat(Cholesky.solve(a, b, n)).isTrue();
    return b;
  }

  @Test
  void cameras_lens_and_points_are_found_again_in_spite_of_wrong_sightings() {
    Problem truth = problem(0, 7);
    Problem p = problem(0.01, 7);
    for (int s = 0; s < 6; s++) {
      p.pixels[2 * (19 * s + 1)] += 80;
    }
    p.lenses[0].f = 780;
    p.hold(0);
    p.freeLens(0, 2);
    // The truth's first camera and scale: what no photograph can tell.
    p.rotations[0] = truth.rotations[0].clone();
    p.translations[0] = truth.translations[0].clone();
    p.translations[1] = truth.translations[1].clone();
    p.holdShift(1, 0);
    try (Crew crew = new Crew(1)) {
      new Adjustment(Loss.CAUCHY, 1, crew).solve(p, 100, 1e-12);
    }
    assertThat(p.lenses[0].f).isCloseTo(800, within(0.05));
    for (int c = 0; c < CAMERAS; c++) {
      assertThat(Rotations.degreesBetween(p.rotations[c], truth.rotations[c])).isLessThan(1e-2);
    }
  }

  @Test
  void the_result_does_not_depend_on_the_number_of_threads() {
    double[][] points = new double[2][];
    for (int i = 0; i < 2; i++) {
      Problem p = problem(0.02, 9);
      p.hold(0);
      p.freeLens(0, 3);
      try (Crew crew = new Crew(1 + 3 * i)) {
        new Adjustment(Loss.HUBER, 1, crew).solve(p, 10, 1e-9);
      }
      points[i] = p.points;
    }
    assertThat(points[0]).isEqualTo(points[1]);
  }

  /** Cameras round a ball of points, every camera seeing every point; all but the pixels shaken. */
  private static Problem problem(double shaken, int seed) {
    Random random = new Random(seed);
    double[][] rotations = new double[CAMERAS][];
    double[][] translations = new double[CAMERAS][];
    for (int c = 0; c < CAMERAS; c++) {
      rotations[c] = Rotations.of(0.1 * c, 0.5 * c - 0.8, 0.05 * c);
      translations[c] = new double[] {0.1 * c + 0.05, -0.05 * c, 5 + 0.1 * c};
    }
    double[] points = new double[3 * POINTS];
    for (int i = 0; i < points.length; i++) {
      points[i] = random.nextDouble() * 2 - 1;
    }
    int[] starts = new int[POINTS + 1];
    int[] cameras = new int[CAMERAS * POINTS];
    for (int s = 0; s < cameras.length; s++) {
      cameras[s] = s % CAMERAS;
      starts[s / CAMERAS + 1] = s + 1;
    }
    Lens[] lenses = {new Lens(800, 1.01, 320, 240, 0.05, -0.01, 0.001, -0.002)};
    double[] pixels = new double[2 * cameras.length];
    Problem p =
        new Problem(
            rotations, translations, new int[CAMERAS], lenses, points, starts, cameras, pixels);
    double[] error = new double[2];
    for (int s = 0; s < cameras.length; s++) {
      p.error(s, s / CAMERAS, error);
      pixels[2 * s] = error[0];
      pixels[2 * s + 1] = error[1];
    }
    for (int i = 0; i < points.length; i++) {
      points[i] += shaken * random.nextGaussian();
    }
    for (int c = 0; c < CAMERAS; c++) {
      for (int k = 0; k < 3; k++) {
        translations[c][k] += shaken * random.nextGaussian();
      }
      rotations[c] = Rotations.product(Rotations.of(0, shaken, -shaken), rotations[c]);
    }
    return p;
  }

  private static Problem copy(Problem p) {
    double[][] translations = new double[CAMERAS][];
    for (int c = 0; c < CAMERAS; c++) {
      translations[c] = p.translations[c].clone();
    }
    return new Problem(
        p.rotations.clone(),
        translations,
        p.lensOf,
        new Lens[] {p.lenses[0].copy()},
        p.points.clone(),
        p.starts,
        p.cameras,
        p.pixels);
  }
}
