package fovea.contract.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Sha256Test {
  // The one-block example of FIPS 180-4.
  private static final byte[] ABC = "abc".getBytes(StandardCharsets.US_ASCII);
  private static final String HASH =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir Path folder;

  @Test
  void bytes_a_file_and_pieces_have_the_published_hash() throws IOException {
    assertThat(Sha256.of(ABC)).isEqualTo(HASH);
    assertThat(Sha256.of(Files.write(folder.resolve("abc"), ABC))).isEqualTo(HASH);
    MessageDigest digest = Sha256.digest();
    digest.update(ABC, 0, 1);
    digest.update(ABC, 1, 2);
    assertThat(Sha256.hex(digest)).isEqualTo(HASH);
  }
}
