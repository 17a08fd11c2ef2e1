package fovea.splat.train;

import fovea.splat.model.Splats;
import fovea.splat.render.Rasterizer;
import fovea.splat.render.Workers;
import fovea.splat.train.TrainListener.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The training loop over any rasteriser: {@link #step} fits one photograph, {@link #refine} moves
 * and adds Gaussians.
 */
public final class SplatTrainer implements Training {
  private final TrainingScene scene;
  private final TrainSettings settings;
  private final Rasterizer rasterizer;
  private final Workers workers;
  private final Splats splats;
  private final Splats gradients;
  private final Adam adam;
  private final Mcmc mcmc;
  private final Schedule schedule;
  private final float[] background;
  private final Map<Long, ImageLoss> losses = new HashMap<>();
  private final float[] drawn;
  private final float[] drawnGradients;
  private int iteration;

  /** Starts from the scene's points. */
  public SplatTrainer(
      TrainingScene scene, TrainSettings settings, Rasterizer rasterizer, Workers workers) {
    this.scene = scene;
    this.settings = settings;
    this.rasterizer = rasterizer;
    this.workers = workers;
    schedule = new Schedule(scene, settings);
    splats = InitialSplats.of(scene, settings);
    gradients = new Splats(settings.cap(), settings.degree());
    adam = new Adam(splats, workers);
    mcmc = new Mcmc(workers, settings.seed());
    background = settings.background().planes();
    int most =
        scene.views().stream()
            .mapToInt(v -> 3 * v.camera().width * v.camera().height)
            .max()
            .orElseThrow();
    drawn = new float[most];
    drawnGradients = new float[most];
  }

  /** The Gaussians as they are now; not a copy. */
  @Override
  public Splats splats() {
    return splats;
  }

  @Override
  public int iteration() {
    return iteration;
  }

  @Override
  public void save(OutputStream out, byte[] fingerprint) throws IOException {
    CheckpointFile.write(out, fingerprint, iteration, state());
  }

  @Override
  public void resume(InputStream in, byte[] fingerprint) throws IOException {
    iteration = CheckpointFile.read(in, fingerprint, settings.iterations(), state());
    adam.done(iteration);
  }

  private TrainingState state() {
    return new TrainingState(splats, adam.first(), adam.second(), List.of());
  }

  @Override
  public boolean finished() {
    return iteration >= settings.iterations();
  }

  @Override
  public List<Progress> advance() {
    Progress progress = step();
    if (due()) {
      refine();
    }
    return List.of(progress);
  }

  /** Fits the next photograph. */
  public Progress step() {
    TrainingView view = scene.views().get(schedule.view(iteration));
    int degree = schedule.degree(iteration);
    rasterizer.forward(splats, degree, view.camera(), background, drawn);
    ImageLoss loss = loss(view);
    ImageLoss.Comparison result = loss.compare(drawn, view.picture().planes(), drawnGradients);
    if (!Double.isFinite(result.loss())) {
      throw new IllegalStateException("the loss is not finite at step " + iteration);
    }
    rasterizer.backward(drawnGradients, gradients);
    mcmc.regularise(splats, gradients);
    Rates rates = schedule.rates(iteration);
    adam.step(splats, gradients, rates, degree);
    mcmc.perturb(splats, rates.means(), iteration);
    iteration++;
    return new Progress(
        iteration, settings.iterations(), result.loss(), splats.count(), result.psnr());
  }

  /** Whether it is time to {@link #refine}. */
  public boolean due() {
    return schedule.refines(iteration);
  }

  /** Moves dead Gaussians and grows their number. */
  public void refine() {
    mcmc.refine(splats, adam, iteration);
  }

  private ImageLoss loss(TrainingView view) {
    int width = view.camera().width;
    int height = view.camera().height;
    return losses.computeIfAbsent(
        (long) width << 32 | height, size -> new ImageLoss(width, height, workers));
  }
}
