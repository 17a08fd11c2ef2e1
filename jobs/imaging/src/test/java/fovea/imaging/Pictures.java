package fovea.imaging;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Rect;
import org.opencv.core.Scalar;

/** Small pictures with known answers, and the bytes to spoil them with. */
final class Pictures {
  static final int WIDTH = 96;
  static final int HEIGHT = 64;

  private Pictures() {}

  /** Grey, with a red block in the upper left and a blue one in the upper right corner. */
  static Mat corners(Mats mats) {
    Mat picture = mats.own(new Mat(HEIGHT, WIDTH, CvType.CV_8UC3, new Scalar(90, 90, 90)));
    mats.own(picture.submat(new Rect(0, 0, 24, 24))).setTo(new Scalar(0, 0, 255));
    mats.own(picture.submat(new Rect(WIDTH - 24, 0, 24, 24))).setTo(new Scalar(255, 0, 0));
    return picture;
  }

  static byte[] jpeg() {
    try (Mats mats = new Mats()) {
      return Encoder.jpeg(corners(mats), 95);
    }
  }

  static byte[] png() {
    try (Mats mats = new Mats()) {
      return Encoder.png(corners(mats));
    }
  }

  /** Puts an EXIF segment with orientation and model directly behind SOI. */
  static byte[] withExif(byte[] jpeg, int orientation, String model) {
    byte[] text = (model + "\0").getBytes(StandardCharsets.UTF_8);
    ByteBuffer tiff = ByteBuffer.allocate(64 + text.length).order(ByteOrder.LITTLE_ENDIAN);
    tiff.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8).putShort((short) 2);
    tiff.putShort((short) 0x0110).putShort((short) 2).putInt(text.length).putInt(64);
    tiff.putShort((short) 0x0112).putShort((short) 3).putInt(1).putInt(orientation);
    tiff.position(64).put(text);
    ByteBuffer app1 = ByteBuffer.allocate(10 + tiff.capacity());
    app1.putShort((short) 0xffe1).putShort((short) (8 + tiff.capacity()));
    app1.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII)).put(tiff.array());
    return inserted(jpeg, 2, app1.array());
  }

  static byte[] chunk(String type, byte[] data) {
    byte[] letters = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(letters);
    crc.update(data);
    return ByteBuffer.allocate(12 + data.length)
        .putInt(data.length)
        .put(letters)
        .put(data)
        .putInt((int) crc.getValue())
        .array();
  }

  static byte[] inserted(byte[] content, int at, byte[] more) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(content, 0, at);
    bytes.write(more, 0, more.length);
    bytes.write(content, at, content.length - at);
    return bytes.toByteArray();
  }

  /** Where the first marker of this kind stands: its FF. */
  static int marker(byte[] jpeg, int marker) {
    for (int i = 0; i + 1 < jpeg.length; i++) {
      if ((jpeg[i] & 0xff) == 0xff && (jpeg[i + 1] & 0xff) == marker) {
        return i;
      }
    }
    throw new IllegalArgumentException("no such marker");
  }
}
