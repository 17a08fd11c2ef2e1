package fovea.preprocess.png;

import java.util.Arrays;

/**
 * A canonical Huffman code as deflate wants it (RFC 1951, 3.2.2): codes of at most 14 bits, one
 * fewer than it allows, bit order reversed so that they can be written from the low end.
 *
 * @param lengths bits of each symbol's code; 0 for symbols that do not occur
 * @param codes the reversed codes
 */
record HuffmanCode(int[] lengths, int[] codes) {
  private static final int LONGEST = 14;

  /** The best code for symbols that occur this often; at least two of them must occur. */
  static HuffmanCode of(int[] counts) {
    int[] rounded = counts.clone();
    int[] lengths = lengths(rounded);
    // Rare: counts that differ by a factor of thousands. Flattening them shortens the longest.
    while (longest(lengths) > LONGEST) {
      for (int i = 0; i < rounded.length; i++) {
        rounded[i] = rounded[i] == 0 ? 0 : rounded[i] / 4 + 1;
      }
      lengths = lengths(rounded);
    }
    return new HuffmanCode(lengths, codes(lengths));
  }

  private static int longest(int[] lengths) {
    int longest = 0;
    for (int length : lengths) {
      longest = Math.max(longest, length);
    }
    return longest;
  }

  // Two queues (J. van Leeuwen, 1976): the symbols by count, and what was made of them, which
  // comes about by count on its own.
  private static int[] lengths(int[] counts) {
    int[] symbols = byCount(counts);
    int leaves = symbols.length;
    long[] weights = new long[2 * leaves - 1];
    for (int i = 0; i < leaves; i++) {
      weights[i] = counts[symbols[i]];
    }
    int[] depths = depths(parents(weights, leaves));
    int[] lengths = new int[counts.length];
    for (int i = 0; i < leaves; i++) {
      lengths[symbols[i]] = depths[i];
    }
    return lengths;
  }

  // The symbols that occur, the rarest first, of equal ones the lowest: pairs in one number each.
  private static int[] byCount(int[] counts) {
    long[] pairs = new long[counts.length];
    int occurring = 0;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        pairs[occurring++] = (long) counts[i] << Integer.SIZE | i;
      }
    }
    Arrays.sort(pairs, 0, occurring);
    int[] symbols = new int[occurring];
    for (int i = 0; i < occurring; i++) {
      symbols[i] = (int) pairs[i];
    }
    return symbols;
  }

  private static int[] parents(long[] weights, int leaves) {
    int[] parents = new int[weights.length];
    int leaf = 0;
    int node = leaves;
    for (int made = leaves; made < weights.length; made++) {
      for (int part = 0; part < 2; part++) {
        boolean isLeaf = leaf < leaves && (node >= made || weights[leaf] <= weights[node]);
        int next = isLeaf ? leaf++ : node++;
        parents[next] = made;
        weights[made] += weights[next];
      }
    }
    return parents;
  }

  private static int[] depths(int[] parents) {
    int[] depths = new int[parents.length];
    for (int i = parents.length - 2; i >= 0; i--) {
      depths[i] = depths[parents[i]] + 1;
    }
    return depths;
  }

  /** The code of one symbol. */
  void write(int symbol, BitWriter bits) {
    bits.write(codes[symbol], lengths[symbol]);
  }

  /** The codes as {@link BitWriter} takes them for many bytes. */
  int[] entries() {
    int[] entries = new int[256];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = codes[i] << 6 | lengths[i];
    }
    return entries;
  }

  private static int[] codes(int[] lengths) {
    int[] codes = new int[lengths.length];
    int next = 0;
    for (int bits = 1; bits <= LONGEST; bits++) {
      for (int i = 0; i < lengths.length; i++) {
        if (lengths[i] == bits) {
          codes[i] = Integer.reverse(next++) >>> (32 - bits);
        }
      }
      next <<= 1;
    }
    return codes;
  }
}
