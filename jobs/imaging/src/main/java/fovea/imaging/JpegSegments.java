package fovea.imaging;

import fovea.imaging.dicom.Pixels.Colours;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A JPEG reduced to what makes its pixels: frame, tables and scans. Application segments, comments,
 * stray bytes and whatever follows the end are left out; what three components mean is said in one
 * segment of our own.
 */
final class JpegSegments {
  private static final int COMPONENTS_AT = 7;
  private static final int NAME_AT = 8;
  private static final int SAMPLING_AT = 9;
  private static final byte[] ADOBE = "Adobe\0d\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);

  private final Bytes bytes;
  private final ByteArrayOutputStream kept;
  private final Optional<Colours> unlessTold;
  private final int orientation;
  private boolean jfif;
  private int adobe = -1;
  private int components;
  private boolean halved;
  private boolean named;

  private JpegSegments(byte[] jpeg, Optional<Colours> unlessTold, int orientation) {
    this.bytes = new Bytes(jpeg);
    this.kept = new ByteArrayOutputStream(jpeg.length);
    this.unlessTold = unlessTold;
    this.orientation = orientation;
  }

  /**
   * The pixels alone, bit for bit those of the original.
   *
   * @param jpeg must have passed {@link JpegHeaderReader}
   * @param unlessTold what three components are where neither JFIF nor Adobe says it
   */
  static byte[] pixelsOnly(byte[] jpeg, Colours unlessTold) {
    return new JpegSegments(jpeg, Optional.of(unlessTold), 1).copy();
  }

  /**
   * The same for a file that stands alone: what three components are is told by their names where
   * neither JFIF nor Adobe says it, as libjpeg takes them.
   *
   * @param orientation EXIF's, 1 to 8, kept in a segment of our own
   */
  static byte[] pixelsOnly(byte[] jpeg, int orientation) {
    return new JpegSegments(jpeg, Optional.empty(), orientation).copy();
  }

  private static void adobe(ByteArrayOutputStream jpeg, int transform) {
    write(jpeg, 0xff, 0xee, 0, ADOBE.length + 3);
    jpeg.writeBytes(ADOBE);
    jpeg.write(transform);
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
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream(kept.size() + 60);
    write(jpeg, 0xff, 0xd8);
    if (orientation != 1) {
      byte[] exif = Turn.exif(orientation);
      write(jpeg, 0xff, 0xe1, 0, exif.length + 2);
      jpeg.writeBytes(exif);
    }
    if (components == 3) {
      adobe(jpeg, luminance() ? 1 : 0);
    } else if (components == 4 && adobe >= 0) {
      adobe(jpeg, adobe);
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
    return unlessTold.map(told -> halved || told == Colours.YCC).orElse(!named);
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
    named =
        components == 3
            && bytes.u8(at + NAME_AT) == 'R'
            && bytes.u8(at + NAME_AT + 3) == 'G'
            && bytes.u8(at + NAME_AT + 6) == 'B';
  }

  private int scanEnd(int from) {
    int at = bytes.find(0xff, from);
    while (insideScan(bytes.u8(at + 1))) {
      at = bytes.find(0xff, at + 1);
    }
    return at;
  }

  private static boolean insideScan(int afterFf) {
    return afterFf == 0 || afterFf == 0xff || afterFf >= 0xd0 && afterFf <= 0xd7;
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
