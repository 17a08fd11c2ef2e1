package fovea.splatcuda;

import fovea.splat.model.Splats;
import fovea.splat.train.Checkpoints;
import fovea.splat.train.Fingerprint;
import fovea.splat.train.TrainListener;
import fovea.splat.train.TrainSettings;
import fovea.splat.train.Trainer;
import fovea.splat.train.TrainingRun;
import fovea.splat.train.TrainingScene;
import fovea.splat.train.TrainingStopped;
import fovea.splatcuda.DeviceSplats.Size;
import fovea.splatcuda.DeviceSplats.Unseen;

/**
 * Trains on the first NVIDIA device, with the formulas and draws of the CPU's trainer. Where there
 * is no library, driver or device it is not {@link #available}, and {@link #device} tells why.
 */
public final class CudaTrainer implements Trainer {
  /** Share of the free device memory training may take. */
  private static final double ROOM_SHARE = 0.9;

  private final Door door;

  /** On this machine's device; found by {@link java.util.ServiceLoader}. */
  public CudaTrainer() {
    this(Door.ofThisMachine());
  }

  CudaTrainer(Door door) {
    this.door = door;
  }

  @Override
  public String device() {
    return door.open() ? "CUDA, " + door.device() : "no CUDA device: " + door.reason();
  }

  @Override
  public boolean available() {
    return door.open();
  }

  @Override
  public long room() {
    return (long) (ROOM_SHARE * door.free());
  }

  @Override
  public long bytes(TrainingScene scene, TrainSettings settings) {
    return size(scene, settings).bytes(door);
  }

  @Override
  public Splats train(
      TrainingScene scene, TrainSettings settings, TrainListener listener, Checkpoints checkpoints)
      throws TrainingStopped {
    byte[] fingerprint = Fingerprint.of("CUDA", scene, settings);
    TrainingRun run = new TrainingRun(fingerprint, listener, checkpoints);
    try (DeviceSplats device =
        new DeviceSplats(
            door,
            size(scene, settings),
            settings.background().planes(),
            Unseen.FOLLOW,
            scene.views())) {
      return run.run(() -> new CudaTraining(device, scene, settings)).splats();
    }
  }

  private static Size size(TrainingScene scene, TrainSettings settings) {
    return Size.of(scene.views(), settings.cap(), settings.degree());
  }
}
