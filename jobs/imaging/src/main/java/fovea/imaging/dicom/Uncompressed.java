package fovea.imaging.dicom;

import fovea.contract.capture.RejectionReason;
import fovea.imaging.dicom.Elements.Element;

/** Uncompressed pixels: exactly as many bytes as the header claims, or one more to be even. */
final class Uncompressed {
  private Uncompressed() {}

  static Pixels.Plain of(DataSet set, PixelModule module, Element data) {
    long found = data.to() - data.from();
    String detail = found + " bytes of pixels for " + module.size();
    DicomRefusal.when(found < module.bytes(), RejectionReason.TRUNCATED, detail);
    DicomRefusal.when(found > module.bytes() + 1, RejectionReason.BAD_HEADER, detail);
    DicomRefusal.when(
        module.photometric() == Photometric.YBR_FULL_422 && module.columns() % 2 != 0,
        RejectionReason.BAD_HEADER,
        "an odd width, colours for two pixels at once");
    Palette palette = Palette.of(set, module);
    return () -> Samples.raster(module, palette, set.content(), data.from());
  }
}
