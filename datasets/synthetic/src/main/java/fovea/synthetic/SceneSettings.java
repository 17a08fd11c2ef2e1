package fovea.synthetic;

import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import java.util.List;

/**
 * A photo session to be made: a bust on a plinth seen by cameras on rings round it.
 *
 * @param seed of the bust's shape and colours
 * @param views photographs in all
 * @param rings 1 to 3 rings of cameras, at different heights
 * @param width of a photograph in pixels
 * @param height of a photograph in pixels
 * @param points sparse surface points in {@code points.ply}
 * @param backdrop {@code black} or {@code studio}
 */
public record SceneSettings(
    long seed, int views, int rings, int width, int height, int points, String backdrop) {

  static final Setting<Integer> SEED =
      Setting.integer("seed", 7, 0, Integer.MAX_VALUE, "Seed of the synthetic bust");
  static final Setting<Integer> VIEWS =
      Setting.integer("views", 24, 3, 300, "Photographs round the bust");
  static final Setting<Integer> RINGS = Setting.integer("rings", 2, 1, 3, "Rings of cameras");
  static final Setting<Integer> WIDTH =
      Setting.integer("width", 480, 32, 4000, "Width of a photograph in pixels");
  static final Setting<Integer> HEIGHT =
      Setting.integer("height", 360, 32, 4000, "Height of a photograph in pixels");
  static final Setting<Integer> POINTS =
      Setting.integer("points", 3000, 0, 1_000_000, "Sparse surface points");
  static final Setting<String> BACKDROP =
      Setting.choice("backdrop", "black", List.of("black", "studio"), "What lies behind the bust");

  /** Every setting of this room. */
  public static final List<Setting<?>> ALL =
      List.of(SEED, VIEWS, RINGS, WIDTH, HEIGHT, POINTS, BACKDROP);

  /** The settings a caller gave. */
  public static SceneSettings of(SettingValues values) {
    return new SceneSettings(
        values.value(SEED),
        values.value(VIEWS),
        values.value(RINGS),
        values.value(WIDTH),
        values.value(HEIGHT),
        values.value(POINTS),
        values.value(BACKDROP));
  }

  /** Some views of a size, everything else by default. */
  public static SceneSettings of(long seed, int views, int width, int height) {
    return new SceneSettings(seed, views, views >= 8 ? 2 : 1, width, height, 3000, "black");
  }
}
