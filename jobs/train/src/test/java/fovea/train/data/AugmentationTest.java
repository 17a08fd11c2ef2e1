package fovea.train.data;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.contract.settings.SettingValues;
import fovea.train.data.Augmentation.Light;
import fovea.train.data.Augmentation.Warp;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AugmentationTest {
  private static final int EDGE = 8;
  private static final List<String> STRENGTHS =
      List.of(
          "augment-flip",
          "augment-rotation",
          "augment-zoom",
          "augment-brightness",
          "augment-contrast",
          "augment-colour",
          "augment-blur");

  @Test
  void without_strength_nothing_changes() {
    Augmentation none = Augmentation.random(AugmentationSettings.NONE, new SplittableRandom(1));
    assertThat(none.apply(noise(), EDGE)).isEqualTo(noise());
  }

  @Test
  void each_strength_alone_changes_pixels() {
    for (String strength : STRENGTHS) {
      Map<String, String> flags = new java.util.HashMap<>();
      STRENGTHS.forEach(s -> flags.put(s, s.equals(strength) ? "0.5" : "0"));
      AugmentationSettings settings = AugmentationSettings.of(SettingValues.of(flags));
      // Of a flip with chance a half, one of a few pictures is mirrored; a turn by half a degree
      // moves little, but something.
      boolean changed = false;
      for (int seed = 0; seed < 8; seed++) {
        var one = Augmentation.random(settings, new SplittableRandom(seed));
        changed |= !java.util.Arrays.equals(one.apply(noise(), EDGE), noise());
      }
      assertThat(changed).as(strength).isTrue();
    }
  }

  @Test
  void a_mirror_swaps_left_and_right() {
    byte[] mirrored = warped(new Warp(-1, 0, 0, 1));
    for (int channel = 0; channel < 3; channel++) {
      assertThat(mirrored[3 * (2 * EDGE + 1) + channel])
          .isEqualTo(noise()[3 * (2 * EDGE + EDGE - 2) + channel]);
    }
  }

  @Test
  void a_quarter_turn_moves_rows_to_columns() {
    byte[] turned = warped(new Warp(0, 1, -1, 0));
    for (int i = 0; i < EDGE; i++) {
      assertThat(turned[3 * (i * EDGE + 2)]).isEqualTo(noise()[3 * ((EDGE - 3) * EDGE + i)]);
    }
  }

  @Test
  void light_is_a_straight_line_a_channel_that_ends_at_black_and_white() {
    Light light = new Light(1.5, 10, 1, 0.5, 1);
    assertThat(light.of(100, 0)).isEqualTo(1.5 * (100 - 128) + 128 + 10);
    assertThat(light.of(100, 1)).isEqualTo(0.5 * (1.5 * (100 - 128) + 128) + 10);
    byte[] white = new Augmentation(Warp.NONE, new Light(1, 300, 1, 1, 1), 0).apply(noise(), EDGE);
    assertThat(white).containsOnly(255);
  }

  @Test
  void a_blur_spreads_a_point_as_a_gaussian_and_keeps_its_light() {
    int edge = 21;
    byte[] point = new byte[edge * edge * 3];
    int centre = 3 * (10 * edge + 10);
    point[centre] = (byte) 250;
    byte[] blurred = new Augmentation(Warp.NONE, Light.NONE, 1.5).apply(point, edge);
    double expected = 250 / (2 * Math.PI * 1.5 * 1.5);
    assertThat(blurred[centre]).isEqualTo((byte) Math.round(expected));
    assertThat(blurred[centre + 3 * 2])
        .isEqualTo((byte) Math.round(expected * Math.exp(-4 / (2 * 1.5 * 1.5))));
    assertThat(blurred[centre + 3 * 2]).isEqualTo(blurred[centre + 3 * 2 * edge]);
    byte[] flat = new byte[edge * edge * 3];
    java.util.Arrays.fill(flat, (byte) 90);
    assertThat(new Augmentation(Warp.NONE, Light.NONE, 1.5).apply(flat, edge)).containsOnly(90);
  }

  private static byte[] warped(Warp warp) {
    return new Augmentation(warp, Light.NONE, 0).apply(noise(), EDGE);
  }

  private static byte[] noise() {
    byte[] rgb = new byte[EDGE * EDGE * 3];
    new java.util.Random(1).nextBytes(rgb);
    return rgb;
  }
}
