package fovea.train.loop;

import fovea.train.data.Seeds;
import fovea.train.network.Network;
import fovea.train.network.Torch;
import java.util.List;
import java.util.function.Function;

/** A network that learns from one shard. Its steps are a matter of state, shard and step alone. */
final class Trainer implements AutoCloseable {
  private final Basis basis;
  private final Shard shard;
  private final Batches batches;
  private final Network network;
  private final AdamW optimiser;
  private final Averaged averaged;
  private final Step step;
  private final Schedule schedule;

  Trainer(Basis basis, Shard shard, State from) {
    TrainSettings settings = basis.settings();
    this.basis = basis;
    this.shard = shard;
    this.batches = new Batches(basis, shard);
    this.schedule = basis.schedule();
    Torch.forPrediction(settings.threadsHere());
    this.network = basis.network(from.values());
    this.optimiser = new AdamW(network, settings.optimiser());
    this.averaged = new Averaged(network, settings.optimiser().ema());
    this.step = new Step(network, Loss.of(settings.loss()), optimiser, averaged);
    resume(from);
  }

  State state() {
    float[] average = averaged.isKept() ? averaged.values() : new float[0];
    return State.of(network.values(), average, optimiser.moments());
  }

  void resume(State state) {
    network.replaceValues(state.values());
    averaged.resume(state.kept());
    optimiser.resume(state.moments());
  }

  /**
   * Some steps of an epoch.
   *
   * @param from the first, from 0
   * @param to the first that is not taken
   */
  Tally take(int epoch, int from, int to) {
    List<Integer> order = batches.order(epoch);
    Tally tally = Tally.NONE;
    for (int i = from; i < to; i++) {
      // Once a step, not once a training: whoever goes on from here drops out the same units.
      Torch.seed(Seeds.of(basis.settings().seed(), epoch, i, shard.number()));
      double rate = schedule.rate((epoch - 1) * basis.steps() + i);
      tally = tally.step(step.take(batches.batch(epoch, i, order), rate));
    }
    return tally;
  }

  /** Asks a judge of the values that are kept. */
  <T> T judged(Function<Judge, T> question) {
    return averaged.during(() -> question.apply(basis.judge(network)));
  }

  /** Asks a judge of other values, which the network has from now on. */
  <T> T judged(float[] values, Function<Judge, T> question) {
    network.replaceValues(values);
    return question.apply(basis.judge(network));
  }

  @Override
  public void close() {
    network.close();
  }
}
