package fovea.reconstruct.modelling;

/** A reconstruction ended before its model because its {@link Stages} asked for it. */
public final class ReconstructionStopped extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Without more to say. */
  public ReconstructionStopped() {
    super("the reconstruction was stopped");
  }
}
