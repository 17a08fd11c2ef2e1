package fovea.objects;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class S3PartsTest {
  @Test
  void the_largest_object_still_fits_in_ten_thousand_parts() {
    assertThat(S3Parts.partSize(1)).isEqualTo(S3Parts.PART);
    long fiveTebibytes = 5L << 40;
    int size = S3Parts.partSize(fiveTebibytes);
    assertThat((fiveTebibytes + size - 1) / size).isLessThanOrEqualTo(10_000);
  }
}
