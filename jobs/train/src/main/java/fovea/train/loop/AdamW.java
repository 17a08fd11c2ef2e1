package fovea.train.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import fovea.train.network.AdamWModule;
import fovea.train.network.Network;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * AdamW (Loshchilov and Hutter 2019) with the gradient clipped by its global norm. Its state hangs
 * on the network's scope and dies with the network.
 */
final class AdamW {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  private final AdamWModule module;
  private final List<NDArray> weights;
  private final List<NDArray> means;
  private final List<NDArray> variances;
  private final List<Group> groups;
  private final double mostNorm;
  private int steps;

  AdamW(Network network, OptimiserSettings settings) {
    NDManager manager = network.manager();
    this.module = new AdamWModule(manager, BETA1, BETA2, EPSILON);
    this.mostNorm = settings.clip() > 0 ? settings.clip() : Double.POSITIVE_INFINITY;
    this.weights =
        network.parameters().stream()
            .filter(Parameter::requiresGradient)
            .map(Parameter::getArray)
            .toList();
    this.means = weights.stream().map(w -> zeros(manager, w)).toList();
    this.variances = weights.stream().map(w -> zeros(manager, w)).toList();
    // A vector is a bias or belongs to batch normalisation: those are not decayed.
    this.groups =
        List.of(
            group(w -> w.getShape().dimension() > 1, settings.weightDecay()),
            group(w -> w.getShape().dimension() <= 1, 0));
  }

  /**
   * Moves every weight along its gradient.
   *
   * @return false where a gradient was not finite: then no weight moved
   */
  boolean step(double rate) {
    double norm = Math.sqrt(module.squares(weights));
    if (!Double.isFinite(norm)) {
      return false;
    }
    steps++;
    double divisor = Math.max(1, norm / mostNorm);
    for (Group group : groups) {
      module.move(
          group.of(weights),
          group.of(means),
          group.of(variances),
          steps,
          rate,
          group.decay(),
          divisor);
    }
    return true;
  }

  /** Forgets the gradients. */
  void clear() {
    module.clear(weights);
  }

  /** How many steps moved the weights. */
  int steps() {
    return steps;
  }

  /** Everything it remembers of the steps before. */
  Moments moments() {
    return new Moments(steps, Flat.read(means), Flat.read(variances));
  }

  /** Goes on from there. */
  void resume(Moments moments) {
    steps = moments.steps();
    Flat.write(moments.mean(), means);
    Flat.write(moments.variance(), variances);
  }

  private Group group(Predicate<NDArray> which, double decay) {
    return new Group(
        IntStream.range(0, weights.size()).filter(i -> which.test(weights.get(i))).boxed().toList(),
        decay);
  }

  private static NDArray zeros(NDManager manager, NDArray weight) {
    return manager.zeros(weight.getShape(), weight.getDataType());
  }

  /**
   * Weights that decay alike.
   *
   * @param places among all weights
   */
  private record Group(List<Integer> places, double decay) {
    List<NDArray> of(List<NDArray> all) {
      return places.stream().map(all::get).toList();
    }
  }

  /**
   * The running means of gradients and of their squares, all weights one after the other.
   *
   * @param steps that moved the weights
   */
  record Moments(int steps, float[] mean, float[] variance) {}
}
