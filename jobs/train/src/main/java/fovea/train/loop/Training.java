package fovea.train.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import fovea.train.data.Normalisation;
import fovea.train.data.Part;
import fovea.train.data.Sample;
import fovea.train.metrics.Evaluation;
import fovea.train.metrics.Roc;
import fovea.train.metrics.Scored;
import fovea.train.network.Network;
import fovea.train.network.Networks;
import fovea.train.network.Predictor;
import fovea.train.network.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Trains a network on one machine. The same samples in the same order, settings and number of
 * threads give the same weights on the same kind of processor.
 *
 * <p>One at a time in a process: the engine has one random generator. To train on several machines,
 * let each run {@link #epoch} on its share and average {@link Network#values()} in between.
 */
public final class Training implements AutoCloseable {
  private static final ReentrantLock ENGINE = new ReentrantLock();

  private final TrainSettings settings;
  private final List<Sample> validation;
  private final Batches batches;
  private final Normalisation normalisation;
  private final WeightedCrossEntropy loss;
  private final Network network;
  private final AdamW optimiser;
  private final Schedule schedule;

  private Training(List<Sample> samples, TrainSettings settings) {
    List<Sample> train = part(samples, Part.TRAIN);
    this.settings = settings;
    this.validation = part(samples, Part.VALIDATION);
    this.normalisation = Normalisation.of(train);
    this.batches = new Batches(train, normalisation, settings);
    this.loss = WeightedCrossEntropy.balancing(train);
    this.schedule = new Schedule(settings.learningRate(), settings.epochs() * batches.count());
    Torch.forPrediction(settings.threadsHere());
    this.network =
        Network.untrained(
            Networks.byName(settings.architecture()), settings.imageSize(), 1, settings.seed());
    this.optimiser = new AdamW(network, settings.weightDecay());
  }

  /**
   * Trains, keeps the best epoch by validation AUC, fixes the threshold on the validation part and
   * judges on the test part.
   *
   * @param samples all parts; each part has both classes
   * @param listener hears of every epoch
   */
  public static Trained run(
      List<Sample> samples, TrainSettings settings, Consumer<Epoch> listener) {
    ENGINE.lock();
    try (Training training = new Training(samples, settings)) {
      return training.run(part(samples, Part.TEST), listener);
    } finally {
      ENGINE.unlock();
    }
  }

  private Trained run(List<Sample> test, Consumer<Epoch> listener) {
    List<Epoch> history = new ArrayList<>();
    Epoch best = null;
    float[] values = network.values();
    while (history.size() < settings.epochs() && !tired(history, best)) {
      Epoch epoch = epoch(history.size() + 1);
      history.add(epoch);
      listener.accept(epoch);
      if (best == null || better(epoch, best)) {
        best = epoch;
        values = network.values();
      }
    }
    network.replaceValues(values);
    double threshold = Roc.of(answers(validation)).youdenThreshold();
    return new Trained(
        values,
        network.trainable(),
        normalisation,
        history,
        best == null ? 0 : best.epoch(),
        Evaluation.of(answers(validation), threshold),
        Evaluation.of(answers(test), threshold),
        pace(history));
  }

  private Epoch epoch(int number) {
    long begun = System.nanoTime();
    List<Integer> order = batches.order(number);
    double sum = 0;
    int skipped = 0;
    double rate = 0;
    for (int i = 0; i < batches.count(); i++) {
      rate = schedule.rate((number - 1) * batches.count() + i);
      double value = step(batches.batch(number, i, order), rate);
      sum += Double.isFinite(value) ? value : 0;
      skipped += Double.isFinite(value) ? 0 : 1;
    }
    if (skipped == batches.count()) {
      throw new IllegalStateException(
          "no step of epoch " + number + " had a finite loss and gradient");
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    List<Scored> answers = answers(validation);
    return new Epoch(
        number,
        sum / (batches.count() - skipped),
        answers.stream().mapToDouble(a -> loss.of(a.score(), a.label())).average().orElse(0),
        Roc.of(answers).area(),
        rate,
        skipped,
        seconds);
  }

  // NaN where the step was skipped.
  private double step(Batches.Batch batch, double rate) {
    try (NDManager scope = network.manager().newSubManager()) {
      int n = batch.labels().length;
      int edge = settings.imageSize();
      NDArray pictures = scope.create(batch.planes(), new Shape(n, 3, edge, edge));
      NDArray labels = scope.create(batch.labels(), new Shape(n, 1));
      NDArray value = Torch.withGradients(() -> backward(pictures, labels, scope));
      boolean moved = optimiser.step(rate);
      return moved ? value.getFloat() : Double.NaN;
    }
  }

  private NDArray backward(NDArray pictures, NDArray labels, NDManager scope) {
    NDArray value = loss.of(network.learn(pictures), labels);
    NDArray one = scope.ones(value.getShape());
    JniUtils.backward((PtNDArray) value, (PtNDArray) one, false, false);
    return value;
  }

  private List<Scored> answers(List<Sample> samples) {
    Predictor predictor = new Predictor(network, normalisation);
    List<Scored> answers = new ArrayList<>();
    for (int from = 0; from < samples.size(); from += settings.batch()) {
      List<Sample> some = samples.subList(from, Math.min(samples.size(), from + settings.batch()));
      float[] scores = predictor.scores(some.stream().map(Sample::rgb).toList());
      for (int i = 0; i < scores.length; i++) {
        answers.add(new Scored(scores[i], some.get(i).label()));
      }
    }
    return answers;
  }

  private boolean tired(List<Epoch> history, @Nullable Epoch best) {
    return settings.patience() > 0
        && best != null
        && history.size() - best.epoch() >= settings.patience();
  }

  private static boolean better(Epoch epoch, Epoch best) {
    return epoch.validationAuc() > best.validationAuc()
        || (epoch.validationAuc() == best.validationAuc()
            && epoch.validationLoss() < best.validationLoss());
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
