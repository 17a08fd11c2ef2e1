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

  private final NDManager manager;
  private final List<Slot> slots = new ArrayList<>();
  private final float weightDecay;
  private final double mostNorm;
  private int steps;

  AdamW(Network network, OptimiserSettings settings) {
    this.manager = network.manager();
    this.weightDecay = (float) settings.weightDecay();
    this.mostNorm = settings.clip() > 0 ? settings.clip() : Double.POSITIVE_INFINITY;
    for (Parameter parameter : network.parameters()) {
      if (parameter.requiresGradient()) {
        NDArray weight = parameter.getArray();
        slots.add(new Slot(weight, zeros(weight), zeros(weight)));
      }
    }
  }

  /**
   * Moves every weight along its gradient.
   *
   * @return false where a gradient was not finite: then no weight moved
   */
  boolean step(double rate) {
    try (NDManager scope = manager.newSubManager()) {
      List<NDArray> gradients = slots.stream().map(s -> gradient(s.weight, scope)).toList();
      double norm = norm(gradients);
      if (!Double.isFinite(norm)) {
        return false;
      }
      steps++;
      float scale = (float) Math.min(1, mostNorm / norm);
      for (int i = 0; i < slots.size(); i++) {
        update(slots.get(i), gradients.get(i), rate, scale);
      }
      return true;
    }
  }

  /** Forgets the gradients. */
  void clear() {
    slots.forEach(s -> JniUtils.zeroGrad((PtNDArray) s.weight));
  }

  /** How many steps moved the weights. */
  int steps() {
    return steps;
  }

  /** Everything it remembers of the steps before. */
  Moments moments() {
    return new Moments(
        steps,
        Flat.read(slots.stream().map(Slot::mean).toList()),
        Flat.read(slots.stream().map(Slot::variance).toList()));
  }

  /** Goes on from there. */
  void resume(Moments moments) {
    steps = moments.steps();
    Flat.write(moments.mean(), slots.stream().map(Slot::mean).toList());
    Flat.write(moments.variance(), slots.stream().map(Slot::variance).toList());
  }

  // The engine adds epsilon to the root of the variance before it is corrected; the paper after.
  // A vector is a bias or belongs to batch normalisation: those are not decayed.
  private void update(Slot slot, NDArray gradient, double rate, float scale) {
    double spread = Math.sqrt(1 - Math.pow(BETA2, steps));
    double correction = spread / (1 - Math.pow(BETA1, steps));
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
            (float) (EPSILON * spread),
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

  /**
   * The running means of gradients and of their squares, all weights one after the other.
   *
   * @param steps that moved the weights
   */
  record Moments(int steps, float[] mean, float[] variance) {}
}
