package fovea.splat.export;

import com.github.luben.zstd.Zstd;
import fovea.splat.model.Splats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * Niantic's SPZ: positions, opacities, colours, scales, rotations and harmonics, one kind after
 * another, a few bits each. Version 3 packs all of it in one gzip stream, version 4 each kind in a
 * ZSTD stream of its own behind a table. Viewers of today read version 3, PlayCanvas only version
 * 4. Axes are turned as {@link Upright} says. Source: github.com/nianticlabs/spz.
 */
public final class Spz {
  static final int ZSTD_HEADER = 32;

  private static final int ZSTD_LEVEL = 12;
  private static final int BUFFER = 1 << 16;

  private Spz() {}

  /** How the file is packed. */
  public enum Version {
    /** One gzip stream. */
    THREE,
    /** ZSTD streams. */
    FOUR
  }

  /** Writes a file of version 3, whole or not at all. */
  public static void write(Splats splats, Path file) throws IOException {
    write(splats, file, Version.THREE);
  }

  /** Writes a file, whole or not at all. */
  public static void write(Splats splats, Path file, Version version) throws IOException {
    SpzAttributes attributes = new SpzAttributes(splats, SpzCode.fractionBits(splats));
    WholeFile.write(
        file,
        out -> {
          if (version == Version.THREE) {
            gzip(attributes, out);
          } else {
            zstd(attributes, out);
          }
        });
  }

  private static void gzip(SpzAttributes attributes, OutputStream out) throws IOException {
    try (BestGzip packed = new BestGzip(out)) {
      packed.write(header(attributes, 3, 16).array());
      for (int kind = 0; kind < SpzAttributes.KINDS; kind++) {
        attributes.write(kind, packed);
      }
    }
  }

  private static void zstd(SpzAttributes attributes, OutputStream out) throws IOException {
    List<byte[]> streams = new ArrayList<>();
    ByteBuffer table = ByteBuffer.allocate(16 * SpzAttributes.KINDS).order(ByteOrder.LITTLE_ENDIAN);
    for (int kind = 0; kind < SpzAttributes.KINDS; kind++) {
      ByteArrayOutputStream plain = new ByteArrayOutputStream(BUFFER);
      attributes.write(kind, plain);
      streams.add(Zstd.compress(plain.toByteArray(), ZSTD_LEVEL));
      table.putLong(streams.get(kind).length).putLong(plain.size());
    }
    ByteBuffer header = header(attributes, 4, ZSTD_HEADER);
    header.put(15, (byte) SpzAttributes.KINDS).putInt(16, ZSTD_HEADER);
    out.write(header.array());
    out.write(table.array());
    for (byte[] stream : streams) {
      out.write(stream);
    }
  }

  private static ByteBuffer header(SpzAttributes attributes, int version, int size) {
    Splats splats = attributes.splats();
    return ByteBuffer.allocate(size)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(0, SpzCode.MAGIC)
        .putInt(4, version)
        .putInt(8, splats.count())
        .put(12, (byte) splats.degree())
        .put(13, (byte) attributes.fractionBits());
  }

  private static final class BestGzip extends GZIPOutputStream {
    BestGzip(OutputStream out) throws IOException {
      super(out, BUFFER);
      def.setLevel(9);
    }
  }
}
