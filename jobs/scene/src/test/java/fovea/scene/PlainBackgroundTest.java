package fovea.scene;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PlainBackgroundTest {
  private static final int SIZE = 40;

  @Test
  void a_grey_wall_becomes_black_and_the_object_with_its_grey_hole_stays() {
    Picture photograph = disc(128, 6);
    Picture masked = PlainBackground.replaced(photograph, 0, 0, 0).orElseThrow();
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        double from = Math.hypot(x - 20, y - 20);
        int expected = from < 12 ? photograph.value(1, x, y) : 0;
        assertThat(masked.value(1, x, y)).as("%d %d", x, y).isEqualTo(expected);
      }
    }
  }

  @Test
  void the_picture_given_is_left_as_it_was() {
    Picture photograph = disc(10, 3);
    byte[] before = photograph.planes().clone();
    Picture masked = PlainBackground.replaced(photograph, 255, 255, 255).orElseThrow();
    assertThat(photograph.planes()).isEqualTo(before);
    assertThat(masked.value(0, 0, 0)).isEqualTo(255);
  }

  @Test
  void a_border_of_many_colours_is_no_background() {
    byte[] planes = new byte[3 * SIZE * SIZE];
    new SplittableRandom(3).nextBytes(planes);
    assertThat(PlainBackground.replaced(new Picture(SIZE, SIZE, planes), 0, 0, 0))
        .isEqualTo(Optional.empty());
  }

  // A red disc of radius 12 with a hole of the background's colour, on a noisy wall.
  private static Picture disc(int wall, int noise) {
    SplittableRandom random = new SplittableRandom(5);
    byte[] planes = new byte[3 * SIZE * SIZE];
    for (int at = 0; at < SIZE * SIZE; at++) {
      double from = Math.hypot(at % SIZE - 20, at / SIZE - 20);
      boolean object = from < 12 && from > 4;
      for (int plane = 0; plane < 3; plane++) {
        int value = object ? (plane == 0 ? 220 : 60) : wall + random.nextInt(-noise, noise + 1);
        planes[plane * SIZE * SIZE + at] = (byte) value;
      }
    }
    return new Picture(SIZE, SIZE, planes);
  }
}
