package fovea.scene;

/** Points with colours. */
public final class PointCloud {
  private final float[] positions;
  private final byte[] colours;

  /**
   * @param positions x y z of each point, world coordinates
   * @param colours r g b of each point, 0 to 255
   */
  public PointCloud(float[] positions, byte[] colours) {
    if (positions.length != colours.length || positions.length % 3 != 0) {
      throw new IllegalArgumentException("a point has three coordinates and three colours");
    }
    this.positions = positions;
    this.colours = colours;
  }

  /** No points. */
  public static PointCloud empty() {
    return new PointCloud(new float[0], new byte[0]);
  }

  /** How many. */
  public int size() {
    return positions.length / 3;
  }

  /** x y z of each point; not a copy. */
  public float[] positions() {
    return positions;
  }

  /** r g b of each point; not a copy. */
  public byte[] colours() {
    return colours;
  }

  /** The points at these indices. */
  public PointCloud at(int[] indices) {
    float[] p = new float[3 * indices.length];
    byte[] c = new byte[3 * indices.length];
    for (int i = 0; i < indices.length; i++) {
      System.arraycopy(positions, 3 * indices[i], p, 3 * i, 3);
      System.arraycopy(colours, 3 * indices[i], c, 3 * i, 3);
    }
    return new PointCloud(p, c);
  }
}
