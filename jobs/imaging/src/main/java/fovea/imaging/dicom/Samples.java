package fovea.imaging.dicom;

import fovea.imaging.dicom.Pixels.Raster;

/** Stored samples to blue, green and red, or to grey that grows with the light. */
final class Samples {
  private Samples() {}

  /** The picture whose samples begin at {@code from}; as many follow as the module says. */
  static Raster raster(PixelModule module, Palette palette, byte[] content, int from) {
    byte[] made =
        switch (module.photometric()) {
          case MONOCHROME1, MONOCHROME2 -> grey(module, content, from);
          case PALETTE -> palette(module, palette, content, from);
          case RGB, YBR_FULL -> colour(module, content, from);
          case YBR_FULL_422 -> halved(module, content, from);
        };
    boolean grey = module.photometric().grey();
    return new Raster(module.columns(), module.rows(), grey ? 1 : 3, module.allocated(), made);
  }

  // The bits that count become the highest ones, so that white is white in any depth.
  private static byte[] grey(PixelModule module, byte[] content, int from) {
    int width = module.sampleBytes();
    int mask = (1 << module.stored()) - 1;
    int shift = module.allocated() - module.stored();
    int flip = module.photometric() == Photometric.MONOCHROME1 ? mask : 0;
    byte[] made = new byte[module.pixels() * width];
    for (int i = 0; i < made.length; i += width) {
      int at = from + i;
      int high = width == 2 ? (content[at + 1] & 0xff) << 8 : 0;
      int value = ((content[at] & 0xff | high) & mask ^ flip) << shift;
      made[i] = (byte) value;
      if (width == 2) {
        made[i + 1] = (byte) (value >> 8);
      }
    }
    return made;
  }

  private static byte[] palette(PixelModule module, Palette palette, byte[] content, int from) {
    int mask = (1 << module.stored()) - 1;
    byte[] made = new byte[module.pixels() * 3];
    for (int i = 0; i < module.pixels(); i++) {
      int index = content[from + i] & mask;
      for (int plane = 0; plane < 3; plane++) {
        made[3 * i + 2 - plane] = palette.colour(plane, index);
      }
    }
    return made;
  }

  private static byte[] colour(PixelModule module, byte[] content, int from) {
    int pixels = module.pixels();
    int step = module.planar() ? 1 : 3;
    int plane = module.planar() ? pixels : 1;
    boolean rgb = module.photometric() == Photometric.RGB;
    byte[] made = new byte[pixels * 3];
    for (int i = 0; i < pixels; i++) {
      int at = from + i * step;
      if (rgb) {
        put(
            made,
            i,
            content[at] & 0xff,
            content[at + plane] & 0xff,
            content[at + 2 * plane] & 0xff);
      } else {
        putYcc(made, i, content[at], content[at + plane], content[at + 2 * plane]);
      }
    }
    return made;
  }

  // Two luminances, then the two differences of both pixels (PS3.3, C.7.6.3.1.2).
  private static byte[] halved(PixelModule module, byte[] content, int from) {
    byte[] made = new byte[module.pixels() * 3];
    for (int i = 0; i < module.pixels(); i++) {
      int pair = from + i / 2 * 4;
      putYcc(made, i, content[pair + i % 2], content[pair + 2], content[pair + 3]);
    }
    return made;
  }

  // Full range: ITU-T T.871, section 7.
  private static void putYcc(byte[] made, int pixel, byte luminance, byte blue, byte red) {
    double y = luminance & 0xff;
    double cb = (blue & 0xff) - 128;
    double cr = (red & 0xff) - 128;
    put(
        made,
        pixel,
        clamped(y + 1.402 * cr),
        clamped(y - 0.344136 * cb - 0.714136 * cr),
        clamped(y + 1.772 * cb));
  }

  private static int clamped(double value) {
    return (int) Math.max(0, Math.min(255, Math.round(value)));
  }

  private static void put(byte[] made, int pixel, int red, int green, int blue) {
    made[3 * pixel] = (byte) blue;
    made[3 * pixel + 1] = (byte) green;
    made[3 * pixel + 2] = (byte) red;
  }
}
