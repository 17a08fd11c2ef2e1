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
    Bytes bytes = new Bytes(png);
    ByteArrayOutputStream kept = new ByteArrayOutputStream(png.length);
    kept.write(png, 0, PngHeaderReader.SIGNATURE);
    int at = PngHeaderReader.SIGNATURE;
    boolean ended = false;
    while (!ended) {
      int size = (int) bytes.u32(at) + PngHeaderReader.FRAME;
      int chunk = at;
      if (PIXELS.stream().anyMatch(type -> bytes.startsWith(chunk + 4, type))) {
        kept.write(png, at, size);
      }
      ended = bytes.startsWith(at + 4, "IEND");
      at += size;
    }
    return kept.toByteArray();
  }
}
