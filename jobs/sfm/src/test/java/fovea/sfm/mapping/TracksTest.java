package fovea.sfm.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.sfm.features.Features;
import fovea.sfm.features.Matches;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class TracksTest {

  @Test
  void matches_join_to_tracks_and_one_that_contradicts_a_better_pair_is_refused() {
    List<Features> photos = List.of(features(3), features(0), features(3), features(3));
    Matches strong = matches(0, 2, 0, 0, 1, 1, 2, 2);
    Matches weak = matches(0, 3, 0, 0);
    // Photograph 0's second feature would come to lie in the track of its first.
    Matches wrong = matches(2, 3, 1, 0);
    Tracks tracks = Tracks.of(photos, List.of(weak, wrong, strong));
    assertThat(tracks.count()).isEqualTo(3);
    assertThat(tracks.photos[0]).containsExactly(0, 2, 3);
    assertThat(tracks.features[0]).containsExactly(0, 0, 0);
    assertThat(tracks.of[2]).containsExactly(0, 1, 2);
    assertThat(tracks.of[3]).containsExactly(0, -1, -1);
    assertThat(tracks.of[1]).isEmpty();
  }

  private static Matches matches(int a, int b, int... pairs) {
    return new Matches(a, b, pairs, new double[9], 0);
  }

  private static Features features(int count) {
    return new Features(
        100, 100, new float[2 * count], new float[0], new int[count], OptionalInt.empty());
  }
}
