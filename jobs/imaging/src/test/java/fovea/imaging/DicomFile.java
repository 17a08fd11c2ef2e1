package fovea.imaging;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.Deflater;

/** Writes DICOM part 10 files, sound and spoiled ones. */
final class DicomFile {
  static final String IMPLICIT = "1.2.840.10008.1.2";
  static final String EXPLICIT = "1.2.840.10008.1.2.1";
  static final String DEFLATED = "1.2.840.10008.1.2.1.99";
  static final String JPEG = "1.2.840.10008.1.2.4.50";
  static final String JPEG_2000 = "1.2.840.10008.1.2.4.90";
  static final String RLE = "1.2.840.10008.1.2.5";
  static final String OPHTHALMIC = "1.2.840.10008.5.1.4.1.1.77.1.5.1";
  static final int PIXELS = 0x7fe00010;
  private static final List<String> LONG = List.of("OB", "OW", "SQ", "UN", "UT");

  private record Element(String vr, byte[] value, int length) {}

  private final SortedMap<Long, Element> elements = new TreeMap<>();

  /** An ophthalmic photograph's header of 8 bits a sample, without pixels. */
  static DicomFile header(int columns, int rows, String photometric) {
    return new DicomFile()
        .text(0x00080016, "UI", OPHTHALMIC)
        .u16(0x00280002, photometric.matches("MONO.*|PAL.*") ? 1 : 3)
        .text(0x00280004, "CS", photometric)
        .u16(0x00280006, 0)
        .u16(0x00280010, rows)
        .u16(0x00280011, columns)
        .u16(0x00280100, 8)
        .u16(0x00280101, 8)
        .u16(0x00280102, 7)
        .u16(0x00280103, 0);
  }

  DicomFile text(int tag, String vr, String value) {
    return bytes(tag, vr, value.getBytes(StandardCharsets.UTF_8));
  }

  DicomFile u16(int tag, int... values) {
    ByteBuffer value = ByteBuffer.allocate(values.length * 2).order(ByteOrder.LITTLE_ENDIAN);
    for (int each : values) {
      value.putShort((short) each);
    }
    return bytes(tag, "US", value.array());
  }

  DicomFile bytes(int tag, String vr, byte[] value) {
    byte pad = (byte) (vr.matches("UI|O.|UN|US") ? 0 : ' ');
    byte[] even = value.length % 2 == 0 ? value : Arrays.copyOf(value, value.length + 1);
    if (even.length > value.length) {
      even[value.length] = pad;
    }
    return lying(tag, vr, even, even.length);
  }

  /** A value whose length element says something else. */
  DicomFile lying(int tag, String vr, byte[] value, int length) {
    elements.put(Integer.toUnsignedLong(tag), new Element(vr, value, length));
    return this;
  }

  DicomFile without(int tag) {
    elements.remove(Integer.toUnsignedLong(tag));
    return this;
  }

  /** Encapsulated pixels: an empty table of offsets, then the fragments. */
  DicomFile fragments(byte[]... fragments) {
    ByteArrayOutputStream items = new ByteArrayOutputStream();
    items.writeBytes(item(0));
    for (byte[] fragment : fragments) {
      items.writeBytes(item(fragment.length));
      items.writeBytes(fragment);
    }
    items.writeBytes(new byte[] {(byte) 0xfe, (byte) 0xff, (byte) 0xdd, (byte) 0xe0, 0, 0, 0, 0});
    return lying(PIXELS, "OB", items.toByteArray(), -1);
  }

  static byte[] item(int length) {
    return le(8).putShort((short) 0xfffe).putShort((short) 0xe000).putInt(length).array();
  }

  /** The data set alone. */
  byte[] dataSet(String syntax) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    elements.forEach((tag, element) -> write(out, tag, element, syntax.equals(IMPLICIT)));
    return out.toByteArray();
  }

  /** The file. */
  byte[] write(String syntax) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[128]);
    out.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
    new DicomFile()
        .text(0x00020010, "UI", syntax)
        .elements
        .forEach((tag, element) -> write(out, tag, element, false));
    byte[] set = dataSet(syntax);
    out.writeBytes(syntax.equals(DEFLATED) ? deflated(set) : set);
    return out.toByteArray();
  }

  private static void write(
      ByteArrayOutputStream out, long tag, Element element, boolean implicit) {
    ByteBuffer head = le(12).putShort((short) (tag >> 16)).putShort((short) tag);
    if (implicit) {
      head.putInt(element.length());
    } else {
      head.put(element.vr().getBytes(StandardCharsets.US_ASCII));
      if (LONG.contains(element.vr())) {
        head.putShort((short) 0).putInt(element.length());
      } else {
        head.putShort((short) element.length());
      }
    }
    out.write(head.array(), 0, head.position());
    out.writeBytes(element.value());
  }

  private static byte[] deflated(byte[] set) {
    Deflater deflater = new Deflater(9, true);
    deflater.setInput(set);
    deflater.finish();
    byte[] out = new byte[set.length + 100];
    int size = deflater.deflate(out);
    deflater.end();
    return Arrays.copyOf(out, size);
  }

  private static ByteBuffer le(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
