package fovea.imaging;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The four EXIF facts Fovea uses: orientation and camera model from the first directory (TIFF 6.0,
 * section 2), time of capture and focal length from the Exif directory (EXIF 2.32, section 4.6.5).
 * Everything else (owner, GPS, notes, thumbnail) is never looked at. Damaged EXIF is no EXIF.
 */
final class ExifReader {
  private static final int MODEL = 0x0110;
  private static final int ORIENTATION = 0x0112;
  private static final int EXIF_DIRECTORY = 0x8769;
  private static final int TIME_ORIGINAL = 0x9003;
  private static final int TIME_DIGITIZED = 0x9004;
  private static final int FOCAL_35MM = 0xA405;
  private static final int ASCII = 2;
  private static final int SHORT = 3;
  private static final int ENTRY_BYTES = 12;
  private static final int MOST_ENTRIES = 256;
  private static final int LONGEST_MODEL = 64;
  private static final int TIME_LETTERS = 19;

  record Exif(
      int orientation,
      Optional<String> camera,
      Optional<LocalDateTime> capturedAt,
      OptionalInt focal35) {
    static final Exif NONE = new Exif(1, Optional.empty(), Optional.empty(), OptionalInt.empty());
  }

  private ExifReader() {}

  /** Reads a TIFF structure that starts at {@code from} and ends before {@code to}. */
  static Exif read(byte[] content, int from, int to) {
    try {
      ByteBuffer tiff = ByteBuffer.wrap(content, from, to - from).slice();
      tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
      return tiff.getShort(2) == 42 ? facts(tiff) : Exif.NONE;
    } catch (IndexOutOfBoundsException | BufferUnderflowException | IllegalArgumentException bad) {
      return Exif.NONE;
    }
  }

  private static Exif facts(ByteBuffer tiff) {
    Map<Integer, Integer> first = directory(tiff, tiff.getInt(4));
    return new Exif(
        orientation(tiff, first),
        text(tiff, first, MODEL, LONGEST_MODEL).flatMap(ExifReader::plain),
        capturedAt(tiff, first),
        focal35(tiff, first));
  }

  // Tags to where their entries stand.
  private static Map<Integer, Integer> directory(ByteBuffer tiff, int at) {
    int entries = Math.min(tiff.getShort(at) & 0xffff, MOST_ENTRIES);
    Map<Integer, Integer> found = new HashMap<>();
    for (int i = 0; i < entries; i++) {
      int entry = at + 2 + i * ENTRY_BYTES;
      found.put(tiff.getShort(entry) & 0xffff, entry);
    }
    return found;
  }

  private static int orientation(ByteBuffer tiff, Map<Integer, Integer> directory) {
    Integer entry = directory.get(ORIENTATION);
    int value = entry != null && tiff.getShort(entry + 2) == SHORT ? tiff.getShort(entry + 8) : 1;
    return value >= 1 && value <= 8 ? value : 1;
  }

  private static Optional<String> text(
      ByteBuffer tiff, Map<Integer, Integer> directory, int tag, int longest) {
    Integer entry = directory.get(tag);
    if (entry == null || tiff.getShort(entry + 2) != ASCII || tiff.getInt(entry + 4) < 1) {
      return Optional.empty();
    }
    int count = tiff.getInt(entry + 4);
    byte[] letters = new byte[Math.min(count, longest)];
    tiff.get(count <= 4 ? entry + 8 : tiff.getInt(entry + 8), letters);
    return Optional.of(new String(letters, StandardCharsets.US_ASCII));
  }

  private static Optional<String> plain(String text) {
    String plain = text.replaceAll("\0.*", "").replaceAll("[^A-Za-z0-9 ._/()+-]", "").strip();
    return plain.isEmpty() ? Optional.empty() : Optional.of(plain);
  }

  // A damaged Exif directory costs the time of capture, not the facts of the first one.
  private static Optional<LocalDateTime> capturedAt(ByteBuffer tiff, Map<Integer, Integer> first) {
    try {
      Integer pointer = first.get(EXIF_DIRECTORY);
      if (pointer == null) {
        return Optional.empty();
      }
      Map<Integer, Integer> exif = directory(tiff, tiff.getInt(pointer + 8));
      return text(tiff, exif, TIME_ORIGINAL, TIME_LETTERS)
          .flatMap(ExifTime::parse)
          .or(() -> text(tiff, exif, TIME_DIGITIZED, TIME_LETTERS).flatMap(ExifTime::parse));
    } catch (IndexOutOfBoundsException | BufferUnderflowException | IllegalArgumentException bad) {
      return Optional.empty();
    }
  }

  // Nought means unknown there.
  private static OptionalInt focal35(ByteBuffer tiff, Map<Integer, Integer> first) {
    try {
      Integer pointer = first.get(EXIF_DIRECTORY);
      Integer entry =
          pointer == null ? null : directory(tiff, tiff.getInt(pointer + 8)).get(FOCAL_35MM);
      int value =
          entry != null && tiff.getShort(entry + 2) == SHORT
              ? tiff.getShort(entry + 8) & 0xffff
              : 0;
      return value > 0 ? OptionalInt.of(value) : OptionalInt.empty();
    } catch (IndexOutOfBoundsException | BufferUnderflowException | IllegalArgumentException bad) {
      return OptionalInt.empty();
    }
  }
}
