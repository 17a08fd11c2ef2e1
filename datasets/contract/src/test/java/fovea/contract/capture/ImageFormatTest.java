package fovea.contract.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ImageFormatTest {
  @Test
  void formats_are_told_by_their_first_bytes() {
    byte[] dicom = new byte[132];
    System.arraycopy(new byte[] {'D', 'I', 'C', 'M'}, 0, dicom, 128, 4);
    assertThat(ImageFormat.sniff(dicom)).contains(ImageFormat.DICOM);
    assertThat(ImageFormat.sniff(new byte[] {-1, -40, -1})).contains(ImageFormat.JPEG);
    assertThat(ImageFormat.sniff(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10}))
        .contains(ImageFormat.PNG);
  }

  @Test
  void a_cut_or_other_head_is_no_format() {
    assertThat(ImageFormat.sniff(new byte[0])).isEmpty();
    assertThat(ImageFormat.sniff(new byte[] {-1, -40})).isEmpty();
    assertThat(ImageFormat.sniff(Arrays.copyOf("GIF89a".getBytes(), 200))).isEmpty();
  }
}
