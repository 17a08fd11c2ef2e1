package fovea.train.network;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The zip file PyTorch keeps things in: entries are stored, not compressed, and begin at multiples
 * of 64 bytes, so that they can be mapped into memory. The same entries give the same bytes.
 */
final class TorchArchive {
  private static final int ALIGNMENT = 64;
  private static final int LOCAL_HEADER = 30;
  private static final int EXTRA_HEADER = 4;
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private static final String FOLDER = "fovea/";

  private final ByteArrayOutputStream bytes;
  private final ZipOutputStream zip;

  /**
   * @param expected bytes in all, about
   */
  TorchArchive(int expected) {
    bytes = new ByteArrayOutputStream(expected);
    zip = new ZipOutputStream(bytes);
  }

  TorchArchive add(String name, byte[] content) {
    ZipEntry entry = entry(name);
    CRC32 sum = new CRC32();
    sum.update(content);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(sum.getValue());
    try {
      entry.setExtra(padding(bytes.size() + LOCAL_HEADER + entry.getName().length()));
      zip.putNextEntry(entry);
      zip.write(content);
      zip.closeEntry();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** So many zeros; compressed, because nobody maps them. */
  TorchArchive addZeros(String name, int length) {
    try {
      zip.putNextEntry(entry(name));
      byte[] some = new byte[1 << 16];
      for (int left = length; left > 0; left -= some.length) {
        zip.write(some, 0, Math.min(left, some.length));
      }
      zip.closeEntry();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] finish() {
    try {
      zip.close();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ZipEntry entry(String name) {
    ZipEntry entry = new ZipEntry(FOLDER + name);
    entry.setTimeLocal(NO_TIME);
    return entry;
  }

  // A field "FB" of the letter Z, PyTorch's own padding.
  private static byte[] padding(int header) {
    int length = Math.floorMod(-(header + EXTRA_HEADER), ALIGNMENT);
    byte[] extra = new byte[EXTRA_HEADER + length];
    Arrays.fill(extra, (byte) 'Z');
    extra[0] = 'F';
    extra[1] = 'B';
    extra[2] = (byte) length;
    extra[3] = 0;
    return extra;
  }
}
