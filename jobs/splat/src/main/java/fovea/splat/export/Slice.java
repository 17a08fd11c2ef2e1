package fovea.splat.export;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A stretch of a file. */
final class Slice extends FilterInputStream {
  private long left;

  Slice(Path file, long from, long length) throws IOException {
    super(new BufferedInputStream(Files.newInputStream(file)));
    in.skipNBytes(from);
    left = length;
  }

  @Override
  public int read() throws IOException {
    if (left == 0) {
      return -1;
    }
    left--;
    return in.read();
  }

  @Override
  public int read(byte[] bytes, int at, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    int read = in.read(bytes, at, (int) Math.min(left, length));
    left -= Math.max(0, read);
    return read;
  }
}
