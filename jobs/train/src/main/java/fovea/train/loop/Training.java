package fovea.train.loop;

import fovea.train.data.Normalisation;
import fovea.train.data.Part;
import fovea.train.data.Sample;
import fovea.train.data.Seeds;
import fovea.train.metrics.Evaluation;
import fovea.train.metrics.Roc;
import fovea.train.network.Network;
import fovea.train.network.Networks;
import fovea.train.network.Torch;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Trains a network on one machine: samples and settings in, a result out, nothing kept. The same
 * samples in the same order, settings and number of threads give the same weights on the same kind
 * of processor, whether or not the training was interrupted in between.
 *
 * <p>One at a time in a process: the engine has one random generator.
 */
public final class Training implements AutoCloseable {
  private static final ReentrantLock ENGINE = new ReentrantLock();

  private final TrainSettings settings;
  private final List<Sample> validation;
  private final Batches batches;
  private final Normalisation normalisation;
  private final Network network;
  private final AdamW optimiser;
  private final Averaged averaged;
  private final Step step;
  private final Judge judge;
  private final Schedule schedule;

  private Training(List<Sample> samples, TrainSettings settings) {
    List<Sample> train = part(samples, Part.TRAIN);
    LossSettings asked = settings.loss();
    OptimiserSettings moving = settings.optimiser();
    ClassWeights weights =
        asked.balanced()
            ? ClassWeights.balancing(train, asked.objective())
            : ClassWeights.equal(asked.objective());
    Loss loss = Loss.of(asked);
    this.settings = settings;
    this.validation = part(samples, Part.VALIDATION);
    this.normalisation = Normalisation.of(train);
    this.batches = new Batches(train, normalisation, weights, settings);
    this.schedule =
        new Schedule(moving.learningRate(), moving.warmUp(), settings.epochs() * batches.count());
    Torch.forPrediction(settings.threadsHere());
    this.network =
        Network.untrained(
            Networks.byName(settings.architecture()),
            settings.imageSize(),
            asked.objective().outputs(),
            settings.seed());
    this.optimiser = new AdamW(network, moving);
    this.averaged = new Averaged(network, moving.ema());
    this.step = new Step(network, loss, optimiser, averaged);
    this.judge = new Judge(network, normalisation, loss, weights, settings.batch());
  }

  /** Trains from the beginning to the end, see the other. */
  public static Trained run(
      List<Sample> samples, TrainSettings settings, Consumer<Epoch> listener) {
    return run(samples, settings, listener, Checkpoints.none());
  }

  /**
   * Trains, keeps the best epoch by validation AUC, fixes the threshold on the validation part and
   * judges on the test part.
   *
   * @param samples all parts; each part has referable images and others
   * @param listener hears of every epoch, after its checkpoint is written
   * @param checkpoints of this training alone: the same samples and settings; where one is found
   *     the training goes on from there, and ends as if it had never stopped
   */
  public static Trained run(
      List<Sample> samples,
      TrainSettings settings,
      Consumer<Epoch> listener,
      Checkpoints checkpoints) {
    ENGINE.lock();
    try (Training training = new Training(samples, settings)) {
      return training.run(part(samples, Part.TEST), listener, checkpoints);
    } finally {
      ENGINE.unlock();
    }
  }

  private Trained run(List<Sample> test, Consumer<Epoch> listener, Checkpoints checkpoints) {
    Course course =
        checkpoints
            .read()
            .flatMap(Checkpoint::of)
            .filter(this::fits)
            .map(this::resume)
            .orElseGet(() -> new Course(network.values()));
    int resumedAfter = course.history().size();
    while (!course.isOver(settings.epochs(), settings.patience())) {
      Epoch epoch = epoch(course.next());
      course.add(epoch, averaged.values());
      checkpoints.write(() -> checkpoint(course).bytes());
      listener.accept(epoch);
    }
    return judged(course, resumedAfter, test);
  }

  private Trained judged(Course course, int resumedAfter, List<Sample> test) {
    network.replaceValues(course.values());
    var tuned = judge.of(validation).answers();
    double threshold = Roc.of(tuned).youdenThreshold();
    return new Trained(
        course.values(),
        network.trainable(),
        normalisation,
        course.history(),
        course.bestEpoch(),
        resumedAfter,
        Evaluation.of(tuned, threshold),
        Evaluation.of(judge.of(test).answers(), threshold),
        pace(course.history()));
  }

  private Epoch epoch(int number) {
    long begun = System.nanoTime();
    // Once an epoch, not once a training: a resumed one drops out the same units.
    Torch.seed(Seeds.of(settings.seed(), number));
    List<Integer> order = batches.order(number);
    double sum = 0;
    int skipped = 0;
    double rate = 0;
    for (int i = 0; i < batches.count(); i++) {
      rate = schedule.rate((number - 1) * batches.count() + i);
      double value = step.take(batches.batch(number, i, order), rate);
      sum += Double.isFinite(value) ? value : 0;
      skipped += Double.isFinite(value) ? 0 : 1;
    }
    if (skipped == batches.count()) {
      throw new IllegalStateException(
          "no step of epoch " + number + " had a finite loss and gradient");
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    Judge.Verdict verdict = averaged.during(() -> judge.of(validation));
    double area = Roc.of(verdict.answers()).area();
    double mean = sum / (batches.count() - skipped);
    return new Epoch(number, mean, verdict.loss(), area, rate, skipped, seconds);
  }

  private Checkpoint checkpoint(Course course) {
    return new Checkpoint(
        course.history(),
        course.bestEpoch(),
        network.values(),
        averaged.values(),
        course.values(),
        optimiser.moments());
  }

  private boolean fits(Checkpoint checkpoint) {
    int size = network.values().length;
    return checkpoint.values().length == size
        && checkpoint.averaged().length == size
        && checkpoint.best().length == size
        && checkpoint.moments().mean().length == network.trainable()
        && checkpoint.moments().variance().length == network.trainable();
  }

  private Course resume(Checkpoint checkpoint) {
    network.replaceValues(checkpoint.values());
    averaged.resume(checkpoint.averaged());
    optimiser.resume(checkpoint.moments());
    return Course.resumed(checkpoint);
  }

  private double pace(List<Epoch> history) {
    double seconds = history.stream().mapToDouble(Epoch::seconds).sum();
    return history.size() * (double) batches.samples() / seconds;
  }

  private static List<Sample> part(List<Sample> samples, Part part) {
    return samples.stream().filter(s -> s.part() == part).toList();
  }

  @Override
  public void close() {
    network.close();
  }
}
