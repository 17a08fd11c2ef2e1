package fovea.imaging;

import fovea.imaging.dicom.Pixels.Colours;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A JPEG reduced to what makes its pixels: frame, tables and scans. Application segments, comments,
 * stray bytes and whatever follows the end are left out; what three components mean is said in one
 * segment of our own.
 */
final class JpegSegments {
  private static final int COMPONENTS_AT = 7;
  private static final int SAMPLING_AT = 9;
  private static final byte[] ADOBE = "Adobe\0d\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);

  private final Bytes bytes;
  private final ByteArrayOutputStream kept;
  private final Colours unlessTold;
  private boolean jfif;
  private int adobe = -1;
  private int components;
  private boolean halved;

  private JpegSegments(byte[] jpeg, Colours unlessTold) {
    this.bytes = new Bytes(jpeg);
    this.kept = new ByteArrayOutputStream(jpeg.length);
    this.unlessTold = unlessTold;
  }

  /**
   * The pixels alone, bit for bit those of the original.
   *
   * @param jpeg must have passed {@link JpegHeaderReader}
   * @param unlessTold what three components are where neither JFIF nor Adobe says it
   */
  static byte[] pixelsOnly(byte[] jpeg, Colours unlessTold) {
    return new JpegSegments(jpeg, unlessTold).copy();
  }

  private byte[] copy() {
    int at = 2;
    int marker = 0;
    while (marker != 0xd9) {
      at = marker(at);
      marker = bytes.u8(at - 1);
      boolean alone = marker == 0x01 || marker >= 0xd0 && marker <= 0xd9;
      if (!alone) {
        at = segment(marker, at);
      }
    }
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream(kept.size() + 20);
    write(jpeg, 0xff, 0xd8);
    if (components == 3) {
      write(jpeg, 0xff, 0xee, 0, ADOBE.length + 3);
      jpeg.write(ADOBE, 0, ADOBE.length);
      jpeg.write(luminance() ? 1 : 0);
    }
    jpeg.writeBytes(kept.toByteArray());
    write(jpeg, 0xff, 0xd9);
    return jpeg.toByteArray();
  }

  // The order in which libjpeg believes, JFIF, then Adobe; then what stands outside, but for
  // writers
  // that say RGB of everything: components of unlike resolution are no red, green and blue.
  private boolean luminance() {
    if (jfif || adobe >= 0) {
      return jfif || adobe != 0;
    }
    return halved || unlessTold == Colours.YCC;
  }

  // Behind the next marker.
  private int marker(int from) {
    int at = from;
    while (!(bytes.u8(at) == 0xff && bytes.u8(at + 1) != 0 && bytes.u8(at + 1) != 0xff)) {
      at++;
    }
    return at + 2;
  }

  private int segment(int marker, int at) {
    int length = bytes.u16(at);
    int end = at + length;
    if (marker == 0xe0) {
      jfif |= bytes.startsWith(at + 2, "JFIF\0");
    } else if (marker == 0xee && bytes.startsWith(at + 2, "Adobe") && length >= 14) {
      adobe = bytes.u8(at + 13);
    }
    int last = marker == 0xda ? scanEnd(end) : end;
    if (makesPixels(marker)) {
      if (isFrame(marker)) {
        frame(at);
      }
      write(kept, 0xff, marker);
      kept.write(bytes.content(), at, last - at);
    }
    return last;
  }

  // Per component: id, sampling factors, quantisation table (ITU-T T.81, B.2.2).
  private void frame(int at) {
    components = bytes.u8(at + COMPONENTS_AT);
    for (int i = 1; i < components; i++) {
      halved |= bytes.u8(at + SAMPLING_AT + 3 * i) != bytes.u8(at + SAMPLING_AT);
    }
  }

  private int scanEnd(int from) {
    int at = from;
    while (true) {
      int after = bytes.u8(at) == 0xff ? bytes.u8(at + 1) : 0;
      boolean inside = after == 0 || after == 0xff || after >= 0xd0 && after <= 0xd7;
      if (!inside) {
        return at;
      }
      at++;
    }
  }

  private static boolean makesPixels(int marker) {
    boolean table = marker == 0xc4 || marker == 0xcc || marker == 0xdb || marker == 0xdd;
    return table || marker == 0xda || isFrame(marker);
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  private static void write(ByteArrayOutputStream out, int... values) {
    for (int value : values) {
      out.write(value);
    }
  }
}
