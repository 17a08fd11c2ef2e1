package fovea.imaging;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/** EXIF that says nothing but how a picture is turned (tag 0x0112 of TIFF 6.0). */
final class Turn {
  private static final byte[] NAME = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
  private static final int TIFF_BYTES = 26;

  private Turn() {}

  /** The content of a JPEG's APP1 segment, behind its length. */
  static byte[] exif(int orientation) {
    return ByteBuffer.allocate(NAME.length + TIFF_BYTES).put(NAME).put(tiff(orientation)).array();
  }

  /** A PNG's whole eXIf chunk. */
  static byte[] chunk(int orientation) {
    byte[] chunk =
        ByteBuffer.allocate(PngHeaderReader.FRAME + TIFF_BYTES)
            .putInt(TIFF_BYTES)
            .put("eXIf".getBytes(StandardCharsets.US_ASCII))
            .put(tiff(orientation))
            .array();
    CRC32 crc = new CRC32();
    crc.update(Arrays.copyOfRange(chunk, 4, chunk.length - 4));
    ByteBuffer.wrap(chunk).putInt(chunk.length - 4, (int) crc.getValue());
    return chunk;
  }

  // Big-endian; one directory of one entry: tag, type SHORT, count 1, value; no further directory.
  private static byte[] tiff(int orientation) {
    return ByteBuffer.allocate(TIFF_BYTES)
        .putShort((short) 0x4d4d)
        .putShort((short) 42)
        .putInt(8)
        .putShort((short) 1)
        .putShort((short) 0x0112)
        .putShort((short) 3)
        .putInt(1)
        .putShort((short) orientation)
        .putShort((short) 0)
        .putInt(0)
        .array();
  }
}
