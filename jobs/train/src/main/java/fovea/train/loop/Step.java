package fovea.train.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import fovea.train.network.Network;
import fovea.train.network.Torch;
import java.util.List;

/** One step of learning: forward, backward, and a move where everything is finite. */
final class Step {
  private final Network network;
  private final Loss loss;
  private final AdamW optimiser;
  private final Averaged averaged;

  Step(Network network, Loss loss, AdamW optimiser, Averaged averaged) {
    this.network = network;
    this.loss = loss;
    this.optimiser = optimiser;
    this.averaged = averaged;
  }

  /**
   * Learns from a batch.
   *
   * @return the loss before the move; NaN where it or a gradient was not finite, and then weights
   *     and running statistics are as before
   */
  double take(Batch batch, double rate) {
    try (NDManager scope = network.manager().newSubManager()) {
      List<NDArray> before = statistics().stream().map(s -> copy(s, scope)).toList();
      double value = Torch.withGradients(() -> backward(batch, scope));
      boolean moved = Double.isFinite(value) && optimiser.step(rate);
      optimiser.clear();
      if (!moved) {
        restore(before);
        return Double.NaN;
      }
      averaged.follow(optimiser.steps());
      return value;
    }
  }

  private double backward(Batch batch, NDManager scope) {
    NDArray logits = network.learn(batch.pictures(scope));
    NDArray value = loss.of(logits, batch.targets(scope), batch.weights(scope));
    NDArray one = scope.ones(value.getShape());
    JniUtils.backward((PtNDArray) value, (PtNDArray) one, false, false);
    return value.getFloat();
  }

  // Of batch normalisation: a forward pass moves them, whatever comes of it.
  private List<NDArray> statistics() {
    return network.parameters().stream()
        .filter(p -> !p.requiresGradient())
        .map(p -> p.getArray())
        .toList();
  }

  private void restore(List<NDArray> before) {
    List<NDArray> now = statistics();
    for (int i = 0; i < now.size(); i++) {
      before.get(i).copyTo(now.get(i));
    }
  }

  private static NDArray copy(NDArray array, NDManager scope) {
    NDArray copy = array.duplicate();
    copy.attach(scope);
    return copy;
  }
}
