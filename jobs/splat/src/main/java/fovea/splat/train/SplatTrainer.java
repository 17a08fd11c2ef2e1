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
  private static final int PIECE = 1024;

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
  private final float[] seen; // as the photograph's exposure shows what was drawn
  private final Exposures exposures;
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
    adam = new Adam(splats);
    mcmc = new Mcmc(scene.extent(), settings.seed());
    background = settings.background().planes();
    int most =
        scene.views().stream()
            .mapToInt(v -> 3 * v.camera().width * v.camera().height)
            .max()
            .orElseThrow();
    drawn = new float[most];
    drawnGradients = new float[most];
    boolean each = settings.exposure() == TrainSettings.Exposure.EACH;
    seen = each ? new float[most] : drawn;
    exposures = new Exposures(each ? scene.views().size() : 0);
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
    return new TrainingState(splats, adam.first(), adam.second(), exposures.state());
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
    int photo = schedule.view(iteration);
    TrainingView view = scene.views().get(photo);
    int degree = schedule.degree(iteration);
    rasterizer.forward(splats, degree, view.camera(), background, drawn);
    ImageLoss.Comparison result = compare(photo, view);
    if (!Double.isFinite(result.loss())) {
      throw new IllegalStateException("the loss is not finite at step " + iteration);
    }
    rasterizer.backward(drawnGradients, gradients);
    move(degree);
    iteration++;
    return new Progress(
        iteration, settings.iterations(), result.loss(), splats.count(), result.psnr());
  }

  private ImageLoss.Comparison compare(int photo, TrainingView view) {
    ImageLoss loss = loss(view);
    byte[] planes = view.picture().planes();
    if (settings.exposure() == TrainSettings.Exposure.SAME) {
      return loss.compare(drawn, planes, drawnGradients);
    }
    int size = view.camera().width * view.camera().height;
    exposures.expose(photo, drawn, size, seen);
    ImageLoss.Comparison result = loss.compare(seen, planes, drawnGradients);
    int visit = schedule.visit(iteration);
    double rate = schedule.exposureRate(iteration);
    exposures.improve(photo, drawn, size, drawnGradients, visit, rate);
    return result;
  }

  // All that one piece of the Gaussians goes through, while it is in the cache.
  private void move(int degree) {
    Rates rates = schedule.rates(iteration);
    adam.begin();
    workers.loop(
        splats.count(),
        PIECE,
        (from, to, worker) -> {
          mcmc.regularise(splats, gradients, from, to);
          adam.update(splats, gradients, rates, degree, from, to);
          mcmc.perturb(splats, rates.means(), iteration, from, to);
        });
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
