package fovea.splat.train;

import fovea.splat.model.Splats;

/** Fits splats to photographs: on this CPU, or on a device found by {@link Trainers}. */
public interface Trainer {

  /** What it runs on, in words. */
  String device();

  /** Whether it can run here; false must cost little. */
  boolean available();

  /** Bytes of memory that training may take here: of Java's heap, or of the device's own. */
  long room();

  /** Bytes of memory that training will take at most. */
  long bytes(TrainingScene scene, TrainSettings settings);

  /**
   * Trains from the scene's points, or from the checkpoint where there is one of the same scene and
   * settings, to the last iteration. A training that was cut off and resumed gives bit for bit the
   * model of one that was not. A checkpoint that cannot be used is passed over with a warning.
   *
   * @throws TrainingStopped where the listener asked for it, within one step of a processor and
   *     within a few of a device that works ahead
   */
  Splats train(
      TrainingScene scene, TrainSettings settings, TrainListener listener, Checkpoints checkpoints)
      throws TrainingStopped;
}
