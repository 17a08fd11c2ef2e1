package fovea.splat.train;

import fovea.splat.model.Splats;
import fovea.splat.render.Rasterizer;
import fovea.splat.render.Workers;
import fovea.splat.train.TrainListener.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The training loop over any rasteriser: {@link #step} fits one photograph, {@link #refine} moves
 * and adds Gaussians.
 */
public final class SplatTrainer {
  private static final int MOST_STEPS_A_DEGREE = 1000;
  private static final double REFINE_FROM = 0.05;
  private static final double REFINE_TO = 0.85;
  private static final int REFINEMENTS = 60;
  private static final int LEAST_REFINE_EVERY = 20;
  private static final int MOST_REFINE_EVERY = 100;
  private static final int PIECE = 1024;
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final TrainingScene scene;
  private final TrainSettings settings;
  private final Rasterizer rasterizer;
  private final Workers workers;
  private final Splats splats;
  private final Splats gradients;
  private final Adam adam;
  private final Mcmc mcmc;
  private final double extent;
  private final float[] background;
  private final Map<Long, ImageLoss> losses = new HashMap<>();
  private final float[] drawn;
  private final float[] drawnGradients;
  private final float[] seen; // as the photograph's exposure shows what was drawn
  private final Exposures exposures;
  private final int[] order;
  private int shuffled = -1;
  private int iteration;

  /** Starts from the scene's points. */
  public SplatTrainer(
      TrainingScene scene, TrainSettings settings, Rasterizer rasterizer, Workers workers) {
    this.scene = scene;
    this.settings = settings;
    this.rasterizer = rasterizer;
    this.workers = workers;
    extent = scene.extent();
    splats =
        InitialSplats.of(
            scene.points(), settings.cap(), settings.degree(), extent, settings.seed());
    gradients = new Splats(settings.cap(), settings.degree());
    adam = new Adam(splats);
    mcmc = new Mcmc(extent, settings.seed());
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
    order = new int[scene.views().size()];
  }

  /** The Gaussians as they are now; not a copy. */
  public Splats splats() {
    return splats;
  }

  /** Steps done. */
  public int iteration() {
    return iteration;
  }

  /** Writes all that {@link #resume} needs; does not close the stream. */
  public void save(OutputStream out, byte[] fingerprint) throws IOException {
    CheckpointFile.write(out, fingerprint, iteration, state());
  }

  /**
   * Goes on where {@link #save} was called.
   *
   * @throws IOException where the stream holds something else; this object is then of no use
   */
  public void resume(InputStream in, byte[] fingerprint) throws IOException {
    iteration = CheckpointFile.read(in, fingerprint, settings.iterations(), state());
    adam.done(iteration);
  }

  private TrainingState state() {
    return new TrainingState(splats, adam.first(), adam.second(), exposures.state());
  }

  /** Whether all iterations are done. */
  public boolean finished() {
    return iteration >= settings.iterations();
  }

  /** Fits the next photograph. */
  public Progress step() {
    int photo = next();
    TrainingView view = scene.views().get(photo);
    int degree = activeDegree();
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
    int visit = iteration / order.length + 1;
    double done = (double) iteration / settings.iterations();
    exposures.improve(photo, drawn, size, drawnGradients, visit, done);
    return result;
  }

  // All that one piece of the Gaussians goes through, while it is in the cache.
  private void move(int degree) {
    Rates rates = Rates.at((double) iteration / settings.iterations(), extent);
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
    int every =
        Math.max(
            LEAST_REFINE_EVERY, Math.min(MOST_REFINE_EVERY, settings.iterations() / REFINEMENTS));
    return iteration % every == 0
        && iteration >= REFINE_FROM * settings.iterations()
        && iteration <= REFINE_TO * settings.iterations();
  }

  /** Moves dead Gaussians and grows their number. */
  public void refine() {
    mcmc.refine(splats, adam, iteration);
  }

  // Every photograph once, in a new order each time: by the round's number alone, so that a resumed
  // training takes the same.
  private int next() {
    int round = iteration / order.length;
    if (round != shuffled) {
      SplittableRandom random = new SplittableRandom(settings.seed() + GOLDEN * round);
      for (int i = 0; i < order.length; i++) {
        int other = random.nextInt(i + 1);
        order[i] = order[other];
        order[other] = i;
      }
      shuffled = round;
    }
    return order[iteration % order.length];
  }

  // Colours first, then how they change with direction; short runs climb faster.
  private int activeDegree() {
    int every = Math.max(1, Math.min(MOST_STEPS_A_DEGREE, settings.iterations() / 5));
    return Math.min(settings.degree(), iteration / every);
  }

  private ImageLoss loss(TrainingView view) {
    int width = view.camera().width;
    int height = view.camera().height;
    return losses.computeIfAbsent(
        (long) width << 32 | height, size -> new ImageLoss(width, height, workers));
  }
}
