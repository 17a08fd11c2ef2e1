package fovea.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.contract.capture.ImageFormat;
import fovea.contract.capture.RejectionReason;
import fovea.imaging.Deidentifier.Deidentification;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DeidentifierTest {
  private static final int WIDTH = 40;
  private static final int HEIGHT = 34;

  @Test
  void names_dates_and_private_elements_leave_neither_in_the_pixels_nor_in_the_attributes() {
    byte[] content =
        photograph()
            .text(0x00080012, "DA", "19991231")
            .text(0x00080070, "LO", "Optics \"Ltd\"\n")
            .text(0x00081090, "LO", "FX-1 {x}")
            .text(0x00090010, "LO", "VENDOR")
            .text(0x00091001, "LO", "PLANTED^PRIVATE")
            .text(0x00100010, "PN", "PLANTED^NAME")
            .text(0x00100020, "LO", "PLANTED-ID")
            .text(0x00100030, "DA", "19240101")
            .text(0x00100040, "CS", "F")
            .text(0x00101010, "AS", "092Y")
            .text(0x00104000, "LT", "PLANTED comment")
            .text(0x00200062, "CS", "R")
            .bytes(0x0022000c, "FL", le(4).putFloat(45).array())
            .bytes(0x00220015, "SQ", concept("409898007", "SCT", "PLANTED meaning"))
            .text(0x00280301, "CS", "NO")
            .write(DicomFile.EXPLICIT);
    Deidentification.Clean clean = Dicoms.clean(content);
    assertThat(clean.attributes())
        .isEqualTo(
            "{\"sopClass\":\"1.2.840.10008.5.1.4.1.1.77.1.5.1\",\"manufacturer\":\"Optics Ltd\","
                + "\"model\":\"FX-1 x\",\"laterality\":\"right\",\"device\":\"SCT:409898007\","
                + "\"fieldOfView\":45.0,\"rows\":34,\"columns\":40,\"age\":\"90+\",\"sex\":\"F\"}");
    assertThat(clean.header().camera()).contains("FX-1 x");
    assertThat(clean.header().format()).isEqualTo(ImageFormat.DICOM);
    assertThat(ImageFormat.sniff(clean.content())).contains(ImageFormat.PNG);
    for (String planted : new String[] {"PLANTED", "VENDOR", "1924", "1999", "DICM"}) {
      assertThat(Dicoms.contains(clean.content(), planted)).as(planted).isFalse();
      assertThat(clean.attributes()).doesNotContain(planted);
    }
  }

  @Test
  void ages_are_whole_years_up_to_89_and_odd_values_are_dropped() {
    assertThat(age("089Y")).isEqualTo("\"89\"");
    assertThat(age("090Y")).isEqualTo("\"90+\"");
    assertThat(age("036M")).isEqualTo("\"3\"");
    assertThat(age("36M")).isEqualTo("\"3\"");
    assertThat(age("010D")).isEqualTo("\"0\"");
    assertThat(age("999Y")).isEmpty();
    assertThat(age("old")).isEmpty();
  }

  @Test
  void what_breaks_the_limits_or_lies_is_refused_from_the_header() {
    assertRefused(
        f -> f.u16(0x00280010, 60000).u16(0x00280011, 60000), RejectionReason.TOO_MANY_PIXELS);
    assertRefused(f -> f.u16(0x00280010, 0), RejectionReason.BAD_HEADER);
    assertRefused(f -> f.u16(0x00280010, 8), RejectionReason.TOO_FEW_PIXELS);
    assertRefused(f -> f.u16(0x00280010, HEIGHT + 1), RejectionReason.TRUNCATED);
    assertRefused(f -> f.u16(0x00280010, HEIGHT - 1), RejectionReason.BAD_HEADER);
    assertRefused(f -> f.text(0x00280008, "IS", "2"), RejectionReason.ANIMATED);
    assertRefused(f -> f.text(0x00280008, "IS", "many"), RejectionReason.BAD_HEADER);
    assertRefused(f -> f.u16(0x00280002, 4), RejectionReason.BAD_HEADER);
    assertRefused(f -> f.u16(0x00280103, 1), RejectionReason.UNSUPPORTED_ENCODING);
    assertRefused(f -> f.u16(0x00280100, 32), RejectionReason.UNSUPPORTED_ENCODING);
    assertRefused(f -> f.text(0x00280004, "CS", "CMYK"), RejectionReason.UNSUPPORTED_ENCODING);
    assertRefused(f -> f.text(0x00280301, "CS", "YES"), RejectionReason.BURNED_IN_ANNOTATION);
    assertRefused(
        f -> f.text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.2"),
        RejectionReason.UNSUPPORTED_OBJECT);
    assertRefused(f -> f.without(DicomFile.PIXELS), RejectionReason.BAD_HEADER);
    assertRefused(
        f -> f.lying(DicomFile.PIXELS, "OB", new byte[100], 0x7fffffff), RejectionReason.TRUNCATED);
    assertRefused(f -> f.lying(0x00081090, "LO", new byte[4], 0xfffe), RejectionReason.TRUNCATED);
  }

  @Test
  void encodings_that_are_not_read_are_told_apart_from_damage() {
    DicomFile file = photograph();
    assertThat(reason(file.write(DicomFile.JPEG_2000)))
        .isEqualTo(RejectionReason.UNSUPPORTED_ENCODING);
    assertThat(reason(file.write("1.2.3"))).isEqualTo(RejectionReason.UNSUPPORTED_ENCODING);
    assertThat(reason(file.write(""))).isEqualTo(RejectionReason.BAD_HEADER);
    assertThat(reason(file.write(DicomFile.RLE))).isEqualTo(RejectionReason.BAD_HEADER);
    assertThat(reason(file.fragments(new byte[200]).write(DicomFile.RLE)))
        .isEqualTo(RejectionReason.BAD_HEADER);
    assertThat(reason(file.fragments(new byte[10]).write(DicomFile.RLE)))
        .isEqualTo(RejectionReason.TRUNCATED);
    assertThat(reason(file.fragments(new byte[200]).write(DicomFile.JPEG)))
        .isEqualTo(RejectionReason.DECODE_FAILED);
    assertThat(reason(file.fragments(Pictures.jpeg()).write(DicomFile.JPEG)))
        .as("the JPEG has another size")
        .isEqualTo(RejectionReason.BAD_HEADER);
  }

  @Test
  void a_deflated_data_set_that_swells_is_refused_while_it_is_measured() {
    DicomFile file = photograph().lying(DicomFile.PIXELS, "OB", new byte[120_000_000], 120_000_000);
    byte[] content = file.write(DicomFile.DEFLATED);
    assertThat(content.length).isLessThan(200_000);
    assertThat(reason(content)).isEqualTo(RejectionReason.FILE_TOO_LARGE);
    assertThat(reason(Arrays.copyOf(content, content.length / 2)))
        .isIn(RejectionReason.FILE_TOO_LARGE, RejectionReason.TRUNCATED);
  }

  @Test
  void sequences_nested_without_end_are_refused_and_a_second_value_for_a_tag_too() {
    ByteBuffer nested = le(12 * 2000);
    for (int i = 0; i < 1000; i++) {
      nested.putShort((short) 0xfffe).putShort((short) 0xe000).putInt(-1);
      nested.putShort((short) 0x0008).putShort((short) 0x1140);
      nested.put("SQ".getBytes(StandardCharsets.US_ASCII));
      nested.putShort((short) 0).putInt(-1);
    }
    assertRefused(f -> f.lying(0x00081140, "SQ", nested.array(), -1), RejectionReason.BAD_HEADER);
    byte[] sound = photograph().write(DicomFile.EXPLICIT);
    byte[] twice =
        Pictures.inserted(
            sound,
            sound.length - photograph().dataSet(DicomFile.EXPLICIT).length,
            new DicomFile().u16(0x00280010, HEIGHT).dataSet(DicomFile.EXPLICIT));
    assertThat(reason(twice)).isEqualTo(RejectionReason.BAD_HEADER);
  }

  @Test
  void no_cut_and_no_flipped_byte_makes_it_throw() {
    byte[] raw = photograph().text(0x00081090, "LO", "FX").write(DicomFile.EXPLICIT);
    byte[] packed =
        DicomFile.header(Pictures.WIDTH, Pictures.HEIGHT, "YBR_FULL_422")
            .fragments(Pictures.jpeg())
            .write(DicomFile.JPEG);
    for (byte[] content : new byte[][] {raw, packed}) {
      for (int i = 0; i < 700; i += 3) {
        byte[] flipped = content.clone();
        flipped[132 + i] ^= (byte) (1 << i % 8);
        assertThat(Deidentifier.deidentify(flipped)).isNotNull();
        assertThat(Deidentifier.deidentify(Arrays.copyOf(content, 132 + i)))
            .isInstanceOf(Deidentification.Refused.class);
      }
    }
  }

  private static String age(String text) {
    byte[] content = photograph().text(0x00101010, "AS", text).write(DicomFile.EXPLICIT);
    Matcher age =
        Pattern.compile("\"age\":(\"[^\"]*\")").matcher(Dicoms.clean(content).attributes());
    return age.find() ? age.group(1) : "";
  }

  private static void assertRefused(UnaryOperator<DicomFile> spoil, RejectionReason reason) {
    byte[] content = spoil.apply(photograph()).write(DicomFile.EXPLICIT);
    assertThat(reason(content)).isEqualTo(reason);
    assertThat(HeaderInspector.inspect(content)).isInstanceOf(Inspection.Rejected.class);
  }

  private static RejectionReason reason(byte[] content) {
    Deidentification answer = Deidentifier.deidentify(content);
    assertThat(answer).isInstanceOf(Deidentification.Refused.class);
    return ((Deidentification.Refused) answer).reason();
  }

  private static DicomFile photograph() {
    byte[] pixels = new byte[WIDTH * HEIGHT * 3];
    Arrays.fill(pixels, (byte) 99);
    return DicomFile.header(WIDTH, HEIGHT, "RGB").bytes(DicomFile.PIXELS, "OB", pixels);
  }

  private static byte[] concept(String code, String scheme, String meaning) {
    byte[] item =
        new DicomFile()
            .text(0x00080100, "SH", code)
            .text(0x00080102, "SH", scheme)
            .text(0x00080104, "LO", meaning)
            .dataSet(DicomFile.EXPLICIT);
    return Pictures.inserted(item, 0, DicomFile.item(item.length));
  }

  private static ByteBuffer le(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
