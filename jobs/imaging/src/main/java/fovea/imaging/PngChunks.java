package fovea.imaging;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** A PNG reduced to what makes its pixels. */
final class PngChunks {
  private static final List<String> PIXELS = List.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");

  private PngChunks() {}

  /**
   * Leaves out text, profiles and whatever follows the end, so that no decoder inflates them. The
   * content must have passed {@link PngHeaderReader}.
   */
  static byte[] pixelsOnly(byte[] png) {
    return pixelsOnly(png, 1);
  }

  /**
   * The same.
   *
   * @param orientation EXIF's, 1 to 8, kept in a chunk of our own
   */
  static byte[] pixelsOnly(byte[] png, int orientation) {
    Bytes bytes = new Bytes(png);
    ByteArrayOutputStream kept = new ByteArrayOutputStream(png.length + 50);
    kept.write(png, 0, PngHeaderReader.SIGNATURE);
    int at = PngHeaderReader.SIGNATURE;
    boolean ended = false;
    while (!ended) {
      int size = (int) bytes.u32(at) + PngHeaderReader.FRAME;
      int chunk = at;
      if (PIXELS.stream().anyMatch(type -> bytes.startsWith(chunk + 4, type))) {
        kept.write(png, at, size);
      }
      if (orientation != 1 && bytes.startsWith(at + 4, "IHDR")) {
        kept.writeBytes(Turn.chunk(orientation));
      }
      ended = bytes.startsWith(at + 4, "IEND");
      at += size;
    }
    return kept.toByteArray();
  }
}
