package fovea.objects;

import fovea.contract.capture.ObjectKey;
import java.io.IOException;
import java.io.InputStream;

/** Reads into memory, but never more than was agreed. */
final class LimitedRead {
  private LimitedRead() {}

  /**
   * @param bytes the size the store declares; the content is not believed to keep to it
   * @throws ObjectStore.ObjectTooLarge before anything is read where the declared size is too large
   */
  static byte[] of(ObjectKey key, InputStream content, long bytes, long mostBytes)
      throws IOException {
    if (bytes > mostBytes) {
      throw new ObjectStore.ObjectTooLarge(key, bytes, mostBytes);
    }
    int most = (int) Math.min(mostBytes, Integer.MAX_VALUE - 9);
    byte[] read = content.readNBytes(most);
    if (read.length == most && content.read() >= 0) {
      throw new ObjectStore.ObjectTooLarge(key, most + 1L, mostBytes);
    }
    return read;
  }
}
