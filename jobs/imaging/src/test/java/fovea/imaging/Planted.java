package fovea.imaging;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;

/** Pictures with a canary in every place that is no pixel. */
final class Planted {
  static final String CANARY = "CANARY";
  private static final byte[] WORD = (CANARY + "-Jane-Doe\0").getBytes(StandardCharsets.US_ASCII);
  private static final int TIFF_DATA = 256;

  private Planted() {}

  /**
   * EXIF with owner, GPS and maker note, preview, XMP, ICC, IPTC, comment, bytes behind the end.
   */
  static byte[] jpeg(byte[] picture) {
    ByteArrayOutputStream segments = new ByteArrayOutputStream();
    segment(segments, 0xe1, "Exif\0\0", exif(preview()));
    segment(segments, 0xe1, "http://ns.adobe.com/xap/1.0/\0", WORD);
    segment(segments, 0xe2, "ICC_PROFILE\0\1\1", WORD);
    segment(segments, 0xed, "Photoshop 3.0\0", WORD);
    segment(segments, 0xfe, "", WORD);
    byte[] planted = Pictures.inserted(picture, 2, segments.toByteArray());
    return Pictures.inserted(planted, planted.length, WORD);
  }

  /** Text of all three kinds, a profile, EXIF, a time, bytes behind the end. */
  static byte[] png(byte[] picture) {
    ByteArrayOutputStream chunks = new ByteArrayOutputStream();
    chunk(chunks, "iCCP", joined("name\0\0", deflated()));
    chunk(chunks, "tEXt", joined("Author\0", WORD));
    chunk(chunks, "zTXt", joined("Author\0\0", deflated()));
    chunk(chunks, "iTXt", joined("Author\0\0\0\0\0", WORD));
    chunk(chunks, "eXIf", exif(preview()));
    byte[] planted = Pictures.inserted(picture, 33, chunks.toByteArray());
    return Pictures.inserted(planted, planted.length, WORD);
  }

  /**
   * Little-endian TIFF: artist, owner's GPS directory and maker note hold the canary; the time of
   * capture is 4 March 2021, 05:06:07; the second directory points at a preview.
   */
  static byte[] exif(byte[] preview) {
    ByteBuffer tiff = ByteBuffer.allocate(1024 + preview.length).order(ByteOrder.LITTLE_ENDIAN);
    tiff.put("II".getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(8);
    tiff.putShort((short) 4);
    entry(tiff, 0x010f, 2, 4, 'A' | 'c' << 8);
    entry(tiff, 0x013b, 2, WORD.length, TIFF_DATA);
    entry(tiff, 0x8769, 4, 1, 80);
    entry(tiff, 0x8825, 4, 1, 140);
    tiff.putInt(180);
    tiff.position(80).putShort((short) 2);
    entry(tiff, 0x9003, 2, 20, TIFF_DATA + 64);
    entry(tiff, 0x927c, 7, WORD.length, TIFF_DATA + 128);
    tiff.position(140).putShort((short) 1);
    entry(tiff, 0x001d, 2, WORD.length, TIFF_DATA + 192);
    tiff.position(180).putShort((short) 2);
    entry(tiff, 0x0201, 4, 1, 1024);
    entry(tiff, 0x0202, 4, 1, preview.length);
    tiff.position(TIFF_DATA).put(WORD);
    tiff.position(TIFF_DATA + 64).put("2021:03:04 05:06:07\0".getBytes(StandardCharsets.US_ASCII));
    tiff.position(TIFF_DATA + 128).put(WORD);
    tiff.position(TIFF_DATA + 192).put(WORD);
    tiff.position(1024).put(preview);
    return tiff.array();
  }

  private static void entry(ByteBuffer tiff, int tag, int type, int count, int value) {
    tiff.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
  }

  // Green, which none of the pictures is.
  private static byte[] preview() {
    try (Mats mats = new Mats()) {
      return Encoder.jpeg(mats.own(new Mat(60, 80, CvType.CV_8UC3, new Scalar(0, 255, 0))), 90);
    }
  }

  private static void segment(ByteArrayOutputStream out, int marker, String name, byte[] data) {
    int length = 2 + name.length() + data.length;
    out.writeBytes(new byte[] {(byte) 0xff, (byte) marker, (byte) (length >> 8), (byte) length});
    out.writeBytes(joined(name, data));
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
    out.writeBytes(Pictures.chunk(type, data));
  }

  private static byte[] joined(String name, byte[] data) {
    return Pictures.inserted(name.getBytes(StandardCharsets.ISO_8859_1), name.length(), data);
  }

  private static byte[] deflated() {
    Deflater deflater = new Deflater(Deflater.NO_COMPRESSION);
    deflater.setInput(WORD);
    deflater.finish();
    byte[] bytes = new byte[WORD.length + 32];
    int length = deflater.deflate(bytes);
    deflater.end();
    return java.util.Arrays.copyOf(bytes, length);
  }
}
