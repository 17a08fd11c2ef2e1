package fovea.scene;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What is known of a scene before it is modelled.
 *
 * @param views photographs with cameras, in name order
 * @param points sparse points; empty where the source has none
 * @param reprojectionErrorPixels mean over the points, where the source tells it
 * @param warnings what was left out and why, one sentence each
 */
public record SparseScene(
    List<View> views,
    PointCloud points,
    OptionalDouble reprojectionErrorPixels,
    List<String> warnings) {

  /** Copies the lists. */
  public SparseScene {
    views = List.copyOf(views);
    warnings = List.copyOf(warnings);
  }
}
