package fovea.imaging;

import fovea.contract.capture.ImageFormat;

/**
 * A photograph's file without anything but its pixels and how they are turned: no EXIF, GPS, XMP,
 * ICC profile, comment, preview, and nothing behind its end.
 */
public final class PixelsAlone {
  private PixelsAlone() {}

  /**
   * The same format, decoding to the same pixels bit for bit.
   *
   * @param content a JPEG or a PNG that {@link HeaderInspector} accepted
   * @param header what it answered
   * @throws IllegalArgumentException for DICOM, which {@link Deidentifier} takes
   */
  public static byte[] of(byte[] content, ImageHeader header) {
    if (header.format() == ImageFormat.DICOM) {
      throw new IllegalArgumentException("a DICOM object");
    }
    return header.format() == ImageFormat.PNG
        ? PngChunks.pixelsOnly(content, header.orientation())
        : JpegSegments.pixelsOnly(content, header.orientation());
  }
}
