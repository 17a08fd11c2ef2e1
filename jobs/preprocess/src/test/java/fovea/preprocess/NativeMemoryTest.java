package fovea.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fovea.preprocess.fundus.FundusProcessor;
import fovea.preprocess.fundus.Outcome;
import fovea.preprocess.fundus.PreprocessSettings;
import java.nio.file.Files;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class NativeMemoryTest {
  private static final int WARM = 40;
  private static final int PICTURES = 200;
  // The smallest matrix worth a name: the 256 by 256 study of a photograph, in colour.
  private static final double STUDY_MB = 256 * 256 * 3 / (double) (1 << 20);
  private static final double BOUND_MB = 0.85 * PICTURES * STUDY_MB;

  @Test
  void two_hundred_photographs_leave_less_behind_than_one_small_matrix_each() {
    assumeTrue(Files.exists(NativeMemory.STATUS), "resident memory is read from /proc");
    byte[] content = Retina.jpeg(500);
    FundusProcessor processor = new FundusProcessor(PreprocessSettings.standard());
    assertThat(growth(() -> processor.process(content))).isLessThan(BOUND_MB);
  }

  private static double growth(Supplier<Outcome> work) {
    for (int i = 0; i < WARM; i++) {
      work.get();
    }
    double before = NativeMemory.beyondHeap();
    for (int i = 0; i < PICTURES; i++) {
      work.get();
    }
    return NativeMemory.beyondHeap() - before;
  }
}
