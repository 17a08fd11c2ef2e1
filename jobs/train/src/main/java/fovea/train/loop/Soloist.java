package fovea.train.loop;

import java.util.Optional;

/** One trainer with the whole training part, who judges, too. */
final class Soloist implements Crew, AutoCloseable {
  private final Basis basis;
  private final Trainer trainer;
  private final Jury jury;

  Soloist(Basis basis, Shard shard, Jury jury, Optional<float[]> start) {
    this.basis = basis;
    this.trainer = new Trainer(basis, shard, basis.first(start));
    this.jury = jury;
  }

  @Override
  public State state() {
    return trainer.state();
  }

  @Override
  public void resume(State state) {
    trainer.resume(state);
  }

  @Override
  public Tally learn(int epoch) {
    return trainer.take(epoch, 0, basis.steps());
  }

  @Override
  public Reading read() {
    return trainer.judged(jury::read);
  }

  @Override
  public Verdicts judge(float[] values) {
    return trainer.judged(values, jury::judge);
  }

  @Override
  public void close() {
    trainer.close();
  }
}
