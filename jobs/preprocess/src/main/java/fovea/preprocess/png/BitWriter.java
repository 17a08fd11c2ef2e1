package fovea.preprocess.png;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bits into bytes, from the low end, as deflate stores them. */
final class BitWriter {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes;
  private int at;
  private long waiting;
  // Fewer than eight between two calls.
  private int held;

  /** Room for that many bytes at first. */
  BitWriter(int capacity) {
    this.bytes = new byte[capacity];
  }

  /** Appends the {@code count} low bits, at most 16; the others must be zero. */
  void write(int bits, int count) {
    room(Long.BYTES);
    waiting |= (long) bits << held;
    held += count;
    LONG.set(bytes, at, waiting);
    at += held >>> 3;
    waiting >>>= held & 56;
    held &= 7;
  }

  /**
   * Appends the codes of bytes; the same as one {@code write} each. Four codes of 14 bits fit
   * between two flushes of whole bytes.
   *
   * @param to a multiple of four beyond {@code from}
   * @param entries by value: the code, shifted by six, and its length of at most 14 bits
   */
  void write(byte[] data, int from, int to, int[] entries) {
    room(2 * (to - from) + Long.BYTES);
    byte[] target = bytes;
    int end = at;
    long bits = waiting;
    int full = held;
    for (int i = from; i < to; i += 4) {
      int a = entries[data[i] & 255];
      int b = entries[data[i + 1] & 255];
      int c = entries[data[i + 2] & 255];
      int d = entries[data[i + 3] & 255];
      // A shift looks at the six low bits alone: the length.
      long ab = a >>> 6 | (long) (b >>> 6) << a;
      long cd = c >>> 6 | (long) (d >>> 6) << c;
      int two = (a & 63) + (b & 63);
      bits |= (ab | cd << two) << full;
      full += two + (c & 63) + (d & 63);
      LONG.set(target, end, bits);
      end += full >>> 3;
      bits >>>= full & 56;
      full &= 7;
    }
    at = end;
    waiting = bits;
    held = full;
  }

  private void room(int count) {
    if (bytes.length - at < count) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, at + count));
    }
  }

  /** Everything so far in whole bytes, with {@code spare} bytes of zero behind it. */
  byte[] finished(int spare) {
    room(Long.BYTES);
    LONG.set(bytes, at, waiting);
    return Arrays.copyOf(bytes, at + (held + 7) / 8 + spare);
  }
}
