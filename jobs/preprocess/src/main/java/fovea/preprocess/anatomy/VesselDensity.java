package fovea.preprocess.anatomy;

import fovea.imaging.Mats;
import org.opencv.core.Core;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/** The share of the field that is thin, dark and long. */
final class VesselDensity {
  private static final double DARKER = 0.08;
  private static final int SHORTEST = 40;

  private VesselDensity() {}

  static double of(Study study, Mats mats) {
    Mat field = mats.mat();
    Imgproc.resize(
        study.core(), field, new Size(Study.EDGE, Study.EDGE), 0, 0, Imgproc.INTER_NEAREST);
    Mat dark = mats.mat();
    Core.compare(study.vessels(), new Scalar(DARKER), dark, Core.CMP_GT);
    Core.bitwise_and(dark, field, dark);
    return longOnes(dark, mats) / (double) Math.max(1, Core.countNonZero(field));
  }

  // Specks of noise and small bleedings are no vessels.
  private static int longOnes(Mat dark, Mats mats) {
    Mat labels = mats.mat();
    Mat figures = mats.mat();
    int count = Imgproc.connectedComponentsWithStats(dark, labels, figures, mats.mat(), 8);
    int[] all = new int[count * figures.cols()];
    figures.get(0, 0, all);
    int pixels = 0;
    for (int i = 1; i < count; i++) {
      int at = i * figures.cols();
      int across = all[at + Imgproc.CC_STAT_WIDTH];
      int down = all[at + Imgproc.CC_STAT_HEIGHT];
      int area = all[at + Imgproc.CC_STAT_AREA];
      boolean isLong = Math.max(across, down) >= SHORTEST / 2 && area >= SHORTEST;
      pixels += isLong ? area : 0;
    }
    return pixels;
  }
}
