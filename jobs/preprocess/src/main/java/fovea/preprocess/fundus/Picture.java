package fovea.preprocess.fundus;

import fovea.imaging.Mats;
import fovea.preprocess.field.Field;
import org.jspecify.annotations.Nullable;
import org.opencv.core.Mat;

/** A photograph between two steps. For one thread. */
final class Picture {
  private final Mat bgr;
  private final Field field;
  private @Nullable Mat mask;

  /**
   * Without a mask, which is drawn when it is first asked for.
   *
   * @param bgr 8-bit colour; square once it was cropped
   * @param field where its retina lies, in the photograph it was found in
   */
  Picture(Mat bgr, Field field) {
    this.bgr = bgr;
    this.field = field;
  }

  Mat bgr() {
    return bgr;
  }

  Field field() {
    return field;
  }

  /** The same field, other pixels. */
  Picture with(Mat other) {
    Picture next = new Picture(other, field);
    next.mask = other.cols() == bgr.cols() ? mask : null;
    return next;
  }

  /** 255 where a cropped picture shows retina; belongs to the scope that first asked for it. */
  Mat mask(Mats mats) {
    if (mask == null) {
      mask = field.mask(bgr.cols(), mats);
    }
    return mask;
  }
}
