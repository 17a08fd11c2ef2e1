package fovea.splat.train;

/** Hears how training goes; called on the training thread. */
@FunctionalInterface
public interface TrainListener {

  /** After a step. */
  void after(Progress progress);

  /**
   * Where training stands.
   *
   * @param iteration from 1
   * @param loss of this step's photograph
   * @param gaussians how many there are
   * @param psnr decibels, of this step's photograph, before the step
   */
  record Progress(int iteration, int iterations, double loss, int gaussians, double psnr) {}

  /** Hears nothing. */
  static TrainListener silent() {
    return progress -> {};
  }
}
