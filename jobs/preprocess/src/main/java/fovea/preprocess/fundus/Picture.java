package fovea.preprocess.fundus;

import fovea.imaging.Mats;
import fovea.preprocess.field.Field;
import org.opencv.core.Mat;

/**
 * A photograph between two steps.
 *
 * @param bgr 8-bit colour; square once it was cropped
 * @param field where its retina lies, in the photograph it was found in
 */
record Picture(Mat bgr, Field field) {

  /** The same field, other pixels. */
  Picture with(Mat other) {
    return new Picture(other, field);
  }

  /** 255 where a cropped picture shows retina. */
  Mat mask(Mats mats) {
    return field.mask(bgr.cols(), mats);
  }
}
