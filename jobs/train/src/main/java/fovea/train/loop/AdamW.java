package fovea.train.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import fovea.train.network.Network;
import java.util.ArrayList;
import java.util.List;

/**
 * AdamW (Loshchilov and Hutter 2019) with the gradient clipped by its global norm. DJL's own keeps
 * its state where only the garbage collector finds it; here it hangs on the network's scope and
 * dies with the network.
 */
final class AdamW {
  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-8f;
  private static final double MOST_NORM = 5;

  private final NDManager manager;
  private final List<Slot> slots = new ArrayList<>();
  private final float weightDecay;
  private int steps;

  AdamW(Network network, double weightDecay) {
    this.manager = network.manager();
    this.weightDecay = (float) weightDecay;
    for (Parameter parameter : network.parameters()) {
      if (parameter.requiresGradient()) {
        NDArray weight = parameter.getArray();
        slots.add(new Slot(weight, zeros(weight), zeros(weight)));
      }
    }
  }

  /**
   * Moves every weight along its gradient, and clears the gradients.
   *
   * @return false where a gradient was not finite: then no weight moved
   */
  boolean step(double rate) {
    try (NDManager scope = manager.newSubManager()) {
      List<NDArray> gradients = slots.stream().map(s -> gradient(s.weight, scope)).toList();
      double norm = norm(gradients);
      if (Double.isFinite(norm)) {
        steps++;
        float scale = (float) Math.min(1, MOST_NORM / norm);
        for (int i = 0; i < slots.size(); i++) {
          update(slots.get(i), gradients.get(i), rate, scale);
        }
      }
      slots.forEach(s -> JniUtils.zeroGrad((PtNDArray) s.weight));
      return Double.isFinite(norm);
    }
  }

  // A vector is a bias or belongs to batch normalisation: those are not decayed.
  private void update(Slot slot, NDArray gradient, double rate, float scale) {
    double correction = Math.sqrt(1 - Math.pow(BETA2, steps)) / (1 - Math.pow(BETA1, steps));
    slot.weight
        .getNDArrayInternal()
        .adamUpdate(
            new NDList(slot.weight, gradient, slot.mean, slot.variance),
            new NDList(slot.weight),
            (float) rate,
            (float) (rate * correction),
            slot.weight.getShape().dimension() > 1 ? weightDecay : 0,
            scale,
            -1,
            BETA1,
            BETA2,
            EPSILON,
            false,
            true);
  }

  private static NDArray gradient(NDArray weight, NDManager scope) {
    NDArray gradient = weight.getGradient();
    gradient.attach(scope);
    return gradient;
  }

  private static double norm(List<NDArray> gradients) {
    double squares = 0;
    for (NDArray gradient : gradients) {
      float norm = gradient.norm().getFloat();
      squares += (double) norm * norm;
    }
    return Math.sqrt(squares);
  }

  private NDArray zeros(NDArray weight) {
    return manager.zeros(weight.getShape(), weight.getDataType());
  }

  private record Slot(NDArray weight, NDArray mean, NDArray variance) {}
}
