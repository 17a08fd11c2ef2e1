package fovea.ingest.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Archives, sound and spoiled ones. */
public final class Zips {
  private static final int ENTRY = 0x02014b50;

  private Zips() {}

  /** Files under their names, in the order of the map; names that end in a slash are folders. */
  public static byte[] of(Map<String, byte[]> files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
        zip.closeEntry();
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return bytes.toByteArray();
  }

  /** The same archive with one text put in another's place, wherever it stands. */
  public static byte[] renamed(byte[] zip, String from, String to) {
    String text = new String(zip, StandardCharsets.ISO_8859_1);
    return text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Where the n-th record of the directory stands, from 0. */
  static int record(byte[] zip, int n) {
    ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    int left = n;
    for (int at = 0; at + 4 <= zip.length; at++) {
      if (bytes.getInt(at) == ENTRY && left-- == 0) {
        return at;
      }
    }
    throw new IllegalArgumentException("no record " + n);
  }

  /** The same archive with a 32-bit value of a record of its directory changed. */
  static byte[] lying(byte[] zip, int record, int offset, int value) {
    byte[] copy = zip.clone();
    ByteBuffer.wrap(copy)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(record(zip, record) + offset, value);
    return copy;
  }
}
