package fovea.objects;

import java.io.FilterInputStream;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;

/** Hangs up when closed early, where the SDK would first read the rest of the object. */
final class AbortingStream extends FilterInputStream {
  private final ResponseInputStream<?> content;
  private long remaining;

  AbortingStream(ResponseInputStream<?> content, long bytes) {
    super(content);
    this.content = content;
    this.remaining = bytes;
  }

  @Override
  public int read() throws IOException {
    int read = content.read();
    remaining -= read < 0 ? 0 : 1;
    return read;
  }

  @Override
  public int read(byte[] into, int from, int most) throws IOException {
    int read = content.read(into, from, most);
    remaining -= Math.max(read, 0);
    return read;
  }

  @Override
  public long skip(long bytes) throws IOException {
    long skipped = content.skip(bytes);
    remaining -= skipped;
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  @Override
  public void close() throws IOException {
    if (remaining > 0) {
      content.abort();
    } else {
      content.close();
    }
  }
}
