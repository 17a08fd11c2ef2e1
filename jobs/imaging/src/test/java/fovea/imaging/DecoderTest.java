package fovea.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.contract.capture.RejectionReason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;

class DecoderTest {
  // Where the stored upper left (red) and upper right (blue) corner belong: EXIF 2.32, tag 0x0112.
  @ParameterizedTest
  @CsvSource({
    "1, left-top, right-top", "2, right-top, left-top", "3, right-bottom, left-bottom",
    "4, left-bottom, right-bottom", "5, left-top, left-bottom", "6, right-top, right-bottom",
    "7, right-bottom, right-top", "8, left-bottom, left-top"
  })
  void every_exif_orientation_comes_out_upright(int orientation, String red, String blue) {
    try (Mats mats = new Mats()) {
      byte[] content = Pictures.withExif(Pictures.jpeg(), orientation, "C");
      Mat upright = decoded(content, mats);
      assertThat(upright.cols()).isEqualTo(orientation < 5 ? 96 : 64);
      assertThat(corner(upright, red)[2]).isGreaterThan(230);
      assertThat(corner(upright, blue)[0]).isGreaterThan(230);
    }
  }

  @Test
  void a_grey_picture_becomes_colour() {
    try (Mats mats = new Mats()) {
      Mat grey = mats.own(new Mat(40, 50, CvType.CV_8UC1, new Scalar(77)));
      for (byte[] content : List.of(Encoder.png(grey), Encoder.jpeg(grey, 95))) {
        assertThat(decoded(content, mats).get(20, 20)).containsExactly(77, 77, 77);
      }
    }
  }

  @Test
  void sixteen_bits_keep_their_brightness() {
    try (Mats mats = new Mats()) {
      Mat deep = mats.own(new Mat(40, 50, CvType.CV_16UC3, new Scalar(0, 32768, 65535)));
      assertThat(decoded(Encoder.png(deep), mats).get(20, 20)).containsExactly(0, 128, 255);
    }
  }

  @Test
  void what_is_transparent_becomes_black() {
    try (Mats mats = new Mats()) {
      Mat half = mats.own(new Mat(40, 50, CvType.CV_8UC4, new Scalar(200, 100, 50, 255)));
      mats.own(half.colRange(0, 25)).setTo(new Scalar(200, 100, 50, 0));
      Mat decoded = decoded(Encoder.png(half), mats);
      assertThat(decoded.get(20, 5)).containsExactly(0, 0, 0);
      assertThat(decoded.get(20, 45)).containsExactly(200, 100, 50);
    }
  }

  @Test
  void a_torn_picture_is_refused_not_half_decoded() {
    byte[] torn = Arrays.copyOf(Pictures.jpeg(), Pictures.jpeg().length / 2);
    try (Mats mats = new Mats()) {
      assertThat(Decoder.decode(torn, mats)).isInstanceOf(Decoding.Refused.class);
    }
    assertThat(Decoder.verify(torn)).contains(RejectionReason.TRUNCATED);
    assertThat(Decoder.verify(Pictures.jpeg())).isEmpty();
    assertThat(Decoder.verify(Pictures.png())).isEmpty();
  }

  @Test
  void png_data_that_does_not_inflate_is_refused() {
    byte[] png = Pictures.png();
    byte[] head = Arrays.copyOf(png, 33);
    byte[] garbage = new byte[200];
    new Random(1).nextBytes(garbage);
    byte[] spoiled = Pictures.inserted(head, 33, Pictures.chunk("IDAT", garbage));
    spoiled = Pictures.inserted(spoiled, spoiled.length, Pictures.chunk("IEND", new byte[0]));
    assertThat(Decoder.verify(spoiled)).contains(RejectionReason.DECODE_FAILED);
    try (Mats mats = new Mats()) {
      assertThat(Decoder.decode(spoiled, mats)).isInstanceOf(Decoding.Refused.class);
    }
  }

  @Test
  void spoiled_bytes_never_throw() {
    Random random = new Random(11);
    byte[][] wholes = {Pictures.withExif(Pictures.jpeg(), 3, "C"), Pictures.png()};
    for (int round = 0; round < 100; round++) {
      byte[] spoiled = wholes[round % 2].clone();
      spoiled[random.nextInt(spoiled.length)] = (byte) random.nextInt();
      try (Mats mats = new Mats()) {
        Decoding decoding = Decoder.decode(spoiled, mats);
        boolean refused = decoding instanceof Decoding.Refused;
        assertThat(Decoder.verify(spoiled).isPresent()).as("round %d", round).isEqualTo(refused);
      }
    }
  }

  @Test
  void nothing_of_the_metadata_reaches_a_derivative() {
    byte[] canary = "CANARY-NAME".getBytes(StandardCharsets.US_ASCII);
    byte[] png = Pictures.inserted(Pictures.png(), 33, Pictures.chunk("tEXt", canary));
    for (byte[] content : List.of(png, Pictures.withExif(Pictures.jpeg(), 1, "CANARY-NAME"))) {
      try (Mats mats = new Mats()) {
        Mat pixels = decoded(content, mats);
        for (byte[] derived : List.of(Encoder.png(pixels), Encoder.jpeg(pixels, 90))) {
          assertThat(new String(derived, StandardCharsets.ISO_8859_1)).doesNotContain("CANARY");
        }
      }
    }
  }

  @Test
  void a_decoded_picture_keeps_its_pixels() {
    try (Mats mats = new Mats()) {
      Mat difference = mats.mat();
      Core.absdiff(Pictures.corners(mats), decoded(Pictures.png(), mats), difference);
      assertThat(Core.sumElems(difference).val).containsExactly(0, 0, 0, 0);
    }
  }

  private static Mat decoded(byte[] content, Mats mats) {
    Decoding decoding = Decoder.decode(content, mats);
    assertThat(decoding).isInstanceOf(Decoding.Decoded.class);
    return ((Decoding.Decoded) decoding).bgr();
  }

  private static double[] corner(Mat picture, String where) {
    int column = where.startsWith("left") ? 8 : picture.cols() - 9;
    return picture.get(where.endsWith("top") ? 8 : picture.rows() - 9, column);
  }
}
