package fovea.reconstruct.modelling;

import fovea.scene.Picture;
import fovea.scene.Resizing;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** Pictures as files and within pages. */
final class Pictures {
  private Pictures() {}

  static BufferedImage image(Picture picture) {
    BufferedImage image =
        new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        image.setRGB(
            x,
            y,
            picture.value(0, x, y) << 16 | picture.value(1, x, y) << 8 | picture.value(2, x, y));
      }
    }
    return image;
  }

  static byte[] encoded(Picture picture, String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image(picture), format, bytes);
    return bytes.toByteArray();
  }

  /** For an {@code <img src>}. */
  static String data(Picture picture, String format) throws IOException {
    return "data:image/"
        + format
        + ";base64,"
        + Base64.getEncoder().encodeToString(encoded(picture, format));
  }

  /** At most that long. */
  static Picture within(Picture picture, int longest) {
    double scale = Math.min(1, longest / (double) Math.max(picture.width(), picture.height()));
    return Resizing.to(
        picture,
        (int) Math.max(1, Math.round(picture.width() * scale)),
        (int) Math.max(1, Math.round(picture.height() * scale)));
  }
}
