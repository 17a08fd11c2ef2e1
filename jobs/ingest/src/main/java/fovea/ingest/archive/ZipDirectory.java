package fovea.ingest.archive;

import fovea.contract.capture.RejectionReason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The central directory of a zip (APPNOTE 6.3, sections 4.3.12 and 4.3.16): the one list of what an
 * archive holds. It must lie right before its end record and be whole.
 */
final class ZipDirectory {
  private static final int ENTRY = 0x02014b50;
  private static final int END = 0x06054b50;
  private static final int ENTRY_BYTES = 46;
  private static final int END_BYTES = 22;
  private static final int LONGEST_COMMENT = 0xffff;

  /**
   * One file.
   *
   * @param number from 1
   * @param compressed bytes in the archive
   * @param size bytes once inflated, as claimed
   * @param local where its local header stands
   */
  record Entry(
      int number,
      String name,
      boolean encrypted,
      int method,
      long crc,
      long compressed,
      long size,
      long local) {}

  private final ByteBuffer bytes;
  private final int end;

  private ZipDirectory(byte[] content) {
    this.bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    this.end = end(content.length);
  }

  /**
   * The files of an archive, without folders.
   *
   * @throws ArchiveRefusal where the directory is damaged, empty or too long
   */
  static List<Entry> read(byte[] content, int most) {
    return new ZipDirectory(content).entries(most);
  }

  /** Where the directory begins: no file reaches beyond. */
  static long start(byte[] content) {
    ZipDirectory directory = new ZipDirectory(content);
    return directory.u32(directory.end + 16);
  }

  private List<Entry> entries(int most) {
    int count = u16(end + 10);
    long size = u32(end + 12);
    long at = u32(end + 16);
    damagedWhen(at + size != end, "its directory is not where it should be");
    List<Entry> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      damagedWhen(
          at + ENTRY_BYTES > end || bytes.getInt((int) at) != ENTRY, "its directory ends early");
      Entry entry = entry((int) at, files.size() + 1);
      if (!entry.name().endsWith("/")) {
        files.add(entry);
      }
      ArchiveRefusal.when(
          files.size() > most, RejectionReason.TOO_MANY_MEMBERS, "more than " + most + " files");
      at += ENTRY_BYTES + u16((int) at + 28) + u16((int) at + 30) + u16((int) at + 32);
    }
    damagedWhen(at != end, "its directory holds more than it says");
    damagedWhen(files.isEmpty(), "no file");
    return files;
  }

  private Entry entry(int at, int number) {
    int length = u16(at + 28);
    damagedWhen((long) at + ENTRY_BYTES + length > end, "its directory ends early");
    String name = new String(bytes.array(), at + ENTRY_BYTES, length, StandardCharsets.ISO_8859_1);
    return new Entry(
        number,
        name,
        (u16(at + 8) & 1) != 0,
        u16(at + 10),
        u32(at + 16),
        u32(at + 20),
        u32(at + 24),
        u32(at + 42));
  }

  // The end record: the last one whose comment reaches exactly to the end of the file.
  private int end(int length) {
    for (int at = length - END_BYTES; at >= 0 && at >= length - END_BYTES - LONGEST_COMMENT; at--) {
      if (bytes.getInt(at) == END && u16(at + 20) == length - END_BYTES - at) {
        return at;
      }
    }
    throw new ArchiveRefusal(RejectionReason.BAD_ARCHIVE, "no directory at its end");
  }

  private static void damagedWhen(boolean holds, String detail) {
    ArchiveRefusal.when(holds, RejectionReason.BAD_ARCHIVE, detail);
  }

  private int u16(int at) {
    return bytes.getShort(at) & 0xffff;
  }

  private long u32(int at) {
    return bytes.getInt(at) & 0xffffffffL;
  }
}
