package fovea.scene;

/** Straightens photographs: each pixel of the pinhole picture is fetched where the lens put it. */
final class Undistortion {
  private Undistortion() {}

  /** Bilinear; what the lens never saw repeats the edge. */
  static Picture of(Picture picture, Intrinsics camera) {
    if (!camera.distorted()) {
      return picture;
    }
    int width = picture.width();
    int height = picture.height();
    byte[] out = new byte[3 * width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double u = (x + 0.5 - camera.cx()) / camera.fx();
        double v = (y + 0.5 - camera.cy()) / camera.fy();
        double[] bent = distorted(camera, u, v);
        double sx = bent[0] * camera.fx() + camera.cx() - 0.5;
        double sy = bent[1] * camera.fy() + camera.cy() - 0.5;
        for (int plane = 0; plane < 3; plane++) {
          out[(plane * height + y) * width + x] =
              (byte) Math.round(sampled(picture, plane, sx, sy));
        }
      }
    }
    return new Picture(width, height, out);
  }

  /** OpenCV's model on normalised coordinates. */
  static double[] distorted(Intrinsics c, double u, double v) {
    double r2 = u * u + v * v;
    double radial = 1 + r2 * (c.k1() + r2 * c.k2());
    return new double[] {
      u * radial + 2 * c.p1() * u * v + c.p2() * (r2 + 2 * u * u),
      v * radial + c.p1() * (r2 + 2 * v * v) + 2 * c.p2() * u * v
    };
  }

  private static double sampled(Picture picture, int plane, double x, double y) {
    double cx = Math.max(0, Math.min(picture.width() - 1, x));
    double cy = Math.max(0, Math.min(picture.height() - 1, y));
    int x0 = (int) cx;
    int y0 = (int) cy;
    int x1 = Math.min(picture.width() - 1, x0 + 1);
    int y1 = Math.min(picture.height() - 1, y0 + 1);
    double fx = cx - x0;
    double fy = cy - y0;
    double top = picture.value(plane, x0, y0) * (1 - fx) + picture.value(plane, x1, y0) * fx;
    double low = picture.value(plane, x0, y1) * (1 - fx) + picture.value(plane, x1, y1) * fx;
    return top * (1 - fy) + low * fy;
  }
}
