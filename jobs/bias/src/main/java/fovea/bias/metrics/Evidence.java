package fovea.bias.metrics;

/**
 * How likely a gap like the largest is where groups do not differ.
 *
 * @param p of one test by itself
 * @param holm adjusted for all tests of its family (Holm 1979): the chance of any false finding
 * @param bh adjusted for all tests of its family (Benjamini and Hochberg 1995): the expected share
 *     of false ones among the findings
 */
public record Evidence(double p, double holm, double bh) {
  /** Below it a difference is called larger than chance explains. */
  public static final double LEVEL = 0.05;
}
