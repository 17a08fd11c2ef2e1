package fovea.train.loop;

import ai.djl.ndarray.NDArray;
import fovea.train.data.Objective;

/**
 * The loss of an objective's logits. Binary questions (one, or the four of grades in order) sum
 * their cross-entropies; a choice of grade has the cross-entropy of its softmax. With a {@code
 * gamma} each term is scaled by (1 - p)^gamma, p the probability of what the term wants: focal loss
 * (Lin et al. 2017).
 *
 * @param smoothing share of every target that is spread evenly over its classes
 */
record Loss(Objective objective, double gamma, double smoothing) {
  // Below it (1 - p)^gamma has no finite slope where gamma is under 1.
  private static final double LEAST_DOUBT = 1e-6;

  static Loss of(LossSettings settings) {
    return new Loss(settings.objective(), settings.gamma(), settings.smoothing());
  }

  /**
   * The weighted mean over a batch, as one value with its gradient's graph.
   *
   * @param logits N x outputs
   * @param targets N x outputs of 0 and 1
   * @param weights N x outputs
   */
  NDArray of(NDArray logits, NDArray targets, NDArray weights) {
    NDArray each = objective == Objective.GRADES ? choice(logits, targets) : asked(logits, targets);
    return each.mul(weights).sum(new int[] {1}).mean();
  }

  // softplus(-z) = -log p and softplus(z) = -log (1 - p), without overflow.
  private NDArray asked(NDArray logits, NDArray targets) {
    NDArray soft = targets.mul(1 - smoothing).add(smoothing / 2);
    NDArray no = logits.maximum(0).add(logits.abs().neg().exp().add(1).log());
    NDArray yes = no.sub(logits);
    return soft.mul(focused(yes, no)).add(soft.neg().add(1).mul(focused(no, yes)));
  }

  // (1 - p)^gamma = exp(-gamma softplus(z)).
  private NDArray focused(NDArray loss, NDArray other) {
    return gamma == 0 ? loss : other.mul(-gamma).exp().mul(loss);
  }

  private NDArray choice(NDArray logits, NDArray targets) {
    NDArray soft = targets.mul(1 - smoothing).add(smoothing / objective.outputs());
    NDArray logs = logits.logSoftmax(1);
    NDArray each = soft.mul(logs).neg();
    return gamma == 0 ? each : logs.exp().neg().add(1).maximum(LEAST_DOUBT).pow(gamma).mul(each);
  }
}
