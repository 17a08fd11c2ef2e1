package fovea.train.loop;

import java.io.Serializable;

/**
 * What every trainer does before the next average.
 *
 * @param state where all of them begin
 * @param from first step of the epoch, from 0
 * @param to first step that is not taken
 */
public record Order(State state, int epoch, int from, int to) implements Serializable {

  /** A trainer's answer; a matter of order, basis and shard alone, wherever it is worked out. */
  public Stint on(Basis basis, Shard shard) {
    return Engine.alone(
        () -> {
          try (Trainer trainer = new Trainer(basis, shard, state)) {
            Tally tally = trainer.take(epoch, from, to);
            return Stint.of(shard.number(), trainer.state(), tally);
          }
        });
  }
}
