package fovea.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.imaging.Deidentifier.Deidentification;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Questions that several DICOM tests ask. */
final class Dicoms {
  private Dicoms() {}

  static Deidentification.Clean clean(byte[] content) {
    Deidentification answer = Deidentifier.deidentify(content);
    assertThat(answer).isInstanceOf(Deidentification.Clean.class);
    return (Deidentification.Clean) answer;
  }

  /** Whether bytes hold a text, in any case. */
  static boolean contains(byte[] content, String text) {
    return new String(content, StandardCharsets.ISO_8859_1)
        .toLowerCase(Locale.ROOT)
        .contains(
            new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)
                .toLowerCase(Locale.ROOT));
  }
}
