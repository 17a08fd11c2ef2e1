package fovea.scene;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UndistortionTest {
  @Test
  void a_bent_line_becomes_straight() {
    int size = 101;
    Intrinsics camera =
        new Intrinsics(size, size, 80, 80, size / 2.0, size / 2.0, -0.2, 0.05, 0.01, 0);
    byte[] planes = new byte[3 * size * size];
    // The picture of the line u = 0.3, drawn as the lens bends it.
    for (double v = -0.7; v < 0.7; v += 0.001) {
      double[] bent = Undistortion.distorted(camera, 0.3, v);
      int x = (int) (bent[0] * 80 + camera.cx());
      int y = (int) (bent[1] * 80 + camera.cy());
      if (x >= 0 && y >= 0 && x < size && y < size) {
        planes[y * size + x] = (byte) 255;
      }
    }
    Picture straight = Undistortion.of(new Picture(size, size, planes), camera);
    int column = (int) (0.3 * 80 + camera.cx());
    for (int y = 10; y < size - 10; y++) {
      int around =
          straight.value(0, column - 1, y)
              + straight.value(0, column, y)
              + straight.value(0, column + 1, y);
      assertThat(around).as("row " + y).isGreaterThan(100);
      assertThat(straight.value(0, column + 4, y)).isZero();
    }
  }
}
