package fovea.preprocess.fundus;

import fovea.preprocess.anatomy.Anatomy;
import fovea.preprocess.quality.Quality;

/** What became of a photograph. */
public sealed interface Outcome {

  /**
   * Pixels and a grade; a photograph graded reject has both, too.
   *
   * @param width of the upright photograph in pixels
   * @param height of the upright photograph in pixels
   * @param png the normalised square, metadata-free
   */
  record Processed(int width, int height, byte[] png, Quality quality, Anatomy anatomy)
      implements Outcome {}

  /**
   * No pixels.
   *
   * @param code stable, kebab-case
   * @param reason one sentence for a person
   */
  record Failed(String code, String reason) implements Outcome {}
}
