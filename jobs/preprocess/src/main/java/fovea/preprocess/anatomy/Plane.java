package fovea.preprocess.anatomy;

import fovea.imaging.Mats;
import org.opencv.core.CvType;
import org.opencv.core.Mat;

/** One channel of a square picture as numbers, row by row; what lies outside repeats the edge. */
record Plane(float[] values, int edge) {

  /** A copy of a one-channel matrix. */
  static Plane of(Mat matrix, Mats mats) {
    Mat real = matrix;
    if (matrix.type() != CvType.CV_32FC1) {
      real = mats.mat();
      matrix.convertTo(real, CvType.CV_32F);
    }
    float[] values = new float[(int) real.total()];
    real.get(0, 0, values);
    return new Plane(values, matrix.cols());
  }

  float at(int x, int y) {
    return values[clamped(y) * edge + clamped(x)];
  }

  /** Between pixels; pixel centres have whole coordinates. */
  double between(double x, double y) {
    int left = (int) Math.floor(x);
    int top = (int) Math.floor(y);
    double across = x - left;
    double down = y - top;
    double upper = at(left, top) * (1 - across) + at(left + 1, top) * across;
    double lower = at(left, top + 1) * (1 - across) + at(left + 1, top + 1) * across;
    return upper * (1 - down) + lower * down;
  }

  /** Mean along a circle, over the pixels that {@code inside} marks; NaN where there are few. */
  double ring(double x, double y, double radius, Plane inside) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < Turns.COUNT; i++) {
      int px = (int) (x + radius * Turns.COS[i] + 0.5);
      int py = (int) (y + radius * Turns.SIN[i] + 0.5);
      if (inside.at(px, py) > 0) {
        sum += at(px, py);
        count++;
      }
    }
    return count < Turns.COUNT / 2 ? Double.NaN : sum / count;
  }

  private int clamped(int coordinate) {
    return Math.max(0, Math.min(edge - 1, coordinate));
  }
}
