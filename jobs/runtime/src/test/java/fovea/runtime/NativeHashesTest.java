package fovea.runtime;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import fovea.contract.hash.Sha256;
import java.security.MessageDigest;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class NativeHashesTest {
  @Test
  void hashesAreThoseOfTheStandard() {
    NativeHashes.use();
    // FIPS 180-4, the example of one block.
    assertThat(Sha256.of("abc".getBytes(US_ASCII)))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void nothingButSha256IsTakenOver() throws Exception {
    NativeHashes.use();
    NativeHashes.use();
    assertThat(MessageDigest.getInstance("SHA-256").getProvider().getName())
        .isEqualTo("FoveaSha256");
    assertThat(MessageDigest.getInstance("SHA-512").getProvider().getName()).isEqualTo("SUN");
    assertThat(new SecureRandom().getProvider().getName()).isEqualTo("SUN");
  }
}
