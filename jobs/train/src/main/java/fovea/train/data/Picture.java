package fovea.train.data;

import fovea.contract.capture.RejectionReason;
import fovea.imaging.Decoder;
import fovea.imaging.Decoding;
import fovea.imaging.Mats;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/** A picture at the size a network takes. */
public sealed interface Picture {

  /**
   * Decodes a picture and shrinks it to a square by area averaging.
   *
   * @param encoded PNG or JPEG
   * @param edge of the result, in pixels
   */
  static Picture of(byte[] encoded, int edge) {
    try (Mats mats = new Mats()) {
      Decoding decoding = Decoder.decode(encoded, mats);
      if (decoding instanceof Decoding.Refused refused) {
        return new Unreadable(refused.reason());
      }
      return new Readable(shrink(((Decoding.Decoded) decoding).bgr(), edge, mats));
    }
  }

  private static byte[] shrink(Mat bgr, int edge, Mats mats) {
    Mat small = mats.mat();
    Imgproc.resize(bgr, small, new Size(edge, edge), 0, 0, Imgproc.INTER_AREA);
    Mat rgb = mats.mat();
    Imgproc.cvtColor(small, rgb, Imgproc.COLOR_BGR2RGB);
    byte[] bytes = new byte[edge * edge * 3];
    rgb.get(0, 0, bytes);
    return bytes;
  }

  /**
   * A picture.
   *
   * @param rgb edge x edge x 3 bytes, row by row, red first
   */
  record Readable(byte[] rgb) implements Picture {}

  /** Bytes that are no picture. */
  record Unreadable(RejectionReason reason) implements Picture {}
}
