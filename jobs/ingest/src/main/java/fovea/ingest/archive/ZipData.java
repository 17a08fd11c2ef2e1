package fovea.ingest.archive;

import fovea.contract.capture.RejectionReason;
import fovea.ingest.archive.ZipDirectory.Entry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.TreeMap;

/**
 * Where the files' bytes lie. No two share any: files laid over each other are how a small archive
 * claims to hold a large one.
 */
final class ZipData {
  private static final int LOCAL = 0x04034b50;
  private static final int LOCAL_BYTES = 30;

  private final ByteBuffer bytes;
  private final long end;
  private final TreeMap<Long, Long> taken = new TreeMap<>();

  /** The bytes of an archive before its directory. */
  ZipData(byte[] content) {
    this.bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    this.end = ZipDirectory.start(content);
  }

  /** Where an entry's bytes begin; they are taken from now on. */
  int start(Entry entry) {
    long local = entry.local();
    damagedWhen(
        local + LOCAL_BYTES > end || bytes.getInt((int) local) != LOCAL,
        "no file where the directory says");
    int at = (int) local;
    long start = local + LOCAL_BYTES + u16(at + 26) + u16(at + 28);
    long behind = start + entry.compressed();
    damagedWhen(behind > end, "a file that reaches into the directory");
    take(local, behind);
    return (int) start;
  }

  private void take(long from, long to) {
    var before = taken.floorEntry(from);
    Long after = taken.ceilingKey(from);
    damagedWhen(
        before != null && before.getValue() > from || after != null && after < to,
        "files that overlap");
    taken.put(from, to);
  }

  private int u16(int at) {
    return bytes.getShort(at) & 0xffff;
  }

  private static void damagedWhen(boolean holds, String detail) {
    ArchiveRefusal.when(holds, RejectionReason.BAD_ARCHIVE, detail);
  }
}
