package fovea.scene;

/**
 * A pinhole camera with OpenCV's radial and tangential distortion. Lengths are in pixels; the
 * centre of the top left pixel is (0.5, 0.5), as in COLMAP.
 *
 * @param width pixels of the photographs the numbers belong to
 * @param fx focal length in pixels along x
 * @param cx principal point
 * @param k1 radial distortion, second order
 * @param k2 radial distortion, fourth order
 * @param p1 tangential distortion
 * @param p2 tangential distortion
 */
public record Intrinsics(
    int width,
    int height,
    double fx,
    double fy,
    double cx,
    double cy,
    double k1,
    double k2,
    double p1,
    double p2) {

  private static final double ASPECT_TOLERANCE = 0.01;

  /** Checks that a picture could be taken with it. */
  public Intrinsics {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "size must be at least 1x1, cannot be: " + width + "x" + height);
    }
    if (!(fx > 0 && fy > 0 && fx < 1e9 && fy < 1e9)) {
      throw new IllegalArgumentException(
          "focal length must be positive, cannot be: " + fx + ", " + fy);
    }
    if (!Double.isFinite(cx + cy + k1 + k2 + p1 + p2)) {
      throw new IllegalArgumentException("principal point and distortion must be finite");
    }
  }

  /** Without distortion. */
  public static Intrinsics pinhole(
      int width, int height, double fx, double fy, double cx, double cy) {
    return new Intrinsics(width, height, fx, fy, cx, cy, 0, 0, 0, 0);
  }

  /** Whether straight lines come out bent. */
  public boolean distorted() {
    return k1 != 0 || k2 != 0 || p1 != 0 || p2 != 0;
  }

  /** The camera of the undistorted photograph. */
  public Intrinsics undistorted() {
    return pinhole(width, height, fx, fy, cx, cy);
  }

  /** The camera of the same photograph resized. */
  public Intrinsics resized(int newWidth, int newHeight) {
    double sx = (double) newWidth / width;
    double sy = (double) newHeight / height;
    return new Intrinsics(newWidth, newHeight, fx * sx, fy * sy, cx * sx, cy * sy, k1, k2, p1, p2);
  }

  /** Whether a photograph may be one of this camera's, resized as a whole. */
  boolean hasShapeOf(Photo photo) {
    double aspect = (double) width / height;
    double actual = (double) photo.width() / photo.height();
    return Math.abs(actual / aspect - 1) <= ASPECT_TOLERANCE;
  }
}
