package fovea.scene;

import java.util.List;

/**
 * The ball that all cameras look at.
 *
 * @param radius such that the ball fills the photographs
 */
public record Region(double x, double y, double z, double radius) {

  // Axes this close to parallel do not meet anywhere that can be trusted.
  private static final double LEAST_SPREAD = 1e-4;

  /**
   * Least-squares meeting point of the optical axes; the radius is what the narrowest half of the
   * mean camera sees at that distance.
   */
  public static Region seenBy(List<View> views) {
    double[] meeting = meeting(views);
    double radius = 0;
    for (View view : views) {
      double depth = view.pose().toCamera(meeting[0], meeting[1], meeting[2])[2];
      Intrinsics c = view.intrinsics();
      radius += Math.abs(depth) * 0.5 * Math.min(c.width() / c.fx(), c.height() / c.fy());
    }
    return new Region(meeting[0], meeting[1], meeting[2], Math.max(1e-9, radius / views.size()));
  }

  // Minimises the sum of squared distances to the axes: sum (I - d d') p = sum (I - d d') c.
  private static double[] meeting(List<View> views) {
    double[][] a = new double[3][4];
    double[] mean = new double[3];
    double[] ahead = new double[3];
    for (View view : views) {
      double[] d = view.pose().forward();
      double[] c = view.pose().centre();
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) {
          double m = (i == j ? 1 : 0) - d[i] * d[j];
          a[i][j] += m / views.size();
          a[i][3] += m * c[j] / views.size();
        }
        mean[i] += c[i] / views.size();
        ahead[i] += d[i] / views.size();
      }
    }
    double determinant = determinant(a, 0, 1, 2);
    if (determinant < LEAST_SPREAD) {
      // Nearly parallel axes: look ahead by the spread of the cameras.
      double spread = Math.max(1, spread(views, mean));
      return new double[] {
        mean[0] + spread * ahead[0], mean[1] + spread * ahead[1], mean[2] + spread * ahead[2]
      };
    }
    return new double[] {
      determinant(a, 3, 1, 2) / determinant,
      determinant(a, 0, 3, 2) / determinant,
      determinant(a, 0, 1, 3) / determinant
    };
  }

  private static double determinant(double[][] m, int p, int q, int r) {
    return m[0][p] * (m[1][q] * m[2][r] - m[1][r] * m[2][q])
        - m[0][q] * (m[1][p] * m[2][r] - m[1][r] * m[2][p])
        + m[0][r] * (m[1][p] * m[2][q] - m[1][q] * m[2][p]);
  }

  private static double spread(List<View> views, double[] mean) {
    return views.stream()
        .map(v -> v.pose().centre())
        .mapToDouble(
            c ->
                Math.sqrt(
                    Math.pow(c[0] - mean[0], 2)
                        + Math.pow(c[1] - mean[1], 2)
                        + Math.pow(c[2] - mean[2], 2)))
        .max()
        .orElse(1);
  }
}
