package fovea.ingest.archive;

import fovea.contract.capture.RejectionReason;
import fovea.contract.hash.Sha256;
import fovea.ingest.archive.ZipDirectory.Entry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** One file's bytes on their way to disk: counted, summed and hashed, never more than a chunk. */
final class Inflation {
  private static final int CHUNK = 1 << 16;
  private static final int HEAD = 132;
  private static final int STORED = 0;
  private static final int DEFLATED = 8;

  private final Entry entry;
  private final ArchiveLimits limits;
  private final long left;
  private final CRC32 crc = new CRC32();
  private final MessageDigest hash = Sha256.digest();
  private final byte[] head = new byte[HEAD];
  private long bytes;

  /** {@code left}: bytes that the archive may still become. */
  Inflation(Entry entry, ArchiveLimits limits, long left) {
    this.entry = entry;
    this.limits = limits;
    this.left = left;
  }

  long bytes() {
    return bytes;
  }

  /** The first bytes, as many as there are up to 132. */
  byte[] head() {
    return Arrays.copyOf(head, (int) Math.min(HEAD, bytes));
  }

  String sha256() {
    return Sha256.hex(hash);
  }

  /**
   * Writes the file.
   *
   * @throws ArchiveRefusal the moment a limit is broken, or at the end where the bytes differ from
   *     what the directory says
   */
  void run(byte[] archive, int start, Path to) throws IOException {
    ArchiveRefusal.when(
        entry.method() != STORED && entry.method() != DEFLATED,
        RejectionReason.UNSUPPORTED_ENCODING,
        "compression method " + entry.method());
    try (OutputStream out = Files.newOutputStream(to)) {
      if (entry.method() == STORED) {
        copy(archive, start, out);
      } else {
        inflate(archive, start, out);
      }
    }
    ArchiveRefusal.when(
        bytes != entry.size() || crc.getValue() != entry.crc(),
        RejectionReason.BAD_ARCHIVE,
        "a file whose checksum or size differs");
  }

  private void copy(byte[] archive, int start, OutputStream out) throws IOException {
    int end = start + (int) entry.compressed();
    for (int at = start; at < end; at += CHUNK) {
      take(archive, at, Math.min(CHUNK, end - at), out);
    }
  }

  private void inflate(byte[] archive, int start, OutputStream out) throws IOException {
    byte[] chunk = new byte[CHUNK];
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(archive, start, (int) entry.compressed());
      while (!inflater.finished()) {
        int step = inflater.inflate(chunk);
        ArchiveRefusal.when(
            step == 0 && !inflater.finished(),
            RejectionReason.BAD_ARCHIVE,
            "a file that ends early");
        take(chunk, 0, step, out);
      }
    } catch (DataFormatException damaged) {
      throw new ArchiveRefusal(RejectionReason.BAD_ARCHIVE, "a file that does not inflate");
    } finally {
      inflater.end();
    }
  }

  private void take(byte[] chunk, int from, int count, OutputStream out) throws IOException {
    if (bytes < HEAD) {
      System.arraycopy(chunk, from, head, (int) bytes, (int) Math.min(count, HEAD - bytes));
    }
    bytes += count;
    ArchiveRefusal.when(
        bytes > limits.memberBytes(),
        RejectionReason.FILE_TOO_LARGE,
        "more than " + limits.memberBytes() + " bytes");
    ArchiveRefusal.when(
        bytes > entry.compressed() * limits.ratio(),
        RejectionReason.COMPRESSION_BOMB,
        "more than " + limits.ratio() + " bytes from one");
    ArchiveRefusal.when(
        bytes > left,
        RejectionReason.ARCHIVE_TOO_LARGE,
        "more than " + limits.totalBytes() + " bytes in all");
    crc.update(chunk, from, count);
    hash.update(chunk, from, count);
    out.write(chunk, from, count);
  }
}
