package fovea.imaging;

import fovea.contract.capture.ImageFormat;
import fovea.contract.capture.RejectionReason;
import fovea.imaging.ExifReader.Exif;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Walks the chunks of a PNG (W3C, third edition) from IHDR to IEND. Text and colour profiles are
 * stepped over unread, so a compressed one never swells.
 */
final class PngHeaderReader {
  static final int SIGNATURE = 8;
  static final int FRAME = 12;
  private static final int PALETTE = 3;
  private static final Map<Integer, Integer> COMPONENTS =
      Map.of(0, 1, 2, 3, PALETTE, 1, 4, 2, 6, 4);

  private final Bytes bytes;
  private boolean data;
  private boolean palette;
  private Exif exif = Exif.NONE;
  private @Nullable Ihdr ihdr;

  private record Ihdr(int width, int height, int bits, int colour, boolean interlaced) {}

  PngHeaderReader(byte[] content) {
    this.bytes = new Bytes(content);
  }

  ImageHeader read() {
    ihdr = ihdr();
    int at = SIGNATURE;
    while (!bytes.startsWith(at + 4, "IEND")) {
      at += FRAME + chunk(at);
    }
    chunk(at);
    return header(ihdr);
  }

  // A chunk: length, type, data, checksum of type and data. Answers the length of the data.
  private int chunk(int at) {
    long length = bytes.u32(at);
    bytes.need(at, length + FRAME);
    int size = (int) length;
    Refusal.when(
        bytes.startsWith(at + 4, "acTL") || bytes.startsWith(at + 4, "fcTL"),
        RejectionReason.ANIMATED,
        "animated PNG");
    if (isCritical(at)) {
      checkSum(at, size);
    }
    data |= bytes.startsWith(at + 4, "IDAT");
    palette |= bytes.startsWith(at + 4, "PLTE");
    if (bytes.startsWith(at + 4, "eXIf")) {
      exif = ExifReader.read(bytes.content(), at + 8, at + 8 + size);
    }
    return size;
  }

  // Bit 5 of the first letter: lower case is ancillary.
  private boolean isCritical(int at) {
    return (bytes.u8(at + 4) & 0x20) == 0;
  }

  private void checkSum(int at, int size) {
    CRC32 crc = new CRC32();
    crc.update(bytes.content(), at + 4, size + 4);
    Refusal.when(
        crc.getValue() != bytes.u32(at + 8 + size),
        RejectionReason.DECODE_FAILED,
        "a chunk's checksum differs");
  }

  private Ihdr ihdr() {
    bytes.need(SIGNATURE, FRAME + 13);
    Refusal.when(
        bytes.u32(SIGNATURE) != 13 || !bytes.startsWith(12, "IHDR"),
        RejectionReason.BAD_HEADER,
        "no IHDR");
    HeaderInspector.checkSize(bytes.u32(16), bytes.u32(20));
    int bits = bytes.u8(24);
    int colour = bytes.u8(25);
    Refusal.when(
        !COMPONENTS.containsKey(colour)
            || Integer.bitCount(bits) != 1
            || bits > 16
            || bytes.u16(26) != 0
            || bytes.u8(28) > 1,
        RejectionReason.BAD_HEADER,
        "colour type " + colour + ", " + bits + " bits");
    return new Ihdr((int) bytes.u32(16), (int) bytes.u32(20), bits, colour, bytes.u8(28) == 1);
  }

  private ImageHeader header(Ihdr ihdr) {
    Refusal.when(!data, RejectionReason.BAD_HEADER, "no image data");
    Refusal.when(ihdr.colour() == PALETTE && !palette, RejectionReason.BAD_HEADER, "no palette");
    return new ImageHeader(
        ImageFormat.PNG,
        ihdr.width(),
        ihdr.height(),
        COMPONENTS.getOrDefault(ihdr.colour(), 1),
        ihdr.bits(),
        1,
        ihdr.interlaced(),
        exif.orientation(),
        exif.camera(),
        exif.capturedAt(),
        exif.focal35());
  }
}
