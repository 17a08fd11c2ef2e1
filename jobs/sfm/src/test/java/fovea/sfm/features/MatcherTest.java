package fovea.sfm.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MatcherTest {
  private static final int COUNT = 600;

  @Test
  void what_chooses_each_other_is_matched_but_not_what_stays_where_it_was() {
    float[] descriptors = descriptors();
    Features a = features(descriptors, 0);
    Features b = features(descriptors, 5);
    int[] pairs = new Matcher(0.8).match(a, b);
    // The first half stands still: a backdrop, or dust.
    assertThat(pairs).hasSize(COUNT);
    for (int i = 0; i < pairs.length; i += 2) {
      assertThat(pairs[i]).isEqualTo(pairs[i + 1]).isGreaterThanOrEqualTo(COUNT / 2);
    }
  }

  @Test
  void what_is_there_twice_is_ambiguous() {
    float[] descriptors = descriptors();
    System.arraycopy(descriptors, 599 * 128, descriptors, 598 * 128, 128);
    int[] pairs = new Matcher(0.8).match(features(descriptors, 0), features(descriptors, 5));
    assertThat(pairs).doesNotContain(598, 599).hasSize(COUNT - 4);
  }

  @Test
  void one_feature_has_no_second_to_be_compared_with() {
    Features none = Features.none(10, 10);
    assertThat(new Matcher(0.8).match(none, features(descriptors(), 0))).isEmpty();
  }

  private static float[] descriptors() {
    Random random = new Random(3);
    float[] all = new float[COUNT * Features.LENGTH];
    for (int at = 0; at < all.length; at += Features.LENGTH) {
      double sum = 0;
      for (int k = 0; k < Features.LENGTH; k++) {
        all[at + k] = (float) Math.pow(random.nextDouble(), 4);
        sum += all[at + k] * all[at + k];
      }
      for (int k = 0; k < Features.LENGTH; k++) {
        all[at + k] /= (float) Math.sqrt(sum);
      }
    }
    return all;
  }

  // The second half lies so many pixels farther right.
  private static Features features(float[] descriptors, float moved) {
    float[] xy = new float[2 * COUNT];
    for (int i = 0; i < COUNT; i++) {
      xy[2 * i] = i + (i < COUNT / 2 ? 0 : moved);
      xy[2 * i + 1] = 7 * i % 100;
    }
    return new Features(640, 480, xy, descriptors, new int[COUNT], OptionalInt.empty());
  }
}
