package fovea.splatcuda;

import fovea.splat.model.Splats;
import fovea.splat.train.CheckpointFile;
import fovea.splat.train.InitialSplats;
import fovea.splat.train.Schedule;
import fovea.splat.train.TrainListener.Progress;
import fovea.splat.train.TrainSettings;
import fovea.splat.train.Training;
import fovea.splat.train.TrainingScene;
import fovea.splat.train.TrainingState;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A training whose Gaussians live on the device. Steps are queued a few at a time and their losses
 * read together, so that the device never waits for the host within those few.
 */
final class CudaTraining implements Training {
  /** Steps queued before their losses are read: fewer than the device keeps. */
  static final int AHEAD = 16;

  private static final double DISSIMILARITY = 0.2;
  private static final double MOST_PSNR = 99;

  private final DeviceSplats device;
  private final TrainSettings settings;
  private final Schedule schedule;
  private final List<float[]> exposures;
  private int count;
  private int iteration;

  /** Starts from the scene's points, on a device that already has its photographs. */
  CudaTraining(DeviceSplats device, TrainingScene scene, TrainSettings settings) {
    this.device = device;
    this.settings = settings;
    schedule = new Schedule(scene, settings);
    int numbers = DeviceSplats.EXPOSURE * scene.views().size();
    exposures = List.of(new float[numbers], new float[numbers], new float[numbers]);
    Splats first = InitialSplats.of(scene, settings);
    put(first, none(first.count()), none(first.count()));
  }

  @Override
  public boolean finished() {
    return iteration >= settings.iterations();
  }

  @Override
  public int iteration() {
    return iteration;
  }

  /** Goes on to the next multiple of {@link #AHEAD}, the next refinement or the end. */
  @Override
  public List<Progress> advance() {
    int from = iteration;
    boolean refine;
    do {
      step();
      iteration++;
      refine = schedule.refines(iteration);
    } while (!refine && !finished() && iteration % AHEAD != 0);
    List<Progress> done = progress(from);
    if (refine) {
      count = device.refine(schedule.refineSeed(iteration)).count();
    }
    return done;
  }

  private void step() {
    device.step(
        schedule.view(iteration),
        schedule.degree(iteration),
        iteration,
        Rule.of(schedule, iteration),
        schedule.noiseSeed(iteration));
  }

  private List<Progress> progress(int from) {
    double[] losses = device.losses(from, iteration - from);
    List<Progress> out = new ArrayList<>();
    for (int k = 0; k < iteration - from; k++) {
      double loss = (1 - DISSIMILARITY) * losses[3 * k] + DISSIMILARITY * (1 - losses[3 * k + 1]);
      if (!Double.isFinite(loss)) {
        throw new IllegalStateException("the loss is not finite at step " + (from + k));
      }
      double psnr = Math.min(MOST_PSNR, -10 * Math.log10(Math.max(losses[3 * k + 2], 1e-12)));
      out.add(new Progress(from + k + 1, settings.iterations(), loss, count, psnr));
    }
    return out;
  }

  @Override
  public Splats splats() {
    return get(SplatLibrary.VALUES);
  }

  @Override
  public void save(OutputStream out, byte[] fingerprint) throws IOException {
    device.readExposures(exposures);
    TrainingState state =
        new TrainingState(
            get(SplatLibrary.VALUES),
            get(SplatLibrary.FIRST_MOMENTS),
            get(SplatLibrary.SECOND_MOMENTS),
            exposures);
    CheckpointFile.write(out, fingerprint, iteration, state);
  }

  @Override
  public void resume(InputStream in, byte[] fingerprint) throws IOException {
    TrainingState state = new TrainingState(none(0), none(0), none(0), exposures);
    iteration = CheckpointFile.read(in, fingerprint, settings.iterations(), state);
    put(state.splats(), state.first(), state.second());
  }

  private Splats none(int size) {
    Splats out = new Splats(settings.cap(), settings.degree());
    out.resize(size);
    return out;
  }

  private Splats get(int what) {
    Splats out = none(count);
    device.read(what, out);
    return out;
  }

  private void put(Splats values, Splats first, Splats second) {
    device.write(SplatLibrary.VALUES, values);
    device.write(SplatLibrary.FIRST_MOMENTS, first);
    device.write(SplatLibrary.SECOND_MOMENTS, second);
    device.writeExposures(exposures);
    count = values.count();
  }
}
