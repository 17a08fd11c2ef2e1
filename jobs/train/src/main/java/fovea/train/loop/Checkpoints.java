package fovea.train.loop;

import java.util.Optional;
import java.util.function.Supplier;

/** Where an unfinished training is kept, so that a killed one goes on instead of beginning anew. */
public interface Checkpoints {

  /** What was written last, or empty. */
  Optional<byte[]> read();

  /** Replaces what was written before. */
  void write(Supplier<byte[]> checkpoint);

  /** Keeps nothing. */
  static Checkpoints none() {
    return new Checkpoints() {
      @Override
      public Optional<byte[]> read() {
        return Optional.empty();
      }

      @Override
      public void write(Supplier<byte[]> checkpoint) {
        // Nobody will ask.
      }
    };
  }
}
