package fovea.splat.train;

import fovea.splat.model.Splats;

/** Fits splats to photographs: on this CPU, or on a device found by {@link Trainers}. */
public interface Trainer {

  /** What it runs on, in words. */
  String device();

  /** Whether it can run here; false must cost little. */
  boolean available();

  /** Bytes of memory that training will take at most. */
  long bytes(TrainingScene scene, TrainSettings settings);

  /** Trains from the scene's points to the last iteration. */
  Splats train(TrainingScene scene, TrainSettings settings, TrainListener listener);
}
