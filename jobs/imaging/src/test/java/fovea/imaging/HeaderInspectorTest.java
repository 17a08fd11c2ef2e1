package fovea.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.contract.capture.ImageFormat;
import fovea.contract.capture.RejectionReason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HeaderInspectorTest {
  private static final int PNG_AFTER_IHDR = 33;

  @Test
  void a_jpeg_tells_its_facts() {
    ImageHeader header = accepted(Pictures.withExif(Pictures.jpeg(), 6, "Fundus <b>C-1"));
    assertThat(header)
        .isEqualTo(
            new ImageHeader(
                ImageFormat.JPEG, 96, 64, 3, 8, 1, false, 6, Optional.of("Fundus bC-1")));
    assertThat(header.uprightWidth()).isEqualTo(64);
    assertThat(header.uprightHeight()).isEqualTo(96);
  }

  @Test
  void a_png_tells_its_facts() {
    assertThat(accepted(Pictures.png()))
        .isEqualTo(new ImageHeader(ImageFormat.PNG, 96, 64, 3, 8, 1, false, 1, Optional.empty()));
  }

  @Test
  void every_shorter_copy_of_a_picture_is_refused() {
    for (byte[] whole : new byte[][] {Pictures.jpeg(), Pictures.png()}) {
      for (int length = 0; length < whole.length; length++) {
        assertThat(HeaderInspector.inspect(Arrays.copyOf(whole, length)))
            .as("%d of %d bytes", length, whole.length)
            .isInstanceOf(Inspection.Rejected.class);
      }
    }
  }

  @Test
  void an_end_marker_behind_a_torn_jpeg_does_not_make_it_whole() {
    byte[] jpeg = Pictures.jpeg();
    int scan = Pictures.marker(jpeg, 0xda);
    byte[] torn = Arrays.copyOf(jpeg, scan + 20);
    torn[scan + 18] = (byte) 0xff;
    torn[scan + 19] = (byte) 0xd9;
    assertThat(reason(torn)).isEqualTo(RejectionReason.TRUNCATED);
  }

  @Test
  void spoiled_bytes_never_throw_and_never_pass_the_limits() {
    Random random = new Random(7);
    byte[][] wholes = {Pictures.withExif(Pictures.jpeg(), 3, "C"), Pictures.png()};
    for (int round = 0; round < 4000; round++) {
      byte[] spoiled = wholes[round % 2].clone();
      for (int i = 0; i <= random.nextInt(8); i++) {
        int most = random.nextBoolean() ? 200 : spoiled.length;
        spoiled[random.nextInt(Math.min(most, spoiled.length))] = (byte) random.nextInt();
      }
      if (HeaderInspector.inspect(spoiled) instanceof Inspection.Accepted yes) {
        assertThat(yes.header().pixels()).as("round %d", round).isLessThan(100_000_001L);
      }
    }
  }

  @Test
  void a_pixel_flood_is_refused_by_its_header() {
    byte[] jpeg = Pictures.jpeg();
    ByteBuffer.wrap(jpeg).putInt(Pictures.marker(jpeg, 0xc0) + 5, 0xffdc_ffdc);
    assertThat(reason(jpeg)).isEqualTo(RejectionReason.TOO_MANY_PIXELS);
    byte[] png = Pictures.png();
    ByteBuffer.wrap(png).putInt(16, Integer.MAX_VALUE).putInt(20, -1);
    assertThat(reason(png)).isEqualTo(RejectionReason.TOO_MANY_PIXELS);
    ByteBuffer.wrap(png).putInt(16, 10_001).putInt(20, 10_001);
    assertThat(reason(png)).isEqualTo(RejectionReason.TOO_MANY_PIXELS);
    ByteBuffer.wrap(png).putInt(16, 4).putInt(20, 4);
    assertThat(reason(png)).isEqualTo(RejectionReason.TOO_FEW_PIXELS);
  }

  @Test
  void a_header_that_claims_more_than_its_data_can_hold_is_refused() {
    byte[] jpeg = Pictures.jpeg();
    ByteBuffer.wrap(jpeg).putInt(Pictures.marker(jpeg, 0xc0) + 5, 9000 << 16 | 9000);
    assertThat(reason(jpeg)).isEqualTo(RejectionReason.TRUNCATED);
  }

  @Test
  void a_second_frame_header_is_refused() {
    byte[] jpeg = Pictures.jpeg();
    int frame = Pictures.marker(jpeg, 0xc0);
    byte[] copy = Arrays.copyOfRange(jpeg, frame, frame + 19);
    assertThat(reason(Pictures.inserted(jpeg, frame, copy))).isEqualTo(RejectionReason.BAD_HEADER);
  }

  @Test
  void eighty_thousand_scans_are_refused() {
    byte[] jpeg = Pictures.jpeg();
    int scan = Pictures.marker(jpeg, 0xda);
    byte[] one = Arrays.copyOfRange(jpeg, scan, scan + 14);
    ByteBuffer many = ByteBuffer.allocate(one.length * 80_000);
    while (many.hasRemaining()) {
      many.put(one);
    }
    assertThat(reason(Pictures.inserted(jpeg, scan, many.array())))
        .isEqualTo(RejectionReason.TOO_MANY_SCANS);
  }

  @Test
  void an_animated_png_is_refused() {
    byte[] control = Pictures.chunk("acTL", new byte[] {0, 0, 0, 2, 0, 0, 0, 0});
    assertThat(reason(Pictures.inserted(Pictures.png(), PNG_AFTER_IHDR, control)))
        .isEqualTo(RejectionReason.ANIMATED);
  }

  @Test
  void a_flipped_byte_of_png_data_is_refused() {
    byte[] png = Pictures.png();
    png[png.length - 30] ^= 1;
    assertThat(reason(png)).isEqualTo(RejectionReason.DECODE_FAILED);
  }

  @Test
  void other_formats_are_refused_by_content() {
    for (String head : new String[] {"GIF89a", "BM", "RIFF....WEBP", "II*\0", "<html>"}) {
      byte[] content = Arrays.copyOf(head.getBytes(StandardCharsets.ISO_8859_1), 400);
      assertThat(reason(content)).isEqualTo(RejectionReason.UNSUPPORTED_TYPE);
    }
    byte[] dicom = new byte[400];
    System.arraycopy("DICM".getBytes(StandardCharsets.US_ASCII), 0, dicom, 128, 4);
    assertThat(reason(dicom)).isEqualTo(RejectionReason.BAD_HEADER);
    assertThat(reason(new byte[0])).isEqualTo(RejectionReason.EMPTY_FILE);
  }

  private static ImageHeader accepted(byte[] content) {
    Inspection inspected = HeaderInspector.inspect(content);
    assertThat(inspected).isInstanceOf(Inspection.Accepted.class);
    return ((Inspection.Accepted) inspected).header();
  }

  private static RejectionReason reason(byte[] content) {
    Inspection inspected = HeaderInspector.inspect(content);
    assertThat(inspected).isInstanceOf(Inspection.Rejected.class);
    return ((Inspection.Rejected) inspected).reason();
  }
}
