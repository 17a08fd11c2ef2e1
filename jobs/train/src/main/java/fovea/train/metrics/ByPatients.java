package fovea.train.metrics;

import fovea.contract.statistics.Interval;

/**
 * Intervals of images whose patients were added up elsewhere, so that any number of images will do.
 * The same as of the images one by one: DeLong's area with patients as units, Wilson's shares with
 * the effective number of images.
 *
 * @param patients of either class
 * @param both the sum over patients of (positives' summed placements less the area) times
 *     (negatives')
 */
public record ByPatients(long patients, Side positives, Side negatives, double both) {

  /**
   * One class.
   *
   * @param images of this class
   * @param patients with an image of this class
   * @param right share of the images that the threshold tells right
   * @param placements the sum over patients of squares of summed placements less the area
   * @param shares the sum over patients of squares of (images told right less the share expected)
   */
  public record Side(long images, long patients, double right, double placements, double shares) {

    /** Of the share that is told right. */
    public Interval interval() {
      return Interval.wilson(right, effective(), Interval.Z95);
    }

    private double effective() {
      if (right == 0 || right == 1 || patients < 2) {
        return patients;
      }
      double variance = patients / (patients - 1.0) * shares / ((double) images * images);
      return images / Math.max(1, variance / (right * (1 - right) / images));
    }

    private double spread() {
      double m = images;
      return patients < 2 ? 0 : placements * patients / (patients - 1.0) / (m * m);
    }
  }

  /**
   * Of a mean over images, normal.
   *
   * @param squares the sum over patients of squares of (summed values less the mean)
   */
  public static Interval ofMean(double mean, long images, long patients, double squares) {
    double spread = patients < 2 ? 0 : squares * patients / (patients - 1.0);
    double half = Interval.Z95 * Math.sqrt(spread) / images;
    return new Interval(mean - half, mean + half);
  }

  /** Of the area under the ROC curve. */
  public Interval ofArea(double area) {
    double pairs = (double) positives.images() * negatives.images();
    double together = patients < 2 ? 0 : both * patients / (patients - 1.0);
    double variance = positives.spread() + negatives.spread() + 2 * together / pairs;
    return Interval.logit(area, Math.sqrt(Math.max(0, variance)), Interval.Z95);
  }
}
