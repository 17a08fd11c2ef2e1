package fovea.splat.train;

import java.io.InputStream;
import java.util.Optional;

/** {@link Checkpoints#none}. */
enum NoCheckpoints implements Checkpoints {
  ONLY;

  @Override
  public Optional<InputStream> open() {
    return Optional.empty();
  }

  @Override
  public void write(Content content) {
    // Nothing is kept.
  }
}
