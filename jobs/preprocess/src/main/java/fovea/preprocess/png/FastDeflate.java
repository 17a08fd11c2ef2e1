package fovea.preprocess.png;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.Adler32;

/**
 * A zlib stream of one block: Huffman codes for single bytes, and the longest match there is (258)
 * for long runs of zeros. Filtered photographs hold hardly any other repetition, so that zlib's
 * search for matches costs ten times the time and saves a few percent.
 */
final class FastDeflate {
  private static final int END = 256;
  private static final int RUN = 285;
  private static final int SYMBOLS = 286;
  private static final int RUN_LENGTH = 258;
  private static final byte[] ZEROS = new byte[RUN_LENGTH];
  private static final int GROUP = Long.BYTES;
  private static final int EVERY = 4;
  // The order in which deflate lists the lengths of the code that codes the lengths.
  private static final int[] ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private FastDeflate() {}

  /** The bytes as a zlib stream (RFC 1950). */
  static byte[] zlib(byte[] data) {
    HuffmanCode code = HuffmanCode.of(counts(data));
    BitWriter bits = new BitWriter(3 * data.length / 4 + 1024);
    bits.write(0x78, 8);
    bits.write(0x01, 8);
    header(code, bits);
    body(data, code, bits);
    Adler32 check = new Adler32();
    check.update(data);
    byte[] stream = bits.finished(4);
    ByteBuffer.wrap(stream).putInt(stream.length - 4, (int) check.getValue());
    return stream;
  }

  // A quarter of the data tells how often each byte occurs, within a thousandth of the file's size.
  // Every symbol has a code, seen or not. Long runs of zeros are no single bytes.
  private static int[] counts(byte[] data) {
    int[] counts = new int[SYMBOLS];
    Arrays.fill(counts, 0, END + 1, 1);
    counts[RUN] = 1 + data.length / RUN_LENGTH / EVERY;
    for (int i = 0; i + GROUP <= data.length; i += EVERY * GROUP) {
      if ((long) LONG.get(data, i) != 0) {
        for (int k = i; k < i + GROUP; k++) {
          counts[data[k] & 255]++;
        }
      }
    }
    return counts;
  }

  // Eight bytes at a time: whether a run begins is asked of eight zeros, which noise hardly has.
  private static void body(byte[] data, HuffmanCode code, BitWriter bits) {
    int[] entries = code.entries();
    int i = 0;
    while (i + GROUP <= data.length) {
      int from = i;
      while (i + GROUP <= data.length && (long) LONG.get(data, i) != 0) {
        i += GROUP;
      }
      bits.write(data, from, i, entries);
      from = i;
      while (i + GROUP <= data.length && (long) LONG.get(data, i) == 0) {
        i += GROUP;
      }
      zeros(i - from, code, entries, bits);
    }
    for (; i < data.length; i++) {
      code.write(data[i] & 255, bits);
    }
    code.write(END, bits);
  }

  // A run copies the zero before it.
  private static void zeros(int length, HuffmanCode code, int[] entries, BitWriter bits) {
    int left = length;
    if (left > RUN_LENGTH) {
      code.write(0, bits);
      left--;
    }
    for (; left >= RUN_LENGTH; left -= RUN_LENGTH) {
      code.write(RUN, bits);
      // Its distance: the one code, 0.
      bits.write(0, 1);
    }
    bits.write(ZEROS, 0, left & ~3, entries);
    for (int i = 0; i < (left & 3); i++) {
      code.write(0, bits);
    }
  }

  // RFC 1951, 3.2.7: every length 0 to 15 is itself coded in four bits, which is a complete code.
  private static void header(HuffmanCode code, BitWriter bits) {
    bits.write(1, 1);
    bits.write(2, 2);
    bits.write(SYMBOLS - 257, 5);
    bits.write(0, 5);
    bits.write(ORDER.length - 4, 4);
    for (int symbol : ORDER) {
      bits.write(symbol < 16 ? 4 : 0, 3);
    }
    for (int length : code.lengths()) {
      bits.write(Integer.reverse(length) >>> 28, 4);
    }
    // One distance, 1, of one bit.
    bits.write(Integer.reverse(1) >>> 28, 4);
  }
}
