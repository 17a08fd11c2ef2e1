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
  // The order in which deflate lists the lengths of the code that codes the lengths.
  private static final int[] ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private FastDeflate() {}

  /** The bytes as a zlib stream (RFC 1950). */
  static byte[] zlib(byte[] data) {
    short[] symbols = new short[data.length + 1];
    int count = symbols(data, symbols);
    int[] counts = new int[SYMBOLS];
    for (int i = 0; i < count; i++) {
      counts[symbols[i]]++;
    }
    HuffmanCode code = HuffmanCode.of(counts);
    BitWriter bits = new BitWriter(2 * data.length + 1024);
    bits.write(0x78, 8);
    bits.write(0x01, 8);
    header(code, bits);
    body(symbols, count, code, bits);
    Adler32 check = new Adler32();
    check.update(data);
    byte[] stream = bits.finished(4);
    ByteBuffer.wrap(stream).putInt(stream.length - 4, (int) check.getValue());
    return stream;
  }

  // Eight bytes at a time: whether a run begins is asked of eight zeros, which noise hardly has.
  private static int symbols(byte[] data, short[] symbols) {
    int count = 0;
    int i = 0;
    while (i + Long.BYTES <= data.length) {
      if ((long) LONG.get(data, i) == 0) {
        int end = endOfZeros(data, i);
        count = zeros(end - i, symbols, count);
        i = end;
      } else {
        for (int k = 0; k < Long.BYTES; k++) {
          symbols[count + k] = (short) (data[i + k] & 255);
        }
        count += Long.BYTES;
        i += Long.BYTES;
      }
    }
    for (; i < data.length; i++) {
      symbols[count++] = (short) (data[i] & 255);
    }
    symbols[count++] = END;
    return count;
  }

  private static int endOfZeros(byte[] data, int from) {
    int end = from;
    while (end + Long.BYTES <= data.length && (long) LONG.get(data, end) == 0) {
      end += Long.BYTES;
    }
    return end;
  }

  // A run copies the zero before it.
  private static int zeros(int length, short[] symbols, int from) {
    int count = from;
    symbols[count++] = 0;
    int left = length - 1;
    for (; left >= RUN_LENGTH; left -= RUN_LENGTH) {
      symbols[count++] = RUN;
    }
    Arrays.fill(symbols, count, count + left, (short) 0);
    return count + left;
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

  private static void body(short[] symbols, int count, HuffmanCode code, BitWriter bits) {
    int[] lengths = Arrays.copyOf(code.lengths(), SYMBOLS);
    // After a run comes its distance: the one code 0.
    lengths[RUN] += 1;
    bits.write(symbols, count, code.codes(), lengths);
  }
}
