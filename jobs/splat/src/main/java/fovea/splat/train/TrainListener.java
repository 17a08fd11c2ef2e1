package fovea.splat.train;

/** Hears how training goes; called on the training thread. */
@FunctionalInterface
public interface TrainListener {

  /** After a step. */
  void after(Progress progress);

  /** Asked after each step: whether training shall end here, with {@link TrainingStopped}. */
  default boolean stop() {
    return false;
  }

  /** Something the owner should know that does not end training, in one sentence. */
  default void warning(String sentence) {
    System.getLogger(TrainListener.class.getName()).log(System.Logger.Level.WARNING, sentence);
  }

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
