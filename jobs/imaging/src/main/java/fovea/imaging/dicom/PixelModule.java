package fovea.imaging.dicom;

import fovea.contract.capture.Limits;
import fovea.contract.capture.RejectionReason;

/**
 * What the header says about the pixels (PS3.3, C.7.6.3), held to the limits before any is made.
 *
 * @param rows height in pixels
 * @param columns width in pixels
 * @param samples a pixel: 1 or 3
 * @param allocated bits a sample takes: 8, or 16 for grey
 * @param stored bits of them that count
 * @param planar whether uncompressed colours lie plane by plane
 */
record PixelModule(
    int rows,
    int columns,
    int samples,
    int allocated,
    int stored,
    boolean planar,
    Photometric photometric) {

  static PixelModule of(DataSet set) {
    int rows = set.required(Tags.ROWS);
    int columns = set.required(Tags.COLUMNS);
    checkFrames(set.text(Tags.FRAMES));
    checkSize(columns, rows);
    int allocated = set.required(Tags.BITS_ALLOCATED);
    PixelModule module =
        new PixelModule(
            rows,
            columns,
            set.required(Tags.SAMPLES),
            allocated,
            set.u16(Tags.BITS_STORED, 0).orElse(allocated),
            set.u16(Tags.PLANAR, 0).orElse(0) == 1,
            Photometric.of(set.text(Tags.PHOTOMETRIC)));
    module.check(set);
    return module;
  }

  /** Bytes of the uncompressed pixels. */
  long bytes() {
    long pixels = (long) rows * columns;
    return photometric == Photometric.YBR_FULL_422 ? pixels * 2 : pixels * samples * sampleBytes();
  }

  int sampleBytes() {
    return allocated / 8;
  }

  int pixels() {
    return rows * columns;
  }

  String size() {
    return columns + "x" + rows + " pixels";
  }

  private static void checkFrames(String frames) {
    if (frames.isEmpty()) {
      return;
    }
    DicomRefusal.when(
        !frames.matches("\\+?\\d{1,9}"), RejectionReason.BAD_HEADER, "no number of frames");
    int count = Integer.parseInt(frames);
    DicomRefusal.when(count == 0, RejectionReason.BAD_HEADER, "0 frames");
    DicomRefusal.when(count > 1, RejectionReason.ANIMATED, count + " frames");
  }

  private static void checkSize(int width, int height) {
    String size = width + "x" + height + " pixels";
    DicomRefusal.when(width == 0 || height == 0, RejectionReason.BAD_HEADER, size);
    DicomRefusal.when(
        width > Limits.MAX_EDGE
            || height > Limits.MAX_EDGE
            || (long) width * height > Limits.MAX_PIXELS,
        RejectionReason.TOO_MANY_PIXELS,
        size);
    DicomRefusal.when(
        width < Limits.MIN_EDGE || height < Limits.MIN_EDGE, RejectionReason.TOO_FEW_PIXELS, size);
  }

  private void check(DataSet set) {
    DicomRefusal.when(
        samples != photometric.samples(),
        RejectionReason.BAD_HEADER,
        samples
            + " samples a pixel where the photometric interpretation has "
            + photometric.samples());
    boolean deepGrey = allocated == 16 && photometric.grey();
    DicomRefusal.when(
        allocated != 8 && !deepGrey || set.u16(Tags.PIXEL_REPRESENTATION, 0).orElse(0) != 0,
        RejectionReason.UNSUPPORTED_ENCODING,
        allocated + " bits a sample, or signed");
    DicomRefusal.when(
        stored < 1
            || stored > allocated
            || set.u16(Tags.HIGH_BIT, 0).orElse(stored - 1) != stored - 1,
        RejectionReason.UNSUPPORTED_ENCODING,
        stored + " of " + allocated + " bits, not the lowest");
    DicomRefusal.when(
        stored != 8 && photometric.colour(),
        RejectionReason.UNSUPPORTED_ENCODING,
        stored + " bits a colour");
  }
}
