package fovea.synthetic;

/**
 * A pinhole camera of a synthetic session, without distortion. The world's z axis points up; camera
 * axes are OpenGL's: x to the right, y up, z backwards.
 *
 * @param name file name of its photograph
 * @param width in pixels
 * @param height in pixels
 * @param focal length in pixels, in both directions; the principal point is the picture's middle
 * @param cameraToWorld 4 x 4, row by row
 */
public record SceneCamera(
    String name, int width, int height, double focal, double[][] cameraToWorld) {

  /** A camera at a place, looking at the origin, the world's z axis upwards in the picture. */
  static SceneCamera towardsOrigin(
      String name, int width, int height, double focal, double[] position) {
    double[] back = Vec.unit(position);
    double[] right = Vec.unit(Vec.cross(new double[] {0, 0, 1}, back));
    double[] up = Vec.cross(back, right);
    double[][] matrix = new double[4][4];
    for (int row = 0; row < 3; row++) {
      matrix[row] = new double[] {right[row], up[row], back[row], position[row]};
    }
    matrix[3] = new double[] {0, 0, 0, 1};
    return new SceneCamera(name, width, height, focal, matrix);
  }

  /** Where the camera stands. */
  public double[] position() {
    return column(3);
  }

  /**
   * The pixel a point of the world is seen at: x, y (to the right and down, pixel centres at one
   * half) and its depth before the camera, negative where it lies behind.
   */
  public double[] project(double[] point) {
    double[] offset = Vec.minus(point, position());
    double depth = -Vec.dot(offset, column(2));
    double x = width / 2.0 + focal * Vec.dot(offset, column(0)) / depth;
    double y = height / 2.0 - focal * Vec.dot(offset, column(1)) / depth;
    return new double[] {x, y, depth};
  }

  /** Unit direction of the ray through a place of the picture. */
  double[] ray(double x, double y) {
    double right = (x - width / 2.0) / focal;
    double up = (height / 2.0 - y) / focal;
    double[] direction = new double[3];
    for (int row = 0; row < 3; row++) {
      double[] line = cameraToWorld[row];
      direction[row] = right * line[0] + up * line[1] - line[2];
    }
    return Vec.unit(direction);
  }

  private double[] column(int column) {
    return new double[] {
      cameraToWorld[0][column], cameraToWorld[1][column], cameraToWorld[2][column]
    };
  }
}
