package fovea.ingest;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** An ophthalmic photograph in explicit little endian, its header full of a patient. */
final class DicomFile {
  static final int WIDTH = 40;
  static final int HEIGHT = 34;

  private static final List<String> LONG = List.of("OB");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private DicomFile() {}

  /** {@code name} stands in the patient's name, a private element and a comment. */
  static byte[] of(String name, byte grey, String burnedIn) {
    DicomFile file = new DicomFile();
    file.out.writeBytes(new byte[128]);
    file.out.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
    file.text(0x00020010, "UI", "1.2.840.10008.1.2.1");
    file.text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.77.1.5.1");
    file.text(0x00081090, "LO", "FX-1");
    file.text(0x00090010, "LO", "VENDOR");
    file.text(0x00091001, "LO", name);
    file.text(0x00100010, "PN", name);
    file.text(0x00100030, "DA", "19310203");
    file.text(0x00100040, "CS", "F");
    file.text(0x00101010, "AS", "095Y");
    file.text(0x00204000, "LT", name);
    file.u16(0x00280002, 3);
    file.text(0x00280004, "CS", "RGB");
    file.u16(0x00280010, HEIGHT);
    file.u16(0x00280011, WIDTH);
    file.u16(0x00280100, 8);
    file.u16(0x00280101, 8);
    file.u16(0x00280102, 7);
    file.text(0x00280301, "CS", burnedIn);
    byte[] pixels = new byte[WIDTH * HEIGHT * 3];
    Arrays.fill(pixels, grey);
    file.write(0x7fe00010, "OB", pixels);
    return file.out.toByteArray();
  }

  private void text(int tag, String vr, String value) {
    String even = value.length() % 2 == 0 ? value : value + (vr.equals("UI") ? "\0" : " ");
    write(tag, vr, even.getBytes(StandardCharsets.US_ASCII));
  }

  private void u16(int tag, int value) {
    write(tag, "US", new byte[] {(byte) value, (byte) (value >> 8)});
  }

  private void write(int tag, String vr, byte[] value) {
    ByteBuffer head = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    head.putShort((short) (tag >> 16)).putShort((short) tag);
    head.put(vr.getBytes(StandardCharsets.US_ASCII));
    if (LONG.contains(vr)) {
      head.putShort((short) 0).putInt(value.length);
    } else {
      head.putShort((short) value.length);
    }
    out.write(head.array(), 0, head.position());
    out.writeBytes(value);
  }
}
