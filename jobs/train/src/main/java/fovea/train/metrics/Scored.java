package fovea.train.metrics;

/**
 * What a network said of an image and what is true.
 *
 * @param score probability of 1
 * @param label 1 or 0
 */
public record Scored(double score, int label) {

  boolean positive() {
    return label == 1;
  }
}
