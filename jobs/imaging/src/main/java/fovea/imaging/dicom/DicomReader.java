package fovea.imaging.dicom;

import fovea.contract.capture.RejectionReason;
import fovea.imaging.dicom.Elements.Element;
import fovea.imaging.dicom.Pixels.Colours;

/**
 * Reads DICOM part 10 files. The header is judged first: no memory is taken for what it claims, no
 * element is read that is not on the list of {@link Tags}.
 */
public final class DicomReader {
  private static final int META = 132;
  private static final int META_GROUP = 2;

  private DicomReader() {}

  /**
   * The photograph in a file.
   *
   * @param content at least 132 bytes with {@code DICM} at 128
   * @throws DicomRefusal where there is none that may be taken; nothing else, whatever the bytes
   */
  public static DicomPhotograph read(byte[] content) {
    Elements meta = new Elements(content, META, metaEnd(content), Elements.Vrs.EXPLICIT);
    DataSet information = DataSet.read(content, meta, Elements.Vrs.EXPLICIT, Tags.META);
    String uid = information.text(Tags.TRANSFER_SYNTAX);
    DicomRefusal.when(uid.isEmpty(), RejectionReason.BAD_HEADER, "no transfer syntax");
    TransferSyntax syntax = TransferSyntax.of(uid);
    return syntax == TransferSyntax.DEFLATED
        ? photograph(Deflated.inflate(content, meta.at()), 0, syntax)
        : photograph(content, meta.at(), syntax);
  }

  // Where the group of the file meta information ends, whatever its length element says.
  private static int metaEnd(byte[] content) {
    Elements elements = new Elements(content, META, content.length, Elements.Vrs.EXPLICIT);
    while (elements.nextGroup() == META_GROUP) {
      elements.next();
    }
    return elements.at();
  }

  private static DicomPhotograph photograph(byte[] content, int from, TransferSyntax syntax) {
    Elements elements = new Elements(content, from, content.length, syntax.vrs());
    DataSet set = DataSet.read(content, elements, syntax.vrs(), Tags.OBJECT);
    SopClass sopClass =
        SopClass.of(set.text(Tags.SOP_CLASS))
            .orElseThrow(
                () -> new DicomRefusal(RejectionReason.UNSUPPORTED_OBJECT, "its SOP class"));
    DicomRefusal.when(
        set.text(Tags.BURNED_IN).equals("YES"), RejectionReason.BURNED_IN_ANNOTATION, "");
    PixelModule module = PixelModule.of(set);
    Element data =
        set.element(Tags.PIXEL_DATA)
            .orElseThrow(() -> new DicomRefusal(RejectionReason.BAD_HEADER, "no pixel data"));
    return new DicomPhotograph(
        DicomAttributes.of(set, sopClass, module.rows(), module.columns()),
        module.columns(),
        module.rows(),
        module.samples(),
        module.stored(),
        pixels(set, module, data, syntax));
  }

  private static Pixels pixels(
      DataSet set, PixelModule module, Element data, TransferSyntax syntax) {
    DicomRefusal.when(
        data.items() != syntax.encapsulated(),
        RejectionReason.BAD_HEADER,
        "pixel data in another form than the transfer syntax says");
    if (syntax == TransferSyntax.JPEG) {
      return jpeg(set, module.photometric(), data);
    }
    return syntax == TransferSyntax.RLE
        ? RunLengths.of(set, module, data)
        : Uncompressed.of(set, module, data);
  }

  private static Pixels jpeg(DataSet set, Photometric photometric, Element data) {
    DicomRefusal.when(
        photometric == Photometric.MONOCHROME1 || photometric == Photometric.PALETTE,
        RejectionReason.UNSUPPORTED_ENCODING,
        "JPEG of inverted grey or of indices");
    return new Pixels.Jpeg(
        Fragments.joined(set, data), photometric == Photometric.RGB ? Colours.RGB : Colours.YCC);
  }
}
