package fovea.preprocess.png;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * A canonical Huffman code as deflate wants it (RFC 1951, 3.2.2): codes of at most 15 bits, bit
 * order reversed so that they can be written from the low end.
 *
 * @param lengths bits of each symbol's code; 0 for symbols that do not occur
 * @param codes the reversed codes
 */
record HuffmanCode(int[] lengths, int[] codes) {
  private static final int LONGEST = 15;

  /** The best code for symbols that occur this often; at least two of them must occur. */
  static HuffmanCode of(int[] counts) {
    int[] rounded = counts.clone();
    int[] lengths = lengths(rounded);
    // Rare: counts that differ by a factor of thousands. Flattening them shortens the longest.
    while (Arrays.stream(lengths).max().orElse(0) > LONGEST) {
      for (int i = 0; i < rounded.length; i++) {
        rounded[i] = rounded[i] == 0 ? 0 : rounded[i] / 4 + 1;
      }
      lengths = lengths(rounded);
    }
    return new HuffmanCode(lengths, codes(lengths));
  }

  private record Node(long count, int symbol, Node[] parts) {}

  private static int[] lengths(int[] counts) {
    PriorityQueue<Node> open =
        new PriorityQueue<>(Comparator.comparingLong(Node::count).thenComparingInt(Node::symbol));
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        open.add(new Node(counts[i], i, new Node[0]));
      }
    }
    for (int made = counts.length; open.size() > 1; made++) {
      Node one = open.remove();
      Node two = open.remove();
      open.add(new Node(one.count + two.count, made, new Node[] {one, two}));
    }
    int[] lengths = new int[counts.length];
    measure(open.remove(), 0, lengths);
    return lengths;
  }

  private static void measure(Node node, int depth, int[] lengths) {
    if (node.parts.length == 0) {
      lengths[node.symbol] = depth;
    }
    for (Node part : node.parts) {
      measure(part, depth + 1, lengths);
    }
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
