package fovea.splat.render.cpu;

import fovea.splat.model.Harmonics;
import fovea.splat.model.Splats;
import fovea.splat.render.Camera;
import java.util.stream.IntStream;

/** The drawing by its definition: every pixel, every Gaussian, in double precision. The judge. */
final class PlainPicture {
  private PlainPicture() {}

  static float[] of(Splats splats, Camera camera, float[] background) {
    double[][] seen =
        IntStream.range(0, splats.count())
            .mapToObj(i -> seen(splats, camera, i))
            .filter(s -> s[2] > camera.near)
            .sorted((a, b) -> Double.compare(a[2], b[2]))
            .toArray(double[][]::new);
    int plane = camera.width * camera.height;
    float[] out = new float[3 * plane];
    for (int p = 0; p < plane; p++) {
      double x = p % camera.width + 0.5;
      double y = p / camera.width + 0.5;
      double left = 1;
      for (double[] s : seen) {
        double dx = x - s[0];
        double dy = y - s[1];
        double sigma = (s[5] * dx * dx - 2 * s[4] * dx * dy + s[3] * dy * dy) / (2 * s[6]);
        double alpha = Math.min(0.99, s[7] * Math.exp(-sigma));
        if (alpha < 1 / 255.0) {
          continue;
        }
        if (left * (1 - alpha) < 1e-4) {
          break;
        }
        for (int c = 0; c < 3; c++) {
          out[c * plane + p] += (float) (left * alpha * s[8 + c]);
        }
        left *= 1 - alpha;
      }
      for (int c = 0; c < 3; c++) {
        out[c * plane + p] += (float) (left * background[c]);
      }
    }
    return out;
  }

  // x, y, depth, covariance xx xy yy, its determinant, opacity, r, g, b
  private static double[] seen(Splats splats, Camera camera, int i) {
    float[] rotation = new float[9];
    fovea.splat.model.Quaternions.matrix(splats.rotations, 4 * i, rotation);
    double[] t = new double[3];
    double[][] m = new double[3][3]; // to the camera: W R S
    for (int row = 0; row < 3; row++) {
      t[row] = camera.translation[row];
      for (int k = 0; k < 3; k++) {
        double w = camera.rotation[3 * row + k];
        t[row] += w * splats.means[3 * i + k];
        for (int axis = 0; axis < 3; axis++) {
          m[row][axis] += w * rotation[3 * k + axis] * Math.exp(splats.logScales[3 * i + axis]);
        }
      }
    }
    double xx = 0.3;
    double xy = 0;
    double yy = 0.3;
    for (int axis = 0; axis < 3; axis++) {
      double u = camera.fx / t[2] * (m[0][axis] - t[0] / t[2] * m[2][axis]);
      double v = camera.fy / t[2] * (m[1][axis] - t[1] / t[2] * m[2][axis]);
      xx += u * u;
      xy += u * v;
      yy += v * v;
    }
    double[] out = {
      camera.fx * t[0] / t[2] + camera.cx,
      camera.fy * t[1] / t[2] + camera.cy,
      t[2],
      xx,
      xy,
      yy,
      xx * yy - xy * xy,
      1 / (1 + Math.exp(-splats.logitOpacities[i])),
      0,
      0,
      0
    };
    colour(splats, camera, i, out);
    return out;
  }

  private static void colour(Splats splats, Camera camera, int i, double[] out) {
    double[] d = new double[3];
    for (int k = 0; k < 3; k++) {
      d[k] = splats.means[3 * i + k] - camera.centre[k];
    }
    double length = Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
    float[] basis = new float[16];
    Harmonics.basis(
        splats.degree(),
        (float) (d[0] / length),
        (float) (d[1] / length),
        (float) (d[2] / length),
        basis);
    for (int c = 0; c < 3; c++) {
      double value = 0.5 + basis[0] * splats.sh0[3 * i + c];
      for (int k = 3 + c; k < splats.restSize() + 3; k += 3) {
        value += basis[k / 3] * splats.shRest[splats.restSize() * i + k - 3];
      }
      out[8 + c] = Math.max(0, value);
    }
  }
}
