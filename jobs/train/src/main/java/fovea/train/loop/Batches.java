package fovea.train.loop;

import fovea.train.data.Augmentation;
import fovea.train.data.Normalisation;
import fovea.train.data.Sample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/** One epoch's samples, shuffled, augmented and cut into batches of nearly equal size. */
final class Batches {
  private final List<Sample> samples;
  private final Normalisation normalisation;
  private final int edge;
  private final int most;
  private final long seed;

  Batches(List<Sample> samples, Normalisation normalisation, TrainSettings settings) {
    this.samples = samples;
    this.normalisation = normalisation;
    this.edge = settings.imageSize();
    this.most = settings.batch();
    this.seed = settings.seed();
  }

  /** How many batches an epoch has. */
  int count() {
    return (samples.size() + most - 1) / most;
  }

  /** The batch of an epoch; the same arguments give the same batch. */
  Batch batch(int epoch, int number, List<Integer> order) {
    int from = (int) ((long) number * samples.size() / count());
    int to = (int) ((long) (number + 1) * samples.size() / count());
    float[] planes = new float[(to - from) * 3 * edge * edge];
    float[] labels = new float[to - from];
    for (int i = from; i < to; i++) {
      int index = order.get(i);
      Sample sample = samples.get(index);
      SplittableRandom random = new SplittableRandom(mix(mix(seed, epoch), index));
      byte[] changed = Augmentation.random(random).apply(sample.rgb(), edge);
      normalisation.write(changed, planes, (i - from) * 3 * edge * edge);
      labels[i - from] = sample.label();
    }
    return new Batch(planes, labels);
  }

  /** How many samples an epoch has. */
  int samples() {
    return samples.size();
  }

  /** The order in which an epoch sees the samples. */
  List<Integer> order(int epoch) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      order.add(i);
    }
    Collections.shuffle(order, new Random(mix(seed, -epoch)));
    return order;
  }

  // The finaliser of MurmurHash3: neighbouring seeds must not give neighbouring streams.
  private static long mix(long seed, long value) {
    long h = seed * 0x9E3779B97F4A7C15L + value;
    h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
    h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return h ^ (h >>> 33);
  }

  /**
   * A batch.
   *
   * @param planes N x 3 x edge x edge, normalised
   * @param labels N of 0 and 1
   */
  record Batch(float[] planes, float[] labels) {}
}
