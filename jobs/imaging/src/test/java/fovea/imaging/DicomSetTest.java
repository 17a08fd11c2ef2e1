package fovea.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fovea.contract.capture.RejectionReason;
import fovea.imaging.Deidentifier.Deidentification;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.opencv.core.Core;
import org.opencv.core.Mat;

/** Real DICOM files of {@code ../shared}; skipped where they are not there. */
class DicomSetTest {
  private static final Path DATA = Path.of("../../../shared/data").toAbsolutePath();
  private static final Path OPHTHALMIC = DATA.resolve("dicom-op-derived");
  private static final Path ALL_SORTS = DATA.resolve("dicom-pydicom");

  /** Who, where, when and what was said: name, id, address, comments, institution, physicians. */
  private static final int[] IDENTIFYING = {
    0x00080050, 0x00080080, 0x00080081, 0x00080090, 0x00081010, 0x00081030, 0x00081050, 0x00081070,
    0x00091001, 0x00100010, 0x00100020, 0x00101000, 0x00101001, 0x00101040, 0x00104000, 0x00204000
  };

  private static final int SHORTEST_NAME = 5;

  @Test
  void each_ophthalmic_object_ends_as_its_name_says() throws IOException {
    Map<String, String> outcomes = new TreeMap<>();
    for (Path file : files(OPHTHALMIC)) {
      outcomes.put(file.getFileName().toString(), outcome(Files.readAllBytes(file)));
    }
    assertThat(outcomes).hasSize(14);
    Map<String, RejectionReason> refused =
        Map.of(
            "bad-dicm-magic.dcm", RejectionReason.UNSUPPORTED_TYPE,
            "bad-header-only.dcm", RejectionReason.TRUNCATED,
            "bad-no-preamble.dcm", RejectionReason.UNSUPPORTED_TYPE,
            "bad-rows-cols-lie.dcm", RejectionReason.TOO_MANY_PIXELS,
            "bad-truncated-in-pixeldata.dcm", RejectionReason.TRUNCATED);
    outcomes.forEach(
        (name, outcome) ->
            assertThat(outcome)
                .as(name)
                .isEqualTo(refused.containsKey(name) ? refused.get(name).code() : "accepted"));
  }

  @Test
  void every_file_has_one_outcome_and_no_name_of_its_header_leaves_it() throws IOException {
    Map<String, Integer> counts = new TreeMap<>();
    int searched = 0;
    for (Path folder : List.of(OPHTHALMIC, ALL_SORTS)) {
      for (Path file : files(folder)) {
        byte[] content = Files.readAllBytes(file);
        counts.merge(outcome(content), 1, Integer::sum);
        byte[] leaving = leaving(content);
        for (String planted : planted(content)) {
          assertThat(Dicoms.contains(leaving, planted)).as("%s: %s", file, planted).isFalse();
          searched++;
        }
      }
    }
    assertThat(counts.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(14 + 177);
    assertThat(counts.get("accepted")).isGreaterThanOrEqualTo(9);
    assertThat(searched).isGreaterThan(100);
  }

  @Test
  void the_encapsulated_photograph_and_the_raw_one_of_the_same_eye_are_the_same_picture()
      throws IOException {
    assumeTrue(Files.isDirectory(OPHTHALMIC), "the ophthalmic objects are not there");
    try (Mats mats = new Mats()) {
      Mat packed = decoded(OPHTHALMIC.resolve("op-650-left.dcm"), mats);
      Mat raw = decoded(OPHTHALMIC.resolve("op-raw-650-left.dcm"), mats);
      double mean = Core.norm(packed, raw, Core.NORM_L1) / (packed.total() * 3);
      assertThat(mean).isLessThan(1);
    }
  }

  private static Mat decoded(Path file, Mats mats) throws IOException {
    return ((Decoding.Decoded) Decoder.decode(Files.readAllBytes(file), mats)).bgr();
  }

  // As an upload is judged: by its type, then by what is inside.
  private static String outcome(byte[] content) {
    if (HeaderInspector.inspect(content) instanceof Inspection.Rejected no) {
      return no.reason().code();
    }
    return Deidentifier.deidentify(content) instanceof Deidentification.Refused no
        ? no.reason().code()
        : "accepted";
  }

  // All that is told of a file: content and attributes, or why there is none.
  private static byte[] leaving(byte[] content) {
    if (HeaderInspector.inspect(content) instanceof Inspection.Rejected no) {
      return no.detail().getBytes(StandardCharsets.UTF_8);
    }
    Deidentification answer = Deidentifier.deidentify(content);
    if (answer instanceof Deidentification.Refused refused) {
      return refused.detail().getBytes(StandardCharsets.UTF_8);
    }
    Deidentification.Clean clean = (Deidentification.Clean) answer;
    byte[] attributes = clean.attributes().getBytes(StandardCharsets.UTF_8);
    return Pictures.inserted(clean.content(), 0, attributes);
  }

  // Found by the bytes of their tags wherever they stand, so that no reader of ours is believed.
  private static Set<String> planted(byte[] content) {
    Set<String> names = new TreeSet<>();
    for (int tag : IDENTIFYING) {
      ByteBuffer little = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
      byte[] wanted = little.putShort((short) (tag >> 16)).putShort((short) tag).array();
      for (int at = 0; at + 8 < content.length; at++) {
        if (Arrays.equals(content, at, at + 4, wanted, 0, 4)) {
          names.addAll(words(content, at + 4));
        }
      }
    }
    return names;
  }

  private static List<String> words(byte[] content, int at) {
    boolean explicit = Character.isUpperCase(content[at]) && Character.isUpperCase(content[at + 1]);
    ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    int length = explicit ? bytes.getShort(at + 2) & 0xffff : bytes.getInt(at);
    if (length <= 0 || length > 128 || at + 4 + length > content.length) {
      return List.of();
    }
    String text = new String(content, at + 4, length, StandardCharsets.UTF_8);
    return Stream.of(text.split("[\\^=\\\\\\s\\p{Cntrl}]+"))
        .filter(word -> word.length() >= SHORTEST_NAME && word.matches("[\\p{L}\\p{N}-]+"))
        .toList();
  }

  private static List<Path> files(Path folder) throws IOException {
    assumeTrue(Files.isDirectory(folder), "the DICOM files are not there: " + folder);
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
