package fovea.imaging;

import fovea.contract.capture.ImageFormat;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a picture's header says, read from the bytes alone; no pixel was allocated.
 *
 * @param width in pixels as stored, before the orientation is applied
 * @param height in pixels as stored
 * @param components channels as stored: 1 grey or palette, 2 grey and alpha, 3 colour, 4 CMYK or
 *     alpha
 * @param bits bits a channel
 * @param scans scans of a JPEG; 1 for a PNG
 * @param progressive progressive JPEG or interlaced PNG
 * @param orientation of EXIF, 1 to 8; 1 is upright
 * @param camera model as the camera wrote it, letters, digits and plain punctuation only
 * @param capturedAt by the camera's clock, whose zone is not known
 * @param focal35 focal length in millimetres of the lens that shows as much on 35 mm film
 */
public record ImageHeader(
    ImageFormat format,
    int width,
    int height,
    int components,
    int bits,
    int scans,
    boolean progressive,
    int orientation,
    Optional<String> camera,
    Optional<LocalDateTime> capturedAt,
    OptionalInt focal35) {

  /** A header that tells neither time of capture nor focal length. */
  public ImageHeader(
      ImageFormat format,
      int width,
      int height,
      int components,
      int bits,
      int scans,
      boolean progressive,
      int orientation,
      Optional<String> camera) {
    this(
        format,
        width,
        height,
        components,
        bits,
        scans,
        progressive,
        orientation,
        camera,
        Optional.empty(),
        OptionalInt.empty());
  }

  /** Pixels in all. */
  public long pixels() {
    return (long) width * height;
  }

  /** Width in pixels once the orientation is applied. */
  public int uprightWidth() {
    return swapsSides() ? height : width;
  }

  /** Height in pixels once the orientation is applied. */
  public int uprightHeight() {
    return swapsSides() ? width : height;
  }

  private boolean swapsSides() {
    return orientation >= 5;
  }
}
