package fovea.train.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fovea.contract.hash.Sha256;
import fovea.train.data.Sample;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {
  private static final List<Sample> SAMPLES = Discs.samples(40, 32, 1);
  private static final int STEPS = 3; // of 16 at most

  @Test
  void a_sample_has_the_same_pixels_whatever_the_order_the_batch_or_the_thread() {
    Batches batches = batches("1");
    Batches narrow = batches("1", "batch", "3");
    List<String> one = IntStream.range(0, 40).mapToObj(i -> hash(batches, 2, i)).toList();
    List<String> backwards = IntStream.range(0, 40).mapToObj(i -> hash(narrow, 2, 39 - i)).toList();
    List<String> threaded =
        IntStream.range(0, 40).parallel().mapToObj(i -> hash(batches, 2, i)).toList();
    assertThat(threaded).isEqualTo(one);
    assertThat(IntStream.range(0, 40).mapToObj(i -> backwards.get(39 - i))).isEqualTo(one);
  }

  @Test
  void another_epoch_sample_or_seed_gives_other_pixels() {
    Batches batches = batches("1");
    assertThat(hash(batches, 1, 4)).isNotEqualTo(hash(batches, 2, 4));
    assertThat(hash(batches, 1, 4)).isNotEqualTo(hash(batches, 1, 5));
    assertThat(hash(batches, 1, 4)).isNotEqualTo(hash(batches("2"), 1, 4));
  }

  @Test
  void an_epoch_shows_every_sample_once_in_an_order_of_its_own() {
    Batches batches = batches("1");
    assertThat(batches.order(1)).hasSize(40).doesNotHaveDuplicates();
    assertThat(batches.order(1)).isEqualTo(batches.order(1)).isNotEqualTo(batches.order(2));
    int shown =
        IntStream.range(0, STEPS).map(b -> batches.batch(1, b, batches.order(1)).size()).sum();
    assertThat(shown).isEqualTo(40);
  }

  @Test
  void the_rate_rises_over_the_warm_up_and_falls_as_half_a_cosine() {
    Schedule schedule = new Schedule(0.1, 0.1, 100);
    assertThat(schedule.rate(0)).isEqualTo(0.01, within(1e-9));
    assertThat(schedule.rate(4)).isBetween(0.049, 0.05);
    assertThat(schedule.rate(50)).isEqualTo(0.05, within(1e-9));
    assertThat(schedule.rate(75)).isEqualTo(0.05 * (1 + Math.cos(0.75 * Math.PI)), within(1e-9));
    assertThat(schedule.rate(99)).isLessThan(1e-4);
    assertThat(new Schedule(0.1, 0, 100).rate(0)).isEqualTo(0.1);
  }

  private static Batches batches(String seed, String... more) {
    Map<String, String> flags = new java.util.HashMap<>(Map.of("seed", seed));
    for (int i = 0; i < more.length; i += 2) {
      flags.put(more[i], more[i + 1]);
    }
    Basis basis = Basis.of(TrainingTest.settings(flags), List.of(Census.of(SAMPLES)));
    return new Batches(basis, Shard.whole(SAMPLES));
  }

  private static String hash(Batches batches, int epoch, int index) {
    return Sha256.of(batches.changed(epoch, index));
  }
}
