package fovea.imaging;

import fovea.contract.capture.ImageFormat;
import fovea.contract.capture.RejectionReason;
import fovea.imaging.Deidentifier.Deidentification;
import java.util.Optional;
import org.opencv.core.Core;
import org.opencv.core.CvException;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.imgcodecs.Imgcodecs;

/**
 * Bytes to upright 8-bit colour, never for anything {@link HeaderInspector} refused. Grey, palette,
 * CMYK, 16-bit and transparent pictures all come out as BGR; what is transparent becomes black.
 */
public final class Decoder {
  private Decoder() {}

  /** Decodes; the matrix belongs to {@code mats}. Never throws, whatever the bytes. */
  public static Decoding decode(byte[] content, Mats mats) {
    return decode(content, HeaderInspector.inspect(content), mats);
  }

  /** The same for content that was inspected already. */
  static Decoding decode(byte[] content, Inspection inspected, Mats mats) {
    if (inspected instanceof Inspection.Rejected no) {
      return new Decoding.Refused(no.reason(), no.detail());
    }
    ImageHeader header = ((Inspection.Accepted) inspected).header();
    return header.format() == ImageFormat.DICOM
        ? decodeDicom(content, header, mats)
        : decode(content, header, mats);
  }

  // By way of its pixels alone: a JPEG or a PNG, held to their limits in turn.
  private static Decoding decodeDicom(byte[] content, ImageHeader header, Mats mats) {
    Deidentification still = Deidentifier.deidentify(content);
    if (still instanceof Deidentification.Refused no) {
      return new Decoding.Refused(no.reason(), no.detail());
    }
    Decoding decoding = decode(((Deidentification.Clean) still).content(), mats);
    return decoding instanceof Decoding.Decoded made
        ? new Decoding.Decoded(header, made.bgr())
        : decoding;
  }

  /**
   * Proves that the content decodes, at the least cost: a JPEG's data is read whole but only one
   * pixel in 64 is made.
   *
   * @return why it does not, or empty where it does
   */
  public static Optional<RejectionReason> verify(byte[] content) {
    Inspection inspected = HeaderInspector.inspect(content);
    if (inspected instanceof Inspection.Rejected no) {
      return Optional.of(no.reason());
    }
    ImageHeader header = ((Inspection.Accepted) inspected).header();
    if (header.format() == ImageFormat.DICOM) {
      return Deidentifier.deidentify(content) instanceof Deidentification.Refused refused
          ? Optional.of(refused.reason())
          : Optional.empty();
    }
    return verify(content, header);
  }

  /** The same for content whose header is known already. */
  public static Optional<RejectionReason> verify(byte[] content, ImageHeader header) {
    try (Mats mats = new Mats()) {
      Mat pixels = read(content, header, Imgcodecs.IMREAD_REDUCED_GRAYSCALE_8, mats);
      return pixels.empty() ? Optional.of(RejectionReason.DECODE_FAILED) : Optional.empty();
    } catch (CvException refused) {
      return Optional.of(RejectionReason.DECODE_FAILED);
    }
  }

  private static Decoding decode(byte[] content, ImageHeader header, Mats mats) {
    boolean png = header.format() == ImageFormat.PNG;
    int flags = png ? Imgcodecs.IMREAD_UNCHANGED : Imgcodecs.IMREAD_COLOR;
    try {
      Mat pixels = read(content, header, flags, mats);
      if (pixels.cols() != header.width() || pixels.rows() != header.height()) {
        return new Decoding.Refused(RejectionReason.DECODE_FAILED, "the decoder gave no picture");
      }
      Mat bgr = PixelLayout.toBgr(pixels, mats);
      return new Decoding.Decoded(header, upright(bgr, header.orientation(), mats));
    } catch (CvException refused) {
      return new Decoding.Refused(RejectionReason.DECODE_FAILED, "the decoder gave up");
    }
  }

  // The orientation comes from the inspector alone: two readers of one tag could disagree.
  static Mat read(byte[] content, ImageHeader header, int flags, Mats mats) {
    byte[] safe = header.format() == ImageFormat.PNG ? PngChunks.pixelsOnly(content) : content;
    Mat encoded = mats.own(new MatOfByte(safe));
    int upright = flags == Imgcodecs.IMREAD_UNCHANGED ? 0 : Imgcodecs.IMREAD_IGNORE_ORIENTATION;
    return mats.own(Imgcodecs.imdecode(encoded, flags | upright));
  }

  // EXIF 2.32, tag 0x0112: where the stored first row and first column lie in the upright picture.
  static Mat upright(Mat stored, int orientation, Mats mats) {
    Mat turned = stored;
    if (orientation >= 5) {
      turned = mats.mat();
      Core.transpose(stored, turned);
    }
    int flip =
        switch (orientation) {
          case 2, 6 -> 1;
          case 3, 7 -> -1;
          case 4, 8 -> 0;
          default -> Integer.MAX_VALUE;
        };
    if (flip == Integer.MAX_VALUE) {
      return turned;
    }
    Mat upright = mats.mat();
    Core.flip(turned, upright, flip);
    return upright;
  }
}
