package fovea.reconstruct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FaultTest {
  private static final LeaseTimes TIMES =
      new LeaseTimes(Duration.ofSeconds(60), Duration.ofSeconds(7), 3, Duration.ofSeconds(30));

  @Test
  void a_full_disk_is_told_in_one_sentence_however_deep_it_lies() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "only Linux has a disk that is always full");
    IOException refused =
        catchThrowableOfType(
            IOException.class, () -> Files.write(full, new byte[1], StandardOpenOption.WRITE));
    Fault told = Fault.of(new IllegalStateException("scratch", refused), TIMES);
    assertThat(told.code()).isEqualTo("disk-full");
    assertThat(told.sentence()).startsWith("The disk of the temporary folder of a worker is full");
  }

  @Test
  void a_call_that_hangs_and_memory_that_is_short_have_sentences_of_their_own() {
    assertThat(Fault.of(new WatchedTry.Stalled(), TIMES).sentence())
        .isEqualTo("The reconstruction made no progress for 7 seconds and was given up.");
    assertThat(Fault.of(new RuntimeException(new OutOfMemoryError("heap")), TIMES).code())
        .isEqualTo("out-of-memory");
  }

  @Test
  void anything_else_says_nothing_of_what_it_is() {
    Fault told = Fault.of(new IllegalStateException("/home/jane/photo.png"), TIMES);
    assertThat(told)
        .isEqualTo(new Fault("fault", "The reconstruction stopped by a fault of Fovea."));
  }
}
