package fovea.imaging.dicom;

import fovea.contract.capture.RejectionReason;
import fovea.imaging.dicom.Elements.Element;

/**
 * Three tables of colours (PS3.3, C.7.6.3.1.5 and 6).
 *
 * @param first the index of the first entry
 * @param tables red, green, blue, 8 bits an entry
 */
record Palette(int first, byte[][] tables) {
  private static final Palette NONE = new Palette(0, new byte[0][]);
  private static final int MOST_ENTRIES = 1 << 16;

  /** The palette of an object; empty where its pixels need none. */
  static Palette of(DataSet set, PixelModule module) {
    if (module.photometric() != Photometric.PALETTE) {
      return NONE;
    }
    byte[][] tables = new byte[3][];
    for (int i = 0; i < tables.length; i++) {
      tables[i] = table(set, Tags.RED_DESCRIPTOR + i, Tags.RED_TABLE + i);
    }
    return new Palette(set.u16(Tags.RED_DESCRIPTOR, 1).orElse(0), tables);
  }

  byte colour(int plane, int index) {
    byte[] table = tables[plane];
    return table[Math.max(0, Math.min(index - first, table.length - 1))];
  }

  private static byte[] table(DataSet set, int descriptor, int data) {
    int count = set.required(descriptor);
    int entries = count == 0 ? MOST_ENTRIES : count;
    int bits = set.u16(descriptor, 2).orElse(0);
    Element found =
        set.element(data)
            .orElseThrow(
                () ->
                    new DicomRefusal(
                        RejectionReason.UNSUPPORTED_ENCODING, "a palette without plain tables"));
    int bytes = found.to() - found.from();
    // Entries of 8 bits stand side by side, or each in a word of its own.
    int width = bytes >= entries * 2 ? 2 : 1;
    DicomRefusal.when(
        bits != 8 && bits != 16 || found.items() || bytes < entries || bits == 16 && width == 1,
        RejectionReason.BAD_HEADER,
        "a palette of " + entries + " entries in " + bytes + " bytes");
    byte[] table = new byte[entries];
    for (int i = 0; i < entries; i++) {
      table[i] = set.content()[found.from() + i * width + (bits == 16 ? 1 : 0)];
    }
    return table;
  }
}
