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

  /** Mean along a circle over what is not below 0; NaN where that is less than half of it. */
  double ring(int x, int y, int radius) {
    int[] across = Turns.across(radius);
    int[] down = Turns.down(radius);
    boolean within = Math.min(x, y) >= radius && Math.max(x, y) + radius < edge;
    double sum = 0;
    int count = 0;
    for (int i = 0; i < Turns.COUNT; i++) {
      int px = x + across[i];
      int py = y + down[i];
      float value = within ? values[py * edge + px] : at(px, py);
      if (value >= 0) {
        sum += value;
        count++;
      }
    }
    return count < Turns.COUNT / 2 ? Double.NaN : sum / count;
  }

  private int clamped(int coordinate) {
    return Math.max(0, Math.min(edge - 1, coordinate));
  }
}
