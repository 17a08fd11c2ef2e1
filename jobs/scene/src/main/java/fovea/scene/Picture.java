package fovea.scene;

/** Decoded pixels: three planes (red, green, blue) of bytes, sRGB, row by row. */
public final class Picture {
  private final int width;
  private final int height;
  private final byte[] planes;

  /**
   * @param planes 3 * width * height bytes
   */
  public Picture(int width, int height, byte[] planes) {
    if (planes.length != 3 * width * height) {
      throw new IllegalArgumentException("a picture has three planes of its size");
    }
    this.width = width;
    this.height = height;
    this.planes = planes;
  }

  /** Pixels across. */
  public int width() {
    return width;
  }

  /** Pixels down. */
  public int height() {
    return height;
  }

  /** The planes; not a copy. */
  public byte[] planes() {
    return planes;
  }

  /** One value, 0 to 255. */
  public int value(int plane, int x, int y) {
    return planes[(plane * height + y) * width + x] & 0xff;
  }
}
