package fovea.reconstruct;

import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import fovea.reconstruct.modelling.Mask;
import fovea.reconstruct.modelling.Preset;
import fovea.splat.train.TrainSettings;
import fovea.splat.train.TrainSettings.Background;
import fovea.splat.train.TrainSettings.Exposure;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How to reconstruct.
 *
 * @param training what the preset says, with what the caller said otherwise
 * @param mask what of the photographs is not the object
 */
public record ReconstructSettings(Preset preset, TrainSettings training, Mask mask)
    implements Serializable {
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

  /** {@code --mask}. */
  public static final Setting<String> MASK =
      Setting.choice(
          "mask",
          "none",
          List.of("none", "plain"),
          "plain: a dark or plain background is no part of the model");

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

  /** {@code --lease-seconds}. */
  public static final Setting<Integer> LEASE =
      Setting.integer(
          "lease-seconds", 120, 1, 3600, "A worker unheard of for this long loses its session");

  /** {@code --stall-seconds}. */
  public static final Setting<Integer> STALL =
      Setting.integer(
          "stall-seconds", 900, 1, 86_400, "A try without progress for this long is given up");

  /** {@code --tries}. */
  public static final Setting<Integer> TRIES =
      Setting.integer("tries", 3, 1, 10, "Tries of a session before it fails");

  /** {@code --checkpoint-seconds}. */
  public static final Setting<Integer> CHECKPOINT =
      Setting.integer("checkpoint-seconds", 30, 1, 30, "How much work of training a stop may cost");

  /** How a model is made: of both ways to start. */
  static final List<Setting<?>> MODEL =
      List.of(PRESET, ITERATIONS, CAP, RESOLUTION, BACKGROUND, MASK, EXPOSURE, THREADS, SEED);

  /** What the job over the platform reads. */
  public static final List<Setting<?>> ALL =
      Stream.concat(MODEL.stream(), Stream.of(LEASE, STALL, TRIES, CHECKPOINT)).toList();

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
    return new ReconstructSettings(
        preset, training, Mask.valueOf(values.value(MASK).toUpperCase(Locale.ROOT)));
  }

  static LeaseTimes leaseTimes(SettingValues values) {
    return new LeaseTimes(
        Duration.ofSeconds(values.value(LEASE)),
        Duration.ofSeconds(values.value(STALL)),
        values.value(TRIES),
        Duration.ofSeconds(values.value(CHECKPOINT)));
  }

  private static int or(int given, int standard) {
    return given == 0 ? standard : given;
  }
}
