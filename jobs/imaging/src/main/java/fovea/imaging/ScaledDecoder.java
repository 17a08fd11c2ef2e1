package fovea.imaging;

import fovea.contract.capture.ImageFormat;
import fovea.contract.capture.RejectionReason;
import org.opencv.core.CvException;
import org.opencv.core.Mat;
import org.opencv.imgcodecs.Imgcodecs;

/**
 * Decodes no finer than is wanted: a JPEG's transform gives a half, a quarter or an eighth of the
 * resolution for a part of the time, each pixel the mean of those it stands for (libjpeg, scaled
 * decoding). Everything else is decoded as {@link Decoder} does.
 */
public final class ScaledDecoder {
  private static final int[] REDUCTIONS = {8, 4, 2};

  private ScaledDecoder() {}

  /**
   * Decodes; never throws, whatever the bytes.
   *
   * @param leastEdge the shorter edge in pixels is not made smaller than this
   * @param mats owns the matrix
   */
  public static Decoding decode(byte[] content, int leastEdge, Mats mats) {
    Inspection inspected = HeaderInspector.inspect(content);
    if (inspected instanceof Inspection.Accepted accepted
        && accepted.header().format() == ImageFormat.JPEG) {
      ImageHeader header = accepted.header();
      for (int reduction : REDUCTIONS) {
        if (Math.min(header.width(), header.height()) / reduction >= leastEdge) {
          return reduced(content, header, reduction, mats);
        }
      }
    }
    return Decoder.decode(content, inspected, mats);
  }

  private static Decoding reduced(byte[] content, ImageHeader header, int reduction, Mats mats) {
    int flags =
        switch (reduction) {
          case 2 -> Imgcodecs.IMREAD_REDUCED_COLOR_2;
          case 4 -> Imgcodecs.IMREAD_REDUCED_COLOR_4;
          default -> Imgcodecs.IMREAD_REDUCED_COLOR_8;
        };
    try {
      Mat pixels = Decoder.read(content, header, flags, mats);
      if (pixels.cols() != part(header.width(), reduction)
          || pixels.rows() != part(header.height(), reduction)) {
        return new Decoding.Refused(RejectionReason.DECODE_FAILED, "the decoder gave no picture");
      }
      Mat bgr = PixelLayout.toBgr(pixels, mats);
      return new Decoding.Decoded(header, Decoder.upright(bgr, header.orientation(), mats));
    } catch (CvException refused) {
      return new Decoding.Refused(RejectionReason.DECODE_FAILED, "the decoder gave up");
    }
  }

  private static int part(int pixels, int reduction) {
    return (pixels + reduction - 1) / reduction;
  }
}
