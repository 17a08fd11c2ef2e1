package fovea.preprocess.fundus;

import fovea.imaging.Mats;
import java.io.Serializable;
import java.util.Map;

/** One named step of preprocessing: a pure function from picture to picture. */
sealed interface Step extends Serializable
    permits Step.FieldCrop,
        Step.AreaResize,
        EvenIllumination,
        EqualiseLuminance,
        Step.GreenChannel,
        Step.CircularMask {

  /** Kebab-case, as stored. */
  String name();

  /** What it was told, in a fixed order; empty for steps that are told nothing. */
  Map<String, Object> parameters();

  /** The picture afterwards; its pixels belong to {@code mats}. */
  Picture apply(Picture picture, Mats mats);

  /** Cuts out the square round the field of view. */
  record FieldCrop() implements Step {
    @Override
    public String name() {
      return "field-crop";
    }

    @Override
    public Map<String, Object> parameters() {
      return Map.of();
    }

    @Override
    public Picture apply(Picture picture, Mats mats) {
      return picture.with(picture.field().crop(picture.bgr(), mats));
    }
  }

  /**
   * Scales the square; by area where it shrinks.
   *
   * @param size edge in pixels
   */
  record AreaResize(int size) implements Step {
    @Override
    public String name() {
      return "area-resize";
    }

    @Override
    public Map<String, Object> parameters() {
      return Map.of("size", size);
    }

    @Override
    public Picture apply(Picture picture, Mats mats) {
      return picture.with(picture.field().fitted(picture.bgr(), size, mats));
    }
  }

  /** The green channel three times: vessels and lesions stand out best there. */
  record GreenChannel() implements Step {
    @Override
    public String name() {
      return "green-channel";
    }

    @Override
    public Map<String, Object> parameters() {
      return Map.of();
    }

    @Override
    public Picture apply(Picture picture, Mats mats) {
      return picture.with(Channels.greenOnly(picture.bgr(), mats));
    }
  }

  /** Black outside the field of view. */
  record CircularMask() implements Step {
    @Override
    public String name() {
      return "circular-mask";
    }

    @Override
    public Map<String, Object> parameters() {
      return Map.of();
    }

    @Override
    public Picture apply(Picture picture, Mats mats) {
      return picture.with(Channels.masked(picture.bgr(), picture.mask(mats), mats));
    }
  }
}
