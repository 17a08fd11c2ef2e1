package fovea.ingest;

import fovea.imaging.HeaderInspector;
import fovea.imaging.ImageHeader;
import fovea.imaging.Inspection;
import fovea.imaging.PixelsAlone;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import javax.imageio.ImageIO;

/** Pictures that no two seeds share. */
public final class Pictures {
  private Pictures() {}

  /** A disc of dots, 96 x 80 pixels. */
  public static byte[] jpeg(long seed) {
    BufferedImage picture = new BufferedImage(96, 80, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = picture.createGraphics();
    Random random = new Random(seed);
    for (int i = 0; i < 60; i++) {
      pen.setColor(new Color(random.nextInt(1 << 24)));
      pen.fillOval(random.nextInt(90), random.nextInt(70), 12, 12);
    }
    pen.dispose();
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
      ImageIO.write(picture, "jpg", bytes);
      return bytes.toByteArray();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The same with EXIF: taken on 4 March 2021 at 05:06:07, upside down, owned by a canary. */
  public static byte[] taken(byte[] jpeg) {
    byte[] owner = ascii("CANARY\0");
    ByteBuffer app1 = ByteBuffer.allocate(160);
    app1.putShort((short) 0xffe1).putShort((short) 158).put(ascii("Exif\0\0"));
    app1.put(ascii("MM")).putShort((short) 42).putInt(8).putShort((short) 3);
    entry(app1, 0x0112, 3, 1, 3 << 16);
    entry(app1, 0x013b, 2, owner.length, 80);
    entry(app1, 0x8769, 4, 1, 50);
    app1.putInt(0).putShort((short) 1);
    entry(app1, 0x9003, 2, 20, 90);
    app1.position(10 + 80).put(owner);
    app1.position(10 + 90).put(ascii("2021:03:04 05:06:07\0"));
    ByteBuffer whole = ByteBuffer.allocate(jpeg.length + app1.capacity());
    whole.put(jpeg, 0, 2).put(app1.array()).put(jpeg, 2, jpeg.length - 2);
    return whole.array();
  }

  /** What the lake keeps of a picture. */
  static byte[] pixelsAlone(byte[] picture) {
    ImageHeader header = ((Inspection.Accepted) HeaderInspector.inspect(picture)).header();
    return PixelsAlone.of(picture, header);
  }

  private static void entry(ByteBuffer tiff, int tag, int type, int count, int value) {
    tiff.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Lower-case hexadecimal. */
  public static String sha256(byte[] content) {
    return hash("SHA-256", content);
  }

  /** Lower-case hexadecimal. */
  public static String md5(byte[] content) {
    return hash("MD5", content);
  }

  private static String hash(String name, byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(name).digest(content));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
