package fovea.imaging.dicom;

/** Pixels as an object holds them. */
public sealed interface Pixels {

  /** Samples that are made when asked for. */
  non-sealed interface Plain extends Pixels {

    /**
     * The samples; allocates at most what the header was allowed to claim.
     *
     * @throws DicomRefusal where they end early
     */
    Raster raster();
  }

  /**
   * A JPEG file, not yet looked into.
   *
   * @param file from SOI to EOI, possibly with a padding byte
   * @param colours what three components mean where the JPEG itself does not say
   */
  record Jpeg(byte[] file, Colours colours) implements Pixels {}

  /** The colours of a JPEG without markers that tell. */
  enum Colours {
    /** Red, green, blue. */
    RGB,
    /** Luminance and colour differences. */
    YCC
  }

  /**
   * Samples row by row.
   *
   * @param channels 1 grey, or 3 blue green red
   * @param bits 8, or 16 with the low byte first
   */
  record Raster(int width, int height, int channels, int bits, byte[] samples) {}
}
