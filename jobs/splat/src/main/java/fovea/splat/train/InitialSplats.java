package fovea.splat.train;

import fovea.scene.PointCloud;
import fovea.splat.model.Harmonics;
import fovea.splat.model.Splats;
import java.util.SplittableRandom;

/**
 * The first Gaussians: round ones at the points, half as large as the gaps between them and half
 * opaque. The usual first values (whole gaps, opacity 0.1) suit densification by splitting; with
 * MCMC they draw five times as many layers for the same picture.
 */
public final class InitialSplats {
  private static final double OPACITY = 0.5;
  private static final double GAP_SHARE = 0.5;
  private static final double LEAST_SCALE = 1e-7;

  private InitialSplats() {}

  /** At most {@code cap} of the scene's points, drawn at random where there are more. */
  public static Splats of(TrainingScene scene, TrainSettings settings) {
    return of(scene.points(), settings.cap(), settings.degree(), scene.extent(), settings.seed());
  }

  private static Splats of(PointCloud points, int capacity, int degree, double extent, long seed) {
    PointCloud chosen = points.size() > capacity ? drawn(points, capacity, seed) : points;
    Splats splats = new Splats(capacity, degree);
    splats.resize(chosen.size());
    float[] gaps = Neighbours.meanDistances(chosen.positions());
    System.arraycopy(chosen.positions(), 0, splats.means, 0, chosen.positions().length);
    float logit = (float) Math.log(OPACITY / (1 - OPACITY));
    for (int i = 0; i < chosen.size(); i++) {
      double gap = gaps[i] > 0 ? GAP_SHARE * gaps[i] : 0.01 * extent;
      float scale = (float) Math.log(Math.max(LEAST_SCALE * extent, Math.min(gap, 0.1 * extent)));
      splats.rotations[4 * i] = 1;
      splats.logitOpacities[i] = logit;
      for (int k = 0; k < 3; k++) {
        splats.logScales[3 * i + k] = scale;
        float colour = (chosen.colours()[3 * i + k] & 0xff) / 255f;
        splats.sh0[3 * i + k] = (colour - 0.5f) / Harmonics.C0;
      }
    }
    return splats;
  }

  private static PointCloud drawn(PointCloud points, int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] all = new int[points.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = i;
    }
    for (int i = 0; i < count; i++) {
      int other = i + random.nextInt(all.length - i);
      int swap = all[i];
      all[i] = all[other];
      all[other] = swap;
    }
    return points.at(java.util.Arrays.copyOf(all, count));
  }
}
