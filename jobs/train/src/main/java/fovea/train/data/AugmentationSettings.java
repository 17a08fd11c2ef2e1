package fovea.train.data;

import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import java.io.Serializable;
import java.util.List;

/**
 * How far training pictures are changed at random; 0 switches a change off.
 *
 * @param flip chance of a mirror image, left to right and again top to bottom
 * @param rotation most degrees to either side
 * @param zoom most share larger or smaller
 * @param brightness most share of white added or taken
 * @param contrast most share by which the distance from grey grows or shrinks
 * @param colour most share by which red, green and blue each grow or shrink
 * @param blur greatest standard deviation of a Gaussian, in pixels of the network's input
 */
public record AugmentationSettings(
    double flip,
    double rotation,
    double zoom,
    double brightness,
    double contrast,
    double colour,
    double blur)
    implements Serializable {

  private static final Setting<Double> FLIP =
      Setting.decimal("augment-flip", 0.5, 0, 1, "Chance of mirroring a training image, each way");
  private static final Setting<Double> ROTATION =
      Setting.decimal("augment-rotation", 180, 0, 180, "Most degrees a training image is turned");
  private static final Setting<Double> ZOOM =
      Setting.decimal("augment-zoom", 0.1, 0, 0.5, "Most share a training image grows or shrinks");
  private static final Setting<Double> BRIGHTNESS =
      Setting.decimal("augment-brightness", 0.08, 0, 0.5, "Most share of white added or taken");
  private static final Setting<Double> CONTRAST =
      Setting.decimal("augment-contrast", 0.15, 0, 0.9, "Most share contrast grows or shrinks");
  private static final Setting<Double> COLOUR =
      Setting.decimal("augment-colour", 0.05, 0, 0.5, "Most share each colour grows or shrinks");
  // Off: a microaneurysm is a few pixels wide, and a blur takes it away.
  private static final Setting<Double> BLUR =
      Setting.decimal("augment-blur", 0, 0, 5, "Greatest blur (standard deviation in pixels)");

  /** All of them, for help and parsing. */
  public static final List<Setting<?>> ALL =
      List.of(FLIP, ROTATION, ZOOM, BRIGHTNESS, CONTRAST, COLOUR, BLUR);

  /** Nothing is changed. */
  public static final AugmentationSettings NONE = new AugmentationSettings(0, 0, 0, 0, 0, 0, 0);

  /** Reads them. */
  public static AugmentationSettings of(SettingValues values) {
    return new AugmentationSettings(
        values.value(FLIP),
        values.value(ROTATION),
        values.value(ZOOM),
        values.value(BRIGHTNESS),
        values.value(CONTRAST),
        values.value(COLOUR),
        values.value(BLUR));
  }
}
