package fovea.train.loop;

import fovea.train.data.Normalisation;
import fovea.train.network.Network;
import fovea.train.network.Networks;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * What all trainers of one training have in common.
 *
 * @param samples of the training part, of all shards together
 * @param steps of an epoch: every trainer does as many
 */
public record Basis(
    TrainSettings settings,
    Normalisation normalisation,
    ClassWeights weights,
    long samples,
    int steps)
    implements Serializable {

  /**
   * Follows from the shards, in their order.
   *
   * @param shards one a trainer, none empty
   */
  public static Basis of(TrainSettings settings, List<Census> shards) {
    Census all = shards.stream().reduce(Census::plus).orElseThrow();
    long largest = shards.stream().mapToLong(Census::samples).max().orElseThrow();
    LossSettings loss = settings.loss();
    ClassWeights weights =
        loss.balanced()
            ? ClassWeights.balancing(all.byGrade(), loss.objective())
            : ClassWeights.equal(loss.objective());
    int steps = Math.toIntExact((largest + settings.batch() - 1) / settings.batch());
    return new Basis(settings, all.pixels().normalisation(), weights, all.samples(), steps);
  }

  /**
   * Before the first step; computed without the engine.
   *
   * @param start the network's values where it does not begin with random ones
   */
  State first(Optional<float[]> start) {
    var architecture = Networks.byName(settings.architecture());
    int outputs = settings.loss().objective().outputs();
    float[] values =
        start.orElseGet(() -> Network.firstValues(architecture, outputs, settings.seed()));
    return State.first(
        values, Network.trainable(architecture, outputs), settings.optimiser().ema() > 0);
  }

  /** A network to give values to. */
  Network network(float[] values) {
    return Network.trained(
        Networks.byName(settings.architecture()),
        settings.imageSize(),
        settings.loss().objective().outputs(),
        values);
  }

  Judge judge(Network network) {
    return new Judge(network, this);
  }

  Schedule schedule() {
    OptimiserSettings moving = settings.optimiser();
    return new Schedule(moving.learningRate(), moving.warmUp(), settings.epochs() * steps);
  }
}
