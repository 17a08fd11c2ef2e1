package fovea.sfm;

import java.util.List;
import java.util.Map;

/**
 * How well the poses were found.
 *
 * @param by {@code fovea} or {@code colmap}
 * @param photos how many were given
 * @param registered names of those that have a pose
 * @param failed names of the others with the reason, one sentence each
 * @param reprojectionErrorPixels mean distance between a point's picture and where it was seen, at
 *     the size of the photographs as stored
 * @param trackLength mean number of photographs a point was seen in
 * @param focal what the focal lengths come from: {@code known}, {@code exif} or {@code found}
 * @param focalPixels mean focal length, at the size of the photographs as stored
 */
public record PoseReport(
    String by,
    int photos,
    List<String> registered,
    Map<String, String> failed,
    double reprojectionErrorPixels,
    double trackLength,
    int points,
    String focal,
    double focalPixels,
    double seconds) {

  /** Copies the list; the map keeps its order. */
  public PoseReport {
    registered = List.copyOf(registered);
    failed = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(failed));
  }
}
