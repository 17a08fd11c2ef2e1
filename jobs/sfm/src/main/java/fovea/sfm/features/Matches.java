package fovea.sfm.features;

/**
 * What two photographs share.
 *
 * @param first number of the one photograph
 * @param second number of the other, larger
 * @param pairs features: first's, second's, first's, second's ...
 * @param fundamental second' F first = 0, 9 numbers row by row, pixels
 * @param flat share of the pairs that one plane explains
 */
public record Matches(int first, int second, int[] pairs, double[] fundamental, double flat) {

  /** Nothing. */
  public static Matches none(int first, int second) {
    return new Matches(first, second, new int[0], new double[9], 0);
  }

  /** How many. */
  public int count() {
    return pairs.length / 2;
  }
}
