package fovea.splat.export;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * An SPZ file whose header was read, and whose attributes can be unpacked as often as wanted.
 *
 * @param count Gaussians it claims
 * @param streams packed lengths, where it has streams of its own for each kind of number
 * @param from where the first of them begins
 */
record SpzSource(
    Path file,
    int version,
    int count,
    int degree,
    int fractionBits,
    List<Long> streams,
    long from) {
  private static final int GZIP_HEADER = 16;
  private static final int MOST_DEGREE = 3;
  private static final int BUFFER = 1 << 16;

  static SpzSource of(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
      in.mark(2);
      boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
      in.reset();
      return gzip ? three(file, new GZIPInputStream(in)) : four(file, in);
    } catch (java.util.zip.ZipException | EOFException damage) {
      throw Checks.damaged("it is damaged or cut short");
    }
  }

  private static SpzSource three(Path file, InputStream in) throws IOException {
    ByteBuffer header = bytes(in, GZIP_HEADER);
    int version = header.getInt(4);
    if (version != 2 && version != 3) {
      throw Checks.damaged("it is no SPZ of version 2, 3 or 4");
    }
    return source(file, header, List.of(), GZIP_HEADER);
  }

  private static SpzSource four(Path file, InputStream in) throws IOException {
    ByteBuffer header = bytes(in, Spz.ZSTD_HEADER);
    int table = header.getInt(16);
    long size = Files.size(file);
    boolean harmonics = header.get(12) > 0;
    if (header.getInt(4) != 4
        || table < Spz.ZSTD_HEADER
        || table > size - 16L * SpzAttributes.KINDS
        || header.get(15) != SpzAttributes.KINDS && (harmonics || header.get(15) != 5)) {
      throw Checks.damaged("it is no SPZ of version 2, 3 or 4");
    }
    in.skipNBytes(table - Spz.ZSTD_HEADER);
    ByteBuffer lengths = bytes(in, 16 * header.get(15));
    List<Long> streams = new ArrayList<>();
    long end = table + (long) lengths.capacity();
    long from = end;
    for (int k = 0; k < header.get(15); k++) {
      long length = lengths.getLong(16 * k);
      if (length < 0 || length > size - end) {
        throw Checks.damaged("its table names more than it holds");
      }
      streams.add(length);
      end += length;
    }
    return source(file, header, streams, from);
  }

  private static SpzSource source(Path file, ByteBuffer header, List<Long> streams, long from) {
    int count = header.getInt(8);
    int degree = header.get(12);
    int fraction = header.get(13);
    if (header.getInt(0) != SpzCode.MAGIC
        || count < 0
        || degree < 0
        || degree > MOST_DEGREE
        || fraction < 0
        || fraction > SpzCode.MOST_FRACTION_BITS) {
      throw Checks.damaged("its header claims what no SPZ here has");
    }
    return new SpzSource(file, header.getInt(4), count, degree, fraction, streams, from);
  }

  int rotationBytes() {
    return version == 2 ? 3 : 4;
  }

  int bytesEach() {
    return SpzCode.bytes(degree, rotationBytes());
  }

  /** The attributes one after another, unpacked. */
  InputStream open() throws IOException {
    if (streams.isEmpty()) {
      InputStream in = new GZIPInputStream(Files.newInputStream(file), BUFFER);
      in.skipNBytes(from);
      return new BufferedInputStream(in, BUFFER);
    }
    List<InputStream> parts = new ArrayList<>();
    long at = from;
    for (long length : streams) {
      if (length > 0) {
        parts.add(new ZstdInputStream(new Slice(file, at, length)));
      }
      at += length;
    }
    return new BufferedInputStream(new SequenceInputStream(Collections.enumeration(parts)), BUFFER);
  }

  private static ByteBuffer bytes(InputStream in, int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException();
    }
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
