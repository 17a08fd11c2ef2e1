package fovea.train.loop;

import fovea.train.data.Augmentation;
import fovea.train.data.Normalisation;
import fovea.train.data.Sample;
import fovea.train.data.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** One epoch's samples, shuffled, augmented and cut into batches of nearly equal size. */
final class Batches {
  private final List<Sample> samples;
  private final Normalisation normalisation;
  private final ClassWeights weights;
  private final TrainSettings settings;

  Batches(
      List<Sample> samples,
      Normalisation normalisation,
      ClassWeights weights,
      TrainSettings settings) {
    this.samples = samples;
    this.normalisation = normalisation;
    this.weights = weights;
    this.settings = settings;
  }

  /** How many batches an epoch has. */
  int count() {
    return (samples.size() + settings.batch() - 1) / settings.batch();
  }

  /** How many samples an epoch has. */
  int samples() {
    return samples.size();
  }

  /**
   * A batch of an epoch.
   *
   * @param order what {@link #order} gave
   */
  Batch batch(int epoch, int number, List<Integer> order) {
    int from = (int) ((long) number * samples.size() / count());
    int to = (int) ((long) (number + 1) * samples.size() / count());
    Batch batch = Batch.empty(to - from, settings.imageSize(), settings.loss().objective());
    for (int i = from; i < to; i++) {
      int index = order.get(i);
      Sample sample = samples.get(index);
      batch.put(i - from, changed(epoch, index), normalisation, sample, weights.of(sample.grade()));
    }
    return batch;
  }

  /** A sample as an epoch sees it: a matter of seed, epoch and sample alone. */
  byte[] changed(int epoch, int index) {
    return Augmentation.random(settings.augmentation(), Seeds.stream(settings.seed(), epoch, index))
        .apply(samples.get(index).rgb(), settings.imageSize());
  }

  /** The order in which an epoch sees the samples. */
  List<Integer> order(int epoch) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      order.add(i);
    }
    Collections.shuffle(order, new Random(Seeds.of(settings.seed(), -epoch)));
    return order;
  }
}
