package fovea.splat.train;

import fovea.splat.model.Splats;
import fovea.splat.render.Workers;
import fovea.splat.render.cpu.CpuRasterizer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Trains on this machine's processors. */
public final class CpuTrainer implements Trainer {
  private static final String NAME = "CPU";

  /** Share of the heap training may take. */
  private static final double HEAP_SHARE = 0.8;

  // A Gaussian's projection, sort keys and slots: about 8 tiles each, 44 bytes a slot.
  private static final long DRAWING_BYTES = 80 + 8 * 44;

  /** Parameters, gradients and two moments. */
  private static final int COPIES = 4;

  private static final int FLOATS_EACH = 14;

  private final long checkpointNanos;

  /** Keeps a checkpoint about every half minute. */
  public CpuTrainer() {
    this(TrainingRun.EVERY_NANOS);
  }

  CpuTrainer(long checkpointNanos) {
    this.checkpointNanos = checkpointNanos;
  }

  @Override
  public String device() {
    return NAME;
  }

  @Override
  public boolean available() {
    return true;
  }

  @Override
  public long room() {
    return (long) (HEAP_SHARE * Runtime.getRuntime().maxMemory());
  }

  @Override
  public long bytes(TrainingScene scene, TrainSettings settings) {
    int functions = (settings.degree() + 1) * (settings.degree() + 1);
    long each = (FLOATS_EACH + 3L * (functions - 1)) * Float.BYTES * COPIES + DRAWING_BYTES;
    long photos = 0;
    long largest = 0;
    Map<List<Integer>, Long> losses = new HashMap<>();
    for (TrainingView view : scene.views()) {
      int width = view.camera().width;
      int height = view.camera().height;
      photos += 3L * width * height;
      largest = Math.max(largest, (long) width * height);
      losses.put(List.of(width, height), ImageLoss.bytes(width, height));
    }
    long drawing = 3 * 3 * largest * Float.BYTES; // drawn, as exposed, gradients
    drawing += losses.values().stream().mapToLong(Long::longValue).sum();
    return settings.cap() * each + photos + drawing;
  }

  @Override
  public Splats train(
      TrainingScene scene, TrainSettings settings, TrainListener listener, Checkpoints checkpoints)
      throws TrainingStopped {
    byte[] fingerprint = Fingerprint.of(NAME, scene, settings);
    TrainingRun run = new TrainingRun(fingerprint, listener, checkpoints, checkpointNanos);
    try (Workers workers = new Workers(settings.threads());
        CpuRasterizer rasterizer = new CpuRasterizer(workers)) {
      return run.run(() -> new SplatTrainer(scene, settings, rasterizer, workers)).splats();
    }
  }
}
