package fovea.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.contract.capture.ImageFormat;
import fovea.imaging.dicom.Pixels;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.opencv.core.Core;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.MatOfInt;
import org.opencv.imgcodecs.Imgcodecs;

/** Every form of pixels that is read comes out as the same known picture. */
class DicomPixelsTest {
  private static final int WIDTH = 40;
  private static final int HEIGHT = 34;
  private static final byte[] RGB = random(WIDTH * HEIGHT * 3);
  private static final byte[] GREY = random(WIDTH * HEIGHT);

  @Test
  void colours_pixel_by_pixel_and_plane_by_plane_are_the_same_picture_in_every_plain_syntax() {
    DicomFile byPixel = file("RGB").bytes(DicomFile.PIXELS, "OB", RGB);
    DicomFile byPlane = file("RGB").u16(0x00280006, 1).bytes(DicomFile.PIXELS, "OW", planes(RGB));
    for (DicomFile file : new DicomFile[] {byPixel, byPlane}) {
      assertPicture(file.write(DicomFile.EXPLICIT), RGB);
      assertPicture(file.write(DicomFile.IMPLICIT), RGB);
      assertPicture(file.write(DicomFile.DEFLATED), RGB);
    }
  }

  @Test
  void grey_grows_with_the_light_whichever_way_it_is_stored() {
    byte[] inverted = GREY.clone();
    for (int i = 0; i < inverted.length; i++) {
      inverted[i] = (byte) ~inverted[i];
    }
    byte[] wanted = spread(GREY);
    assertPicture(plain("MONOCHROME2", GREY), wanted);
    assertPicture(plain("MONOCHROME1", inverted), wanted);
  }

  @Test
  void twelve_bits_in_sixteen_keep_their_depth_in_the_png_and_white_stays_white() {
    ByteBuffer words = ByteBuffer.allocate(WIDTH * HEIGHT * 2).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      // The upper four bits do not count.
      words.putShort((short) (0xa000 | (i == 0 ? 4095 : i == 1 ? 1 : 0)));
    }
    byte[] content =
        file("MONOCHROME2")
            .u16(0x00280100, 16)
            .u16(0x00280101, 12)
            .u16(0x00280102, 11)
            .bytes(DicomFile.PIXELS, "OW", words.array())
            .write(DicomFile.EXPLICIT);
    try (Mats mats = new Mats()) {
      byte[] png = Dicoms.clean(content).content();
      assertThat(new PngHeaderReader(png).read().bits()).isEqualTo(16);
      Mat bgr = ((Decoding.Decoded) Decoder.decode(content, mats)).bgr();
      assertThat(bgr.get(0, 0)[0]).isEqualTo(255);
      assertThat(bgr.get(0, 2)[0]).isZero();
    }
  }

  @Test
  void luminance_and_colour_differences_become_colours() {
    byte[] grey = new byte[WIDTH * HEIGHT * 3];
    for (int i = 0; i < GREY.length; i++) {
      grey[3 * i] = GREY[i];
      grey[3 * i + 1] = (byte) 128;
      grey[3 * i + 2] = (byte) 128;
    }
    assertPicture(plain("YBR_FULL", grey), spread(GREY));
    byte[] red = new byte[WIDTH * HEIGHT * 2];
    for (int i = 0; i < red.length; i += 4) {
      // Pure red: Y 76, Cb 85, Cr 255.
      red[i] = red[i + 1] = 76;
      red[i + 2] = 85;
      red[i + 3] = (byte) 255;
    }
    byte[] wanted = new byte[WIDTH * HEIGHT * 3];
    for (int i = 0; i < wanted.length; i += 3) {
      wanted[i] = (byte) 254;
    }
    assertPicture(plain("YBR_FULL_422", red), wanted);
  }

  @Test
  void indices_are_looked_up_in_the_palette() {
    byte[] wanted = new byte[WIDTH * HEIGHT * 3];
    DicomFile file = file("PALETTE COLOR");
    for (int plane = 0; plane < 3; plane++) {
      byte[] table = new byte[512];
      for (int i = 0; i < 256; i++) {
        table[2 * i + 1] = (byte) (i * (plane + 1));
      }
      file.u16(0x00281101 + plane, 256, 0, 16).bytes(0x00281201 + plane, "OW", table);
      for (int i = 0; i < GREY.length; i++) {
        wanted[3 * i + plane] = (byte) (GREY[i] * (plane + 1));
      }
    }
    assertPicture(file.bytes(DicomFile.PIXELS, "OB", GREY).write(DicomFile.EXPLICIT), wanted);
  }

  @Test
  void run_lengths_are_unpacked() {
    byte[] flat = RGB.clone();
    Arrays.fill(flat, 300, 900, (byte) 7);
    DicomFile file = file("RGB").fragments(runLengths(flat));
    assertPicture(file.write(DicomFile.RLE), flat);
  }

  @Test
  void an_encapsulated_jpeg_keeps_its_pixels_and_loses_everything_else() {
    byte[] secret = "DOE^JANE".getBytes(StandardCharsets.US_ASCII);
    byte[] jpeg = Pictures.withExif(Pictures.jpeg(), 6, "DOE^JANE");
    byte[] half = Arrays.copyOf(jpeg, 500);
    byte[] rest = Arrays.copyOfRange(jpeg, 500, jpeg.length);
    byte[] content =
        DicomFile.header(Pictures.WIDTH, Pictures.HEIGHT, "YBR_FULL_422")
            .fragments(half, concat(rest, secret))
            .write(DicomFile.JPEG);
    byte[] clean = Dicoms.clean(content).content();
    assertThat(ImageFormat.sniff(clean)).contains(ImageFormat.JPEG);
    assertThat(Dicoms.contains(clean, "DOE")).isFalse();
    assertThat(Dicoms.contains(clean, "Exif")).isFalse();
    try (Mats mats = new Mats()) {
      Mat original = ((Decoding.Decoded) Decoder.decode(Pictures.jpeg(), mats)).bgr();
      Mat made = ((Decoding.Decoded) Decoder.decode(content, mats)).bgr();
      assertThat(Core.norm(original, made, Core.NORM_INF)).isZero();
    }
  }

  @Test
  void red_green_and_blue_in_a_jpeg_that_does_not_say_so_stay_what_they_are() {
    // Grey 90 is stored as luminance 90 and differences 128: taken as colours that is (90, 128,
    // 128).
    assertThat(greyOfSilentJpeg(0x111111)).isEqualTo(new int[] {90, 128, 128});
    // Components of unlike resolution are no colours, whatever DICOM says.
    assertThat(greyOfSilentJpeg(0x221111)).isEqualTo(new int[] {90, 90, 90});
  }

  // Red, green, blue of a grey place in an RGB object whose JPEG has no application segment.
  private static int[] greyOfSilentJpeg(int sampling) {
    try (Mats mats = new Mats()) {
      MatOfByte jpeg = mats.own(new MatOfByte());
      MatOfInt parameters =
          mats.own(
              new MatOfInt(
                  Imgcodecs.IMWRITE_JPEG_QUALITY,
                  100,
                  Imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR,
                  sampling));
      Imgcodecs.imencode(".jpg", Pictures.corners(mats), jpeg, parameters);
      byte[] bare = JpegSegments.pixelsOnly(jpeg.toArray(), Pixels.Colours.YCC);
      byte[] silent = concat(Arrays.copyOf(bare, 2), Arrays.copyOfRange(bare, 18, bare.length));
      byte[] content =
          DicomFile.header(Pictures.WIDTH, Pictures.HEIGHT, "RGB")
              .fragments(silent)
              .write(DicomFile.JPEG);
      Mat made = ((Decoding.Decoded) Decoder.decode(content, mats)).bgr();
      double[] bgr = made.get(Pictures.HEIGHT - 10, Pictures.WIDTH / 2);
      return new int[] {(int) bgr[2], (int) bgr[1], (int) bgr[0]};
    }
  }

  private static DicomFile file(String photometric) {
    return DicomFile.header(WIDTH, HEIGHT, photometric);
  }

  private static byte[] plain(String photometric, byte[] pixels) {
    return file(photometric).bytes(DicomFile.PIXELS, "OB", pixels).write(DicomFile.EXPLICIT);
  }

  private static void assertPicture(byte[] content, byte[] rgb) {
    try (Mats mats = new Mats()) {
      Decoding decoding = Decoder.decode(content, mats);
      assertThat(decoding).isInstanceOf(Decoding.Decoded.class);
      Mat bgr = ((Decoding.Decoded) decoding).bgr();
      byte[] found = new byte[rgb.length];
      bgr.get(0, 0, found);
      for (int i = 0; i < found.length; i += 3) {
        byte blue = found[i];
        found[i] = found[i + 2];
        found[i + 2] = blue;
      }
      assertThat(found).isEqualTo(rgb);
    }
  }

  private static byte[] planes(byte[] rgb) {
    byte[] planes = new byte[rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      planes[i % 3 * (rgb.length / 3) + i / 3] = rgb[i];
    }
    return planes;
  }

  private static byte[] spread(byte[] grey) {
    byte[] rgb = new byte[grey.length * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = grey[i / 3];
    }
    return rgb;
  }

  // PackBits, repeats from three bytes on, each plane a segment.
  private static byte[] runLengths(byte[] rgb) {
    byte[] planes = planes(rgb);
    ByteBuffer header = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putInt(3);
    ByteArrayOutputStream segments = new ByteArrayOutputStream();
    for (int plane = 0; plane < 3; plane++) {
      header.putInt(64 + segments.size());
      int end = (plane + 1) * planes.length / 3;
      int at = plane * planes.length / 3;
      while (at < end) {
        int run = 1;
        while (at + run < end && run < 128 && planes[at + run] == planes[at]) {
          run++;
        }
        segments.write(run > 2 ? 1 - run : 0);
        segments.write(planes[at]);
        at += run > 2 ? run : 1;
      }
      segments.write(segments.size() % 2 == 0 ? new byte[0] : new byte[1], 0, segments.size() % 2);
    }
    return concat(header.array(), segments.toByteArray());
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private static byte[] random(int bytes) {
    byte[] made = new byte[bytes];
    new Random(7).nextBytes(made);
    return made;
  }
}
