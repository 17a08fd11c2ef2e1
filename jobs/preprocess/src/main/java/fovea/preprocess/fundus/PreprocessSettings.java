package fovea.preprocess.fundus;

import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The parameters of preprocessing. Two runs with the same parameters give the same pixels.
 *
 * @param size edge of the square result in pixels
 * @param gain how strongly differences from the local average are kept; 0 leaves illumination alone
 * @param sigma reach of the local average, as a share of the edge
 * @param claheClip clip limit of CLAHE on luminance; 0 for none
 * @param claheTiles tiles of CLAHE along an edge
 * @param channels {@code colour} or {@code green}
 */
public record PreprocessSettings(
    int size, double gain, double sigma, double claheClip, int claheTiles, String channels)
    implements Serializable {

  /** Edge of the result. */
  public static final Setting<Integer> SIZE =
      Setting.integer("size", 512, 64, 2048, "Edge of the square result in pixels")
          .orVariable("FOVEA_PREPROCESS_SIZE");

  /** Strength of the illumination's normalisation. */
  public static final Setting<Double> GAIN =
      Setting.decimal(
          "gain", 2.5, 0, 10, "Contrast around the local average; 0 leaves illumination alone");

  /** Reach of the local average. */
  public static final Setting<Double> SIGMA =
      Setting.decimal(
          "sigma", 0.05, 0.005, 0.5, "Reach of the local average as a share of the edge");

  /** Clip limit of CLAHE. */
  public static final Setting<Double> CLAHE_CLIP =
      Setting.decimal("clahe-clip", 1.5, 0, 40, "Clip limit of CLAHE on luminance; 0 for none");

  /** Tiles of CLAHE. */
  public static final Setting<Integer> CLAHE_TILES =
      Setting.integer("clahe-tiles", 8, 1, 32, "Tiles of CLAHE along an edge");

  /** Colour or green. */
  public static final Setting<String> CHANNELS =
      Setting.choice(
          "channels", "colour", List.of("colour", "green"), "Keep colour, or green as grey");

  private static final int REDUCTION = 8;

  /** All of them. */
  public static final List<Setting<?>> ALL =
      List.of(SIZE, GAIN, SIGMA, CLAHE_CLIP, CLAHE_TILES, CHANNELS);

  /** The settings the caller gave. */
  public static PreprocessSettings of(SettingValues values) {
    return new PreprocessSettings(
        values.value(SIZE),
        values.value(GAIN),
        values.value(SIGMA),
        values.value(CLAHE_CLIP),
        values.value(CLAHE_TILES),
        values.value(CHANNELS));
  }

  /** The defaults. */
  public static PreprocessSettings standard() {
    return of(SettingValues.of(java.util.Map.of()));
  }

  /** The steps these settings ask for. */
  Recipe recipe() {
    List<Step> steps = new ArrayList<>();
    steps.add(new Step.FieldCrop());
    steps.add(new Step.AreaResize(size));
    if (gain > 0) {
      steps.add(new EvenIllumination(gain, sigma, REDUCTION));
    }
    if (claheClip > 0) {
      steps.add(new EqualiseLuminance(claheClip, claheTiles));
    }
    if (channels.equals("green")) {
      steps.add(new Step.GreenChannel());
    }
    steps.add(new Step.CircularMask());
    return new Recipe(steps);
  }

  /** A stable label of steps and parameters: {@code p3-} and 8 hexadecimal digits. */
  public String parametersVersion() {
    return recipe().version();
  }

  /** The steps and their parameters as one line of JSON, always in the same order. */
  public String json() {
    return recipe().json();
  }
}
