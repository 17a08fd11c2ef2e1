package fovea.scene;

import java.awt.image.BufferedImage;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** Decodes photographs. */
public final class PictureReader {
  private PictureReader() {}

  /**
   * The pixels as stored; transparency is laid over black.
   *
   * @throws IOException where the file cannot be decoded
   */
  public static Picture read(Photo photo) throws IOException {
    return planes(decoded(photo));
  }

  /**
   * The pixels of a view without distortion, resized so that the longest edge is at most {@code
   * longest}; the camera that belongs to them is {@link #camera}.
   *
   * @throws IOException where the file cannot be decoded
   */
  public static Picture undistorted(View view, int longest) throws IOException {
    Picture whole = Undistortion.of(read(view.photo()), view.intrinsics());
    Intrinsics camera = camera(view, longest);
    return Resizing.to(whole, camera.width(), camera.height());
  }

  /** The camera of {@link #undistorted}. */
  public static Intrinsics camera(View view, int longest) {
    Intrinsics full = view.intrinsics().undistorted();
    double scale = Math.min(1, longest / (double) Math.max(full.width(), full.height()));
    return full.resized(
        (int) Math.max(1, Math.round(full.width() * scale)),
        (int) Math.max(1, Math.round(full.height() * scale)));
  }

  private static BufferedImage decoded(Photo photo) throws IOException {
    @Nullable BufferedImage image;
    try {
      image = ImageIO.read(photo.file().toFile());
    } catch (RuntimeException damaged) {
      throw new IOException(photo.name() + " cannot be decoded", damaged);
    }
    if (image == null || image.getWidth() != photo.width() || image.getHeight() != photo.height()) {
      throw new IOException(photo.name() + " cannot be decoded");
    }
    return image;
  }

  private static Picture planes(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    boolean transparent = image.getColorModel().hasAlpha();
    byte[] planes = new byte[3 * width * height];
    int[] row = new int[width];
    int plane = width * height;
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        int argb = row[x];
        int alpha = transparent ? argb >>> 24 : 255;
        int at = y * width + x;
        planes[at] = (byte) (((argb >> 16) & 0xff) * alpha / 255);
        planes[plane + at] = (byte) (((argb >> 8) & 0xff) * alpha / 255);
        planes[2 * plane + at] = (byte) ((argb & 0xff) * alpha / 255);
      }
    }
    return new Picture(width, height, planes);
  }
}
