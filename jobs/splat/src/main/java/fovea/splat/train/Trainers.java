package fovea.splat.train;

import java.util.ServiceLoader;

/** The trainers there are: devices announce themselves through {@link ServiceLoader}. */
public final class Trainers {
  private Trainers() {}

  /** The first available device, else the CPU. */
  public static Trainer best() {
    return ServiceLoader.load(Trainer.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(Trainer::available)
        .findFirst()
        .orElseGet(CpuTrainer::new);
  }
}
