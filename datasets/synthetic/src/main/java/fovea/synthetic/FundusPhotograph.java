package fovea.synthetic;

import java.awt.image.BufferedImage;

/**
 * A synthetic photograph and its truth.
 *
 * @param image RGB, square
 * @param truth what it shows
 */
public record FundusPhotograph(BufferedImage image, FundusTruth truth) {

  /**
   * The picture as JPEG.
   *
   * @param quality 0 to 1; cameras use about 0.9
   */
  public byte[] jpeg(double quality) {
    return Pictures.jpeg(image, quality);
  }

  /** The picture as PNG. */
  public byte[] png() {
    return Pictures.png(image);
  }
}
