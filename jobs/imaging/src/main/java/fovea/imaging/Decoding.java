package fovea.imaging;

import fovea.contract.capture.RejectionReason;
import org.opencv.core.Mat;

/** The answer of {@link Decoder}. */
public sealed interface Decoding {

  /**
   * A picture.
   *
   * @param bgr 8-bit, three channels blue green red, upright; owned by the scope given to the
   *     decoder
   */
  record Decoded(ImageHeader header, Mat bgr) implements Decoding {}

  /**
   * No picture.
   *
   * @param detail figures for a person, never text from the file
   */
  record Refused(RejectionReason reason, String detail) implements Decoding {}
}
