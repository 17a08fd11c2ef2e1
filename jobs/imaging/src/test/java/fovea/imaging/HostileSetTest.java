package fovea.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fovea.contract.capture.RejectionReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.opencv.core.Mat;

/** The broken, odd and hostile pictures of {@code ../shared}; skipped where they are not there. */
class HostileSetTest {
  private static final Path SET = Path.of("../../../shared/data/hostile-dev").toAbsolutePath();
  private static final Path DERIVED = SET.resolve("derived-from-odir");

  private static final Map<String, RejectionReason> REFUSED =
      Map.of(
          "bitflips.jpg", RejectionReason.TRUNCATED,
          "truncated-50pct.jpg", RejectionReason.TRUNCATED,
          "truncated-header.jpg", RejectionReason.TRUNCATED,
          "empty.jpg", RejectionReason.EMPTY_FILE,
          "html-named.jpg", RejectionReason.UNSUPPORTED_TYPE,
          "rgb.tif", RejectionReason.UNSUPPORTED_TYPE,
          "1x1.png", RejectionReason.TOO_FEW_PIXELS,
          "jpeg-claims-65500x65500.jpg", RejectionReason.TOO_MANY_PIXELS,
          "png-bomb-30000x30000-1bit.png", RejectionReason.TOO_MANY_PIXELS);

  @Test
  void each_picture_of_the_manifest_ends_as_it_says() throws IOException {
    Map<String, Optional<RejectionReason>> outcomes = new TreeMap<>();
    for (Path file : files(DERIVED)) {
      if (!file.endsWith("MANIFEST.csv")) {
        outcomes.put(file.getFileName().toString(), outcome(file));
      }
    }
    assertThat(outcomes).hasSize(20);
    outcomes.forEach(
        (name, reason) ->
            assertThat(reason).as(name).isEqualTo(Optional.ofNullable(REFUSED.get(name))));
  }

  @Test
  void no_picture_of_the_set_throws_or_allocates_what_its_header_claims() throws IOException {
    new Mats().close();
    long before = peakBytes();
    for (Path file : files(SET)) {
      outcome(file);
    }
    assertThat(peakBytes() - before).isLessThan(150_000_000L);
  }

  @Test
  void eight_orientations_of_one_landscape_decode_to_the_same_view() throws IOException {
    assumeThere(SET);
    try (Mats mats = new Mats()) {
      for (int i = 0; i <= 8; i++) {
        byte[] content = content(SET.resolve("exif-orientation/Landscape_" + i + ".jpg"));
        Mat view = ((Decoding.Decoded) Decoder.decode(content, mats)).bgr();
        assertThat(view.cols()).as("orientation %d", i).isGreaterThan(view.rows());
        // The sky is above the ground.
        assertThat(view.get(40, view.cols() / 2)[0])
            .isGreaterThan(view.get(view.rows() - 40, view.cols() / 2)[0]);
      }
    }
  }

  private static Optional<RejectionReason> outcome(Path file) throws IOException {
    try (Mats mats = new Mats()) {
      Decoding decoding = Decoder.decode(content(file), mats);
      return decoding instanceof Decoding.Refused no ? Optional.of(no.reason()) : Optional.empty();
    }
  }

  private static byte[] content(Path file) throws IOException {
    return Files.readAllBytes(file);
  }

  private static Iterable<Path> files(Path folder) throws IOException {
    assumeThere(folder);
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static void assumeThere(Path folder) {
    assumeTrue(Files.isDirectory(folder), "the hostile pictures are not there: " + folder);
  }

  private static long peakBytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    assumeTrue(Files.exists(status), "the peak of memory is read from Linux' /proc");
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElseThrow();
  }
}
