package fovea.sfm.mapping;

import fovea.sfm.features.Features;
import fovea.sfm.features.Matches;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Guesses at a focal length nobody told: with the right one a fundamental matrix becomes an
 * essential one, whose two singular values are equal. Every pair of photographs votes.
 */
final class Focals {
  private static final double USUAL = 1.2;
  private static final double SHORTEST = 0.5;
  private static final double LONGEST = 5;
  private static final int STEPS = 40;
  private static final double MOST_BLAME = 0.3;
  private static final int LEAST_MATCHES = 30;

  private Focals() {}

  /** Shares of the longest edge, the most likely first. */
  static List<Double> likely(List<Features> photos, List<Matches> matches, int most) {
    double[] blame = new double[STEPS];
    for (int i = 0; i < STEPS; i++) {
      blame[i] = blame(share(i), photos, matches);
    }
    List<Integer> valleys = new ArrayList<>();
    for (int i = 0; i < STEPS; i++) {
      boolean low =
          (i == 0 || blame[i] <= blame[i - 1]) && (i == STEPS - 1 || blame[i] < blame[i + 1]);
      if (low) {
        valleys.add(i);
      }
    }
    valleys.sort(Comparator.comparingDouble(i -> blame[i]));
    List<Double> shares = new ArrayList<>();
    valleys.forEach(i -> add(shares, share(i)));
    for (double usual : new double[] {USUAL, 2.4, 0.8, 3.6}) {
      add(shares, usual);
    }
    return shares.subList(0, Math.min(most, shares.size()));
  }

  private static void add(List<Double> shares, double share) {
    if (shares.stream().noneMatch(s -> Math.abs(Math.log(s / share)) < Math.log(1.25))) {
      shares.add(share);
    }
  }

  private static double share(int step) {
    return SHORTEST * Math.pow(LONGEST / SHORTEST, step / (STEPS - 1.0));
  }

  private static double blame(double share, List<Features> photos, List<Matches> matches) {
    double sum = 0;
    for (Matches m : matches) {
      if (m.count() >= LEAST_MATCHES && m.flat() < 0.7) {
        double unlike = unlike(share, photos.get(m.first()), photos.get(m.second()), m);
        sum += m.count() * Math.min(MOST_BLAME, unlike);
      }
    }
    return sum;
  }

  // 1 - s2 / s1 of K' F K, principal points in the middle.
  private static double unlike(double share, Features a, Features b, Matches m) {
    double fa = share * Math.max(a.width(), a.height());
    double fb = share * Math.max(b.width(), b.height());
    double[] ka = {fa, 0, a.width() / 2.0, 0, fa, a.height() / 2.0, 0, 0, 1};
    double[] kb = {fb, 0, b.width() / 2.0, 0, fb, b.height() / 2.0, 0, 0, 1};
    double[] e =
        fovea.sfm.geometry.Rotations.product(
            fovea.sfm.geometry.Rotations.product(
                fovea.sfm.geometry.Rotations.transposed(kb), m.fundamental()),
            ka);
    // The third singular value is nought: the others follow from trace and minors of E'E.
    double[] s =
        fovea.sfm.geometry.Rotations.product(fovea.sfm.geometry.Rotations.transposed(e), e);
    double trace = s[0] + s[4] + s[8];
    double minors =
        s[0] * s[4] - s[1] * s[3] + s[0] * s[8] - s[2] * s[6] + s[4] * s[8] - s[5] * s[7];
    double root = Math.sqrt(Math.max(0, trace * trace / 4 - minors));
    return 1 - Math.sqrt(Math.max(0, trace / 2 - root) / (trace / 2 + root));
  }
}
