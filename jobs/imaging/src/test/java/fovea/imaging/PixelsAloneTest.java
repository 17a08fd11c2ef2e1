package fovea.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fovea.contract.capture.ImageFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opencv.core.Core;
import org.opencv.core.Mat;

class PixelsAloneTest {
  private static final Path DATA = Path.of("../../../shared/data").toAbsolutePath();

  @Test
  void nothing_that_was_planted_beside_the_pixels_is_left() {
    for (byte[] planted : List.of(Planted.jpeg(Pictures.jpeg()), Planted.png(Pictures.png()))) {
      assertThat(text(planted)).contains(Planted.CANARY);
      byte[] alone = alone(planted);
      assertThat(text(alone)).doesNotContain(Planted.CANARY, "GPS", "xap", "Photoshop");
      assertThat(alone).hasSizeLessThan(planted.length);
      assertSamePixels("planted", planted, alone);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void how_a_picture_is_turned_is_kept(int orientation) {
    byte[] turned = Pictures.withExif(Pictures.jpeg(), orientation, "Jane Doe's");
    byte[] alone = alone(turned);
    assertThat(header(alone).orientation()).isEqualTo(orientation);
    assertThat(header(alone).camera()).isEmpty();
    assertSamePixels("orientation " + orientation, turned, alone);
  }

  @Test
  void and_so_is_how_a_png_is_turned() {
    byte[] turned = PngChunks.pixelsOnly(Pictures.png(), 6);
    assertThat(header(turned).orientation()).isEqualTo(6);
    byte[] alone = alone(turned);
    assertThat(header(alone).orientation()).isEqualTo(6);
    assertSamePixels("PNG", turned, alone);
  }

  @Test
  void components_named_red_green_and_blue_stay_what_they_are() {
    byte[] named = PixelsAlone.of(Pictures.jpeg(), header(Pictures.jpeg()));
    // Without our own segment, and with the components' names of an RGB file.
    byte[] silent = new byte[named.length - 16];
    System.arraycopy(named, 0, silent, 0, 2);
    System.arraycopy(named, 18, silent, 2, silent.length - 2);
    int frame = Pictures.marker(silent, 0xc0);
    int scan = Pictures.marker(silent, 0xda);
    for (int i = 0; i < 3; i++) {
      silent[frame + 10 + 3 * i] = (byte) "RGB".charAt(i);
      silent[scan + 5 + 2 * i] = (byte) "RGB".charAt(i);
    }
    assertSamePixels("RGB", silent, alone(silent));
  }

  @Test
  void every_accepted_file_of_the_sets_keeps_its_pixels_bit_for_bit() throws IOException {
    assumeTrue(Files.isDirectory(DATA), "the data sets are not there: " + DATA);
    int compared = 0;
    for (String set : List.of("hostile-dev", "fundus-odir256-sample", "fundus-cc0-single")) {
      for (Path file : files(DATA.resolve(set))) {
        byte[] content = Files.readAllBytes(file);
        if (HeaderInspector.inspect(content) instanceof Inspection.Accepted accepted
            && accepted.header().format() != ImageFormat.DICOM) {
          assertSamePixels(file.toString(), content, alone(content));
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThan(100);
  }

  private static void assertSamePixels(String what, byte[] before, byte[] after) {
    try (Mats mats = new Mats()) {
      Decoding first = Decoder.decode(before, mats);
      Decoding second = Decoder.decode(after, mats);
      if (first instanceof Decoding.Refused refused) {
        assertThat(second).as(what).isEqualTo(refused);
        return;
      }
      Mat one = ((Decoding.Decoded) first).bgr();
      assertThat(second).as(what).isInstanceOf(Decoding.Decoded.class);
      Mat other = ((Decoding.Decoded) second).bgr();
      assertThat(other.size()).as(what).isEqualTo(one.size());
      assertThat(Core.norm(one, other, Core.NORM_INF)).as(what).isZero();
    }
  }

  private static byte[] alone(byte[] content) {
    return PixelsAlone.of(content, header(content));
  }

  private static ImageHeader header(byte[] content) {
    return ((Inspection.Accepted) HeaderInspector.inspect(content)).header();
  }

  private static String text(byte[] content) {
    return new String(content, StandardCharsets.ISO_8859_1);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
