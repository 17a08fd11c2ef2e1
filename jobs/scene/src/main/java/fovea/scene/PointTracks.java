package fovea.scene;

/**
 * Where each point of a scene was seen. The sightings of point p are {@code starts[p]} to {@code
 * starts[p + 1]}.
 *
 * @param starts one more than there are points
 * @param views of each sighting: its place in the scene's views
 * @param pixels x y of each sighting, in the photograph as stored
 * @param errors of each point: mean distance between its picture and where it was seen, pixels
 */
public record PointTracks(int[] starts, int[] views, float[] pixels, float[] errors) {

  /** Checks that the arrays fit each other. */
  public PointTracks {
    if (starts.length != errors.length + 1
        || starts[errors.length] != views.length
        || pixels.length != 2 * views.length) {
      throw new IllegalArgumentException("tracks must name every sighting of every point once");
    }
  }

  /** Of so many points nobody knows where they were seen. */
  public static PointTracks unknown(int points) {
    float[] errors = new float[points];
    java.util.Arrays.fill(errors, -1); // as COLMAP says it
    return new PointTracks(new int[points + 1], new int[0], new float[0], errors);
  }

  /** Mean number of views a point was seen in; 0 where unknown. */
  public double meanLength() {
    return errors.length == 0 ? 0 : views.length / (double) errors.length;
  }

  /** For each view the sightings in it, in the order of the points. */
  int[][] byView(int count) {
    int[] sizes = new int[count];
    for (int view : views) {
      sizes[view]++;
    }
    int[][] sightings = new int[count][];
    for (int v = 0; v < count; v++) {
      sightings[v] = new int[sizes[v]];
    }
    int[] filled = new int[count];
    for (int s = 0; s < views.length; s++) {
      sightings[views[s]][filled[views[s]]++] = s;
    }
    return sightings;
  }

  /** The point of each sighting. */
  int[] points() {
    int[] points = new int[views.length];
    for (int p = 0; p < errors.length; p++) {
      java.util.Arrays.fill(points, starts[p], starts[p + 1], p);
    }
    return points;
  }
}
