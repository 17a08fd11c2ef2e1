package fovea.train.loop;

import java.util.Optional;

/**
 * Synchronous averaging of parameters (local SGD: Stich 2019): every few steps all trainers go on
 * from the mean of what they have become - weights, running statistics, averaged weights and the
 * optimiser's moments.
 */
final class Rounds implements Crew {
  private final Basis basis;
  private final Workers workers;
  private State state;

  Rounds(Basis basis, Workers workers, Optional<float[]> start) {
    this.basis = basis;
    this.workers = workers;
    this.state = basis.first(start);
  }

  @Override
  public State state() {
    return state;
  }

  @Override
  public void resume(State earlier) {
    state = earlier;
  }

  @Override
  public Tally learn(int epoch) {
    Tally tally = Tally.NONE;
    int most = basis.settings().scale().localSteps();
    for (int from = 0; from < basis.steps(); from += most) {
      Order order = new Order(state, epoch, from, Math.min(from + most, basis.steps()));
      Round round = workers.round(order);
      state = round.state();
      tally = tally.plus(round.tally());
    }
    return tally;
  }

  @Override
  public Reading read() {
    return workers.read(state.kept());
  }

  @Override
  public Verdicts judge(float[] values) {
    return workers.judge(values);
  }

  /** Bytes to the trainers and back between two averages. */
  long exchanged() {
    return 2 * state.bytes() * basis.settings().scale().trainers();
  }
}
