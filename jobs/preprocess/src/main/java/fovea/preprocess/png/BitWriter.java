package fovea.preprocess.png;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bits into bytes, from the low end, as deflate stores them. */
final class BitWriter {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private int at;
  private long waiting;
  private int held;

  /** Room for that many bytes, which is never extended. */
  BitWriter(int capacity) {
    this.bytes = new byte[capacity];
  }

  /** Appends the {@code count} low bits, at most 16; the others must be zero. */
  void write(int bits, int count) {
    waiting |= (long) bits << held;
    held += count;
    if (held >= 32) {
      INT.set(bytes, at, (int) waiting);
      at += 4;
      waiting >>>= 32;
      held -= 32;
    }
  }

  /** Appends the codes of symbols: the same as one {@code write} each, in a tighter loop. */
  void write(short[] symbols, int count, int[] codes, int[] lengths) {
    int to = at;
    long bits = waiting;
    int full = held;
    for (int i = 0; i < count; i++) {
      int symbol = symbols[i];
      bits |= (long) codes[symbol] << full;
      full += lengths[symbol];
      if (full >= 32) {
        INT.set(bytes, to, (int) bits);
        to += 4;
        bits >>>= 32;
        full -= 32;
      }
    }
    at = to;
    waiting = bits;
    held = full;
  }

  /** Everything so far in whole bytes, with {@code spare} bytes of zero behind it. */
  byte[] finished(int spare) {
    INT.set(bytes, at, (int) waiting);
    return Arrays.copyOf(bytes, at + (held + 7) / 8 + spare);
  }
}
