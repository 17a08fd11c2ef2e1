package fovea.imaging;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The two EXIF facts Fovea uses, orientation and camera model, from the first directory (TIFF 6.0,
 * section 2). Everything else (owner, GPS, notes, thumbnail) is never looked at. Damaged EXIF is no
 * EXIF.
 */
final class ExifReader {
  private static final int MODEL = 0x0110;
  private static final int ORIENTATION = 0x0112;
  private static final int ASCII = 2;
  private static final int SHORT = 3;
  private static final int ENTRY_BYTES = 12;
  private static final int MOST_ENTRIES = 256;
  private static final int LONGEST_MODEL = 64;

  record Exif(int orientation, Optional<String> camera) {
    static final Exif NONE = new Exif(1, Optional.empty());
  }

  private ExifReader() {}

  /** Reads a TIFF structure that starts at {@code from} and ends before {@code to}. */
  static Exif read(byte[] content, int from, int to) {
    try {
      ByteBuffer tiff = ByteBuffer.wrap(content, from, to - from).slice();
      tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
      return tiff.getShort(2) == 42 ? directory(tiff, tiff.getInt(4)) : Exif.NONE;
    } catch (IndexOutOfBoundsException | BufferUnderflowException | IllegalArgumentException bad) {
      return Exif.NONE;
    }
  }

  private static Exif directory(ByteBuffer tiff, int at) {
    int entries = Math.min(tiff.getShort(at) & 0xffff, MOST_ENTRIES);
    int orientation = 1;
    Optional<String> camera = Optional.empty();
    for (int i = 0; i < entries; i++) {
      int entry = at + 2 + i * ENTRY_BYTES;
      int tag = tiff.getShort(entry) & 0xffff;
      if (tag == ORIENTATION && tiff.getShort(entry + 2) == SHORT) {
        orientation = tiff.getShort(entry + 8);
      } else if (tag == MODEL && tiff.getShort(entry + 2) == ASCII) {
        camera = model(tiff, entry);
      }
    }
    return new Exif(orientation >= 1 && orientation <= 8 ? orientation : 1, camera);
  }

  private static Optional<String> model(ByteBuffer tiff, int entry) {
    int count = tiff.getInt(entry + 4);
    if (count < 1) {
      return Optional.empty();
    }
    byte[] text = new byte[Math.min(count, LONGEST_MODEL)];
    tiff.get(count <= 4 ? entry + 8 : tiff.getInt(entry + 8), text);
    String plain = new String(text, StandardCharsets.US_ASCII).replaceAll("\0.*", "");
    plain = plain.replaceAll("[^A-Za-z0-9 ._/()+-]", "").strip();
    return plain.isEmpty() ? Optional.empty() : Optional.of(plain);
  }
}
