package fovea.imaging;

import fovea.contract.capture.ImageFormat;
import java.util.Optional;
import org.opencv.core.CvException;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/**
 * A small upright copy of a picture as JPEG, made of pixels alone: nothing of the original's
 * metadata, profile or embedded preview is in it.
 */
public final class Thumbnail {
  /** The longest edge in pixels at most; smaller pictures keep their size. */
  public static final int EDGE = 256;

  // A scaled decode that comes near enough to EDGE is the thumbnail: the next finer one and its
  // resize would double what a thumbnail costs.
  private static final int NEAR = 192;

  private static final int QUALITY = 85;

  private Thumbnail() {}

  /**
   * Reads a JPEG's data whole but makes only one pixel in 4 to 64, so that a thumbnail costs little
   * more than {@link Decoder#verify} and proves the same. A PNG knows no such short cut.
   *
   * @param content a JPEG or PNG that {@link HeaderInspector} accepted
   * @param header what it found
   * @return JPEG; empty where the content does not decode
   */
  public static Optional<byte[]> of(byte[] content, ImageHeader header) {
    try (Mats mats = new Mats()) {
      Mat reduced = Decoder.read(content, header, reduction(header), mats);
      return reduced.empty()
          ? Optional.empty()
          : Optional.of(of(Decoder.upright(reduced, header.orientation(), mats)));
    } catch (CvException refused) {
      return Optional.empty();
    }
  }

  /**
   * The thumbnail of decoded pixels.
   *
   * @param bgr 8-bit, three channels, upright
   * @return JPEG
   */
  public static byte[] of(Mat bgr) {
    int longest = Math.max(bgr.cols(), bgr.rows());
    if (longest <= EDGE) {
      return Encoder.jpeg(bgr, QUALITY);
    }
    try (Mats mats = new Mats()) {
      Mat small = mats.mat();
      Imgproc.resize(bgr, small, size(bgr, longest), 0, 0, Imgproc.INTER_AREA);
      return Encoder.jpeg(small, QUALITY);
    }
  }

  private static Size size(Mat bgr, int longest) {
    double scale = (double) EDGE / longest;
    return new Size(
        Math.max(1, Math.round(bgr.cols() * scale)), Math.max(1, Math.round(bgr.rows() * scale)));
  }

  private static int reduction(ImageHeader header) {
    if (header.format() != ImageFormat.JPEG) {
      return Imgcodecs.IMREAD_COLOR; // a reduced PNG is decoded whole and then thinned out
    }
    int longest = Math.max(header.width(), header.height());
    if (longest >= 8 * NEAR) {
      return Imgcodecs.IMREAD_REDUCED_COLOR_8;
    }
    if (longest >= 4 * NEAR) {
      return Imgcodecs.IMREAD_REDUCED_COLOR_4;
    }
    return longest >= 2 * NEAR ? Imgcodecs.IMREAD_REDUCED_COLOR_2 : Imgcodecs.IMREAD_COLOR;
  }
}
