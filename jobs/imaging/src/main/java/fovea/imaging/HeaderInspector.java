package fovea.imaging;

import fovea.contract.capture.ImageFormat;
import fovea.contract.capture.Limits;
import fovea.contract.capture.RejectionReason;
import java.util.Optional;

/**
 * Judges a picture by its bytes alone, before a pixel is allocated: what it is, how large it claims
 * to be, whether it is whole. Type is decided by content. Work is linear in the bytes given and
 * memory constant, whatever the header claims.
 */
public final class HeaderInspector {
  private HeaderInspector() {}

  /** Inspects a whole file's content. Never throws, whatever the bytes. */
  public static Inspection inspect(byte[] content) {
    try {
      return new Inspection.Accepted(header(content));
    } catch (Refusal refusal) {
      return new Inspection.Rejected(refusal.reason(), refusal.detail());
    }
  }

  private static ImageHeader header(byte[] content) {
    Refusal.when(content.length == 0, RejectionReason.EMPTY_FILE, "0 bytes");
    Refusal.when(
        content.length > Limits.MAX_BYTES,
        RejectionReason.FILE_TOO_LARGE,
        content.length + " bytes");
    Optional<ImageFormat> format = ImageFormat.sniff(content);
    if (format.isEmpty()) {
      throw new Refusal(RejectionReason.UNSUPPORTED_TYPE, "unknown first bytes");
    }
    return switch (format.get()) {
      case JPEG -> new JpegHeaderReader(content).read();
      case PNG -> new PngHeaderReader(content).read();
      case DICOM -> DicomPictures.judge(content).header();
    };
  }

  static void checkSize(long width, long height) {
    String size = width + "x" + height + " pixels";
    Refusal.when(width == 0 || height == 0, RejectionReason.BAD_HEADER, size);
    Refusal.when(
        width > Limits.MAX_EDGE || height > Limits.MAX_EDGE || width * height > Limits.MAX_PIXELS,
        RejectionReason.TOO_MANY_PIXELS,
        size);
    Refusal.when(
        width < Limits.MIN_EDGE || height < Limits.MIN_EDGE, RejectionReason.TOO_FEW_PIXELS, size);
  }
}
