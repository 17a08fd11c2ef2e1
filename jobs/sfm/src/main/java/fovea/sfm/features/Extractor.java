package fovea.sfm.features;

import fovea.imaging.HeaderInspector;
import fovea.imaging.Inspection;
import fovea.imaging.Mats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.opencv.core.CvException;
import org.opencv.core.KeyPoint;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.MatOfKeyPoint;
import org.opencv.core.Size;
import org.opencv.features2d.SIFT;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/** SIFT (Lowe 2004) with descriptors as roots of shares (Arandjelovic and Zisserman 2012). */
public final class Extractor {
  private static final int OCTAVE_LAYERS = 3;
  private static final double EDGE_THRESHOLD = 10;
  private static final double SIGMA = 1.6;

  private final int longest;
  private final int most;
  private final double contrast;

  /**
   * @param longest edge of the reduced photograph, pixels
   * @param most features of a photograph
   * @param contrast least contrast of a feature, share of the range (OpenCV's scale)
   */
  public Extractor(int longest, int most, double contrast) {
    this.longest = longest;
    this.most = most;
    this.contrast = contrast;
  }

  /**
   * The features of a photograph, as stored (an EXIF rotation is not applied).
   *
   * @throws IOException where it cannot be decoded
   */
  public Features of(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    Inspection inspected = HeaderInspector.inspect(content);
    if (!(inspected instanceof Inspection.Accepted accepted)) {
      throw new IOException(((Inspection.Rejected) inspected).reason().sentence());
    }
    try (Mats mats = new Mats()) {
      Mat colour = reduced(content, mats);
      Mat grey = mats.mat();
      Imgproc.cvtColor(colour, grey, Imgproc.COLOR_BGR2GRAY);
      MatOfKeyPoint points = mats.own(new MatOfKeyPoint());
      Mat descriptors = mats.mat();
      SIFT.create(
              most,
              OCTAVE_LAYERS,
              contrast,
              EDGE_THRESHOLD,
              SIGMA,
              org.opencv.core.CvType.CV_32F,
              true)
          .detectAndCompute(grey, mats.mat(), points, descriptors);
      return features(colour, points.toArray(), descriptors, accepted.header().focal35());
    } catch (CvException refused) {
      throw new IOException("it cannot be decoded", refused);
    }
  }

  private Mat reduced(byte[] content, Mats mats) throws IOException {
    Mat encoded = mats.own(new MatOfByte(content));
    int flags = Imgcodecs.IMREAD_COLOR | Imgcodecs.IMREAD_IGNORE_ORIENTATION;
    Mat whole = mats.own(Imgcodecs.imdecode(encoded, flags));
    if (whole.empty()) {
      throw new IOException("it cannot be decoded");
    }
    double scale = Math.min(1, (double) longest / Math.max(whole.cols(), whole.rows()));
    if (scale == 1) {
      return whole;
    }
    Mat small = mats.mat();
    Size size = new Size(Math.rint(whole.cols() * scale), Math.rint(whole.rows() * scale));
    Imgproc.resize(whole, small, size, 0, 0, Imgproc.INTER_AREA);
    return small;
  }

  private Features features(Mat colour, KeyPoint[] points, Mat descriptors, OptionalInt focal35) {
    // A place with two orientations comes twice: both are kept, as either may match.
    int count = Math.min(points.length, most);
    float[] xy = new float[2 * count];
    int[] colours = new int[count];
    byte[] pixel = new byte[3];
    for (int i = 0; i < count; i++) {
      xy[2 * i] = (float) (points[i].pt.x + 0.5);
      xy[2 * i + 1] = (float) (points[i].pt.y + 0.5);
      int row = Math.max(0, Math.min(colour.rows() - 1, (int) xy[2 * i + 1]));
      int column = Math.max(0, Math.min(colour.cols() - 1, (int) xy[2 * i]));
      colour.get(row, column, pixel);
      colours[i] = (pixel[2] & 0xff) << 16 | (pixel[1] & 0xff) << 8 | pixel[0] & 0xff;
    }
    float[] all = new float[count * Features.LENGTH];
    if (count > 0) {
      descriptors.get(0, 0, all);
    }
    rooted(all);
    return new Features(colour.cols(), colour.rows(), xy, all, colours, focal35);
  }

  private static void rooted(float[] all) {
    for (int at = 0; at < all.length; at += Features.LENGTH) {
      double sum = 1e-12;
      for (int k = 0; k < Features.LENGTH; k++) {
        sum += Math.abs(all[at + k]);
      }
      for (int k = 0; k < Features.LENGTH; k++) {
        all[at + k] = (float) Math.sqrt(Math.abs(all[at + k]) / sum);
      }
    }
  }
}
