package fovea.splat.train;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A training from its start, or from where its last checkpoint was, to its end.
 *
 * <p>Checkpoints follow the clock, not the steps: a step takes 10 ms or 2 s, and what a stop may
 * cost should be half a minute in either case. Where writing one is slow they become rarer, so that
 * they never take more than a twentieth of the time. When they are written does not touch the
 * model.
 */
public final class TrainingRun {
  static final long EVERY_NANOS = 30_000_000_000L;
  private static final long MOST_SHARE = 20;

  private final byte[] fingerprint;
  private final TrainListener listener;
  private final Checkpoints checkpoints;
  private final long everyNanos;
  private long next;

  /**
   * @param fingerprint {@link Fingerprint#of}
   */
  public TrainingRun(byte[] fingerprint, TrainListener listener, Checkpoints checkpoints) {
    this(fingerprint, listener, checkpoints, EVERY_NANOS);
  }

  TrainingRun(
      byte[] fingerprint, TrainListener listener, Checkpoints checkpoints, long everyNanos) {
    this.fingerprint = fingerprint.clone();
    this.listener = listener;
    this.checkpoints = checkpoints;
    this.everyNanos = Math.min(everyNanos, checkpoints.every().toNanos());
  }

  /**
   * Trains to the end.
   *
   * @param fresh makes a trainer that has done no step; called again where a checkpoint turns out
   *     to be damaged after it was half read
   * @return the trainer, finished
   * @throws TrainingStopped where the listener asked for it
   */
  public <T extends Training> T run(Supplier<T> fresh) throws TrainingStopped {
    T trainer = start(fresh);
    next = System.nanoTime() + everyNanos;
    while (!trainer.finished()) {
      for (TrainListener.Progress progress : trainer.advance()) {
        listener.after(progress);
      }
      if (listener.stop()) {
        throw new TrainingStopped(trainer.iteration());
      }
      if (System.nanoTime() - next >= 0 && !trainer.finished()) {
        keep(trainer);
      }
    }
    return trainer;
  }

  private <T extends Training> T start(Supplier<T> fresh) {
    try {
      Optional<InputStream> kept = checkpoints.open();
      if (kept.isPresent()) {
        try (InputStream in = kept.get()) {
          T trainer = fresh.get();
          trainer.resume(in, fingerprint);
          return trainer;
        }
      }
    } catch (IOException unusable) {
      listener.warning(
          "The checkpoint is not used, training starts anew: " + unusable.getMessage());
    }
    return fresh.get();
  }

  private void keep(Training trainer) {
    long start = System.nanoTime();
    try {
      checkpoints.write(out -> trainer.save(out, fingerprint));
    } catch (IOException unwritable) {
      listener.warning(
          "No checkpoint could be written at step "
              + trainer.iteration()
              + ", training goes on: "
              + unwritable.getMessage());
    }
    long end = System.nanoTime();
    next = end + Math.max(everyNanos, MOST_SHARE * (end - start));
  }
}
