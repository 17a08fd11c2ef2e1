package fovea.splat.train;

/** Training ended before its last step because the listener asked for it. There is no model. */
public final class TrainingStopped extends Exception {
  private static final long serialVersionUID = 1;

  private final int iteration;

  /**
   * @param iteration the last step that was done
   */
  public TrainingStopped(int iteration) {
    super("training was stopped after step " + iteration);
    this.iteration = iteration;
  }

  /** The last step that was done. */
  public int iteration() {
    return iteration;
  }
}
