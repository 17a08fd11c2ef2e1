package fovea.reconstruct;

import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import fovea.reconstruct.modelling.Preset;
import fovea.splat.train.TrainSettings;
import fovea.splat.train.TrainSettings.Background;
import fovea.splat.train.TrainSettings.Exposure;
import java.util.List;
import java.util.Locale;

/**
 * How to reconstruct.
 *
 * @param training what the preset says, with what the caller said otherwise
 */
public record ReconstructSettings(Preset preset, TrainSettings training) {
  /** {@code --preset}. */
  public static final Setting<String> PRESET =
      Setting.choice(
          "preset", "preview", Preset.words(), "How much work: preview takes about a minute");

  /** {@code --iterations}. */
  public static final Setting<Integer> ITERATIONS =
      Setting.integer("iterations", 0, 0, 1_000_000, "Steps of training; 0: the preset's");

  /** {@code --cap}. */
  public static final Setting<Integer> CAP =
      Setting.integer("cap", 0, 0, 5_000_000, "Most Gaussians; 0: the preset's");

  /** {@code --resolution}. */
  public static final Setting<Integer> RESOLUTION =
      Setting.integer(
          "resolution", 0, 0, 8000, "Longest edge of a photograph in training; 0: the preset's");

  /** {@code --background}. */
  public static final Setting<String> BACKGROUND =
      Setting.choice("background", "black", List.of("black", "white"), "Behind the Gaussians");

  /** {@code --exposure}. */
  public static final Setting<String> EXPOSURE =
      Setting.choice(
          "exposure",
          "each",
          List.of("each", "same"),
          "Whether each photograph may have its own brightness and tint");

  /** {@code --threads}. */
  public static final Setting<Integer> THREADS =
      Setting.integer("threads", 0, 0, 256, "Threads a session; 0: all processors");

  /** {@code --seed}. */
  public static final Setting<Integer> SEED =
      Setting.integer("seed", 7, 0, Integer.MAX_VALUE, "Seed of all randomness");

  /** What the job over the platform reads. */
  public static final List<Setting<?>> ALL =
      List.of(PRESET, ITERATIONS, CAP, RESOLUTION, BACKGROUND, EXPOSURE, THREADS, SEED);

  private static final int LEAST_RESOLUTION = 16;

  /** The settings a caller gave. */
  public static ReconstructSettings of(SettingValues values) {
    Preset preset = Preset.of(values.value(PRESET));
    Background background =
        values.value(BACKGROUND).equals("white") ? new Background(1, 1, 1) : Background.BLACK;
    TrainSettings training =
        new TrainSettings(
            or(values.value(ITERATIONS), preset.iterations()),
            or(values.value(CAP), preset.cap()),
            preset.degree(),
            Math.max(LEAST_RESOLUTION, or(values.value(RESOLUTION), preset.resolution())),
            or(values.value(THREADS), Runtime.getRuntime().availableProcessors()),
            values.value(SEED),
            background,
            Exposure.valueOf(values.value(EXPOSURE).toUpperCase(Locale.ROOT)));
    return new ReconstructSettings(preset, training);
  }

  private static int or(int given, int standard) {
    return given == 0 ? standard : given;
  }
}
