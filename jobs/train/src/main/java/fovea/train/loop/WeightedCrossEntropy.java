package fovea.train.loop;

import ai.djl.ndarray.NDArray;
import fovea.train.data.Sample;
import java.util.List;

/**
 * Binary cross-entropy of logits in which both classes weigh the same in all.
 *
 * @param positive weight of a positive: n / (2 positives)
 * @param negative weight of a negative: n / (2 negatives)
 */
record WeightedCrossEntropy(double positive, double negative) {

  static WeightedCrossEntropy balancing(List<Sample> samples) {
    long positives = samples.stream().mapToInt(Sample::label).sum();
    double half = samples.size() / 2.0;
    return new WeightedCrossEntropy(half / positives, half / (samples.size() - positives));
  }

  /**
   * The mean over a batch, as one value with its gradient's graph.
   *
   * @param logits N x 1
   * @param labels N x 1 of 0 and 1
   */
  NDArray of(NDArray logits, NDArray labels) {
    NDArray weights = labels.mul(positive - negative).add(negative);
    NDArray stable = logits.abs().neg().exp().add(1).log();
    NDArray each = logits.maximum(0).sub(logits.mul(labels)).add(stable);
    return each.mul(weights).mean();
  }

  /** The same of one score, a probability. */
  double of(double score, int label) {
    double probability = label == 1 ? score : 1 - score;
    return -(label == 1 ? positive : negative) * Math.log(Math.max(1e-7, probability));
  }
}
