package fovea.train.loop;

import fovea.train.data.Augmentation;
import fovea.train.data.Sample;
import fovea.train.data.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * One epoch's samples of a shard, shuffled, augmented and cut into batches of nearly equal size.
 */
final class Batches {
  private final List<Sample> samples;
  private final Shard shard;
  private final Basis basis;
  private final TrainSettings settings;

  Batches(Basis basis, Shard shard) {
    this.samples = shard.samples();
    this.shard = shard;
    this.basis = basis;
    this.settings = basis.settings();
  }

  /**
   * A batch of an epoch.
   *
   * @param order what {@link #order} gave
   */
  Batch batch(int epoch, int number, List<Integer> order) {
    int from = (int) ((long) number * samples.size() / basis.steps());
    int to = (int) ((long) (number + 1) * samples.size() / basis.steps());
    Batch batch = Batch.empty(to - from, settings.imageSize(), settings.loss().objective());
    for (int i = from; i < to; i++) {
      int index = order.get(i);
      Sample sample = samples.get(index);
      batch.put(
          i - from,
          changed(epoch, index),
          basis.normalisation(),
          sample,
          basis.weights().of(sample.grade()));
    }
    return batch;
  }

  /** A sample as an epoch sees it: a matter of seed, epoch and sample alone. */
  byte[] changed(int epoch, int index) {
    var random = Seeds.stream(settings.seed(), epoch, shard.place(index));
    return Augmentation.random(settings.augmentation(), random)
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
