package fovea.preprocess.quality;

import fovea.imaging.Mats;
import java.util.Arrays;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * Where the retina cannot be seen, in blocks of 8 by 8 pixels: much less red than the rest of the
 * same photograph (skin of a lid, reflections, thick haze) or much darker (shadows, lashes).
 */
final class Spoiled {
  private static final int BLOCKS = 32;
  private static final double REDDEST = 0.8;
  private static final double PALE = 0.62;
  private static final double SHADOW = 0.3;
  private static final double COLOURED = 0.15;

  private Spoiled() {}

  /**
   * Finds it.
   *
   * @param bgr the field, 256 by 256, 8-bit colour
   * @param inside 255 where it shows retina
   * @return 255 where it is spoiled
   */
  static Mat find(Mat bgr, Mat inside, Mats mats) {
    Mat blocks = mats.mat();
    Size size = new Size(BLOCKS, BLOCKS);
    Imgproc.resize(bgr, blocks, size, 0, 0, Imgproc.INTER_AREA);
    Mat seen = mats.mat();
    Imgproc.resize(inside, seen, size, 0, 0, Imgproc.INTER_NEAREST);
    byte[] colours = new byte[3 * BLOCKS * BLOCKS];
    blocks.get(0, 0, colours);
    byte[] within = new byte[BLOCKS * BLOCKS];
    seen.get(0, 0, within);
    Mat found = mats.own(new Mat(BLOCKS, BLOCKS, CvType.CV_8UC1));
    found.put(0, 0, judged(colours, within));
    Mat whole = mats.mat();
    Imgproc.resize(found, whole, bgr.size(), 0, 0, Imgproc.INTER_NEAREST);
    Core.bitwise_and(whole, inside, whole);
    return whole;
  }

  private static byte[] judged(byte[] colours, byte[] within) {
    double[] light = new double[within.length];
    double[] red = new double[within.length];
    double[] lights = new double[within.length];
    double[] reds = new double[within.length];
    int count = 0;
    for (int i = 0; i < within.length; i++) {
      int blue = colours[3 * i] & 255;
      int most = Math.max(blue, Math.max(colours[3 * i + 1] & 255, colours[3 * i + 2] & 255));
      light[i] = most;
      red[i] = ((colours[3 * i + 2] & 255) - blue) / Math.max(1.0, most);
      if (within[i] != 0) {
        lights[count] = light[i];
        reds[count++] = red[i];
      }
    }
    double usual = share(lights, count, 0.6);
    double reddest = share(reds, count, REDDEST);
    byte[] spoiled = new byte[within.length];
    for (int i = 0; i < within.length; i++) {
      boolean shadow = light[i] < SHADOW * usual;
      boolean pale = reddest > COLOURED && red[i] < PALE * reddest;
      spoiled[i] = (byte) (within[i] != 0 && (shadow || pale) ? 255 : 0);
    }
    return spoiled;
  }

  private static double share(double[] values, int count, double share) {
    Arrays.sort(values, 0, count);
    return count == 0 ? 0 : values[(int) (share * (count - 1))];
  }
}
