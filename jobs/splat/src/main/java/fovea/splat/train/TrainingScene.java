package fovea.splat.train;

import fovea.scene.PointCloud;
import java.util.List;

/**
 * What a trainer works on.
 *
 * @param views at least one
 * @param points where the first Gaussians stand; at least one
 */
public record TrainingScene(List<TrainingView> views, PointCloud points) {

  /** Copies the list. */
  public TrainingScene {
    views = List.copyOf(views);
    if (views.isEmpty() || points.size() == 0) {
      throw new IllegalArgumentException("training needs views and points");
    }
  }

  /** How far the cameras spread about their mean, world units: the scale of positions. */
  double extent() {
    double[] mean = new double[3];
    for (TrainingView view : views) {
      for (int k = 0; k < 3; k++) {
        mean[k] += view.camera().centre[k] / views.size();
      }
    }
    double most = 0;
    for (TrainingView view : views) {
      double square = 0;
      for (int k = 0; k < 3; k++) {
        square += Math.pow(view.camera().centre[k] - mean[k], 2);
      }
      most = Math.max(most, Math.sqrt(square));
    }
    return most > 0 ? 1.1 * most : 1;
  }
}
