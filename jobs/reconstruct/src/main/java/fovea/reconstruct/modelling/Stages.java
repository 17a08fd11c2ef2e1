package fovea.reconstruct.modelling;

import fovea.reconstruct.gate.SessionVerdict;

/** Told where a reconstruction is: done and total count steps of the stage, else 0. */
@FunctionalInterface
public interface Stages {
  /** {@code total} is 0 where unknown. */
  void report(String stage, long done, long total);

  /** How well the model draws the photographs in training by now, decibels. */
  default void psnr(double psnr) {}

  /** Whether the reconstruction shall end here; asked after every step of training. */
  default boolean stop() {
    return false;
  }

  /** What the gate says, before anything is left out by it. */
  default void gated(SessionVerdict verdict) {}
}
