package fovea.reconstruct;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.contract.capture.ObjectKey;
import fovea.testkit.JvmProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A driver that a signal meets in the middle of training. */
class KilledReconstructionIT {
  private static final Map<String, String> FLAGS =
      Map.of(
          "iterations",
          "800",
          "cap",
          "150",
          "threads",
          "1",
          "lease-seconds",
          "2",
          "checkpoint-seconds",
          "1");
  private static final int KILLED = 128 + 9;

  @TempDir private Path folder;

  @Test
  void the_next_job_goes_on_from_its_checkpoint_and_ends_with_the_same_model() throws Exception {
    Path photos = PhotoSession.write(folder.resolve("photos"), 5);
    try (Platform platform = new Platform(folder)) {
      UUID session = platform.ingested(photos);
      killedInTraining(platform, session);
      waitFor(platform, "SELECT 1 FROM sessions WHERE id = ? AND lease_until < now()", session);

      CompletableFuture<Integer> first = firstPercent(platform, session);
      assertThat(platform.reconstruct(FLAGS).rowsOut()).isEqualTo(1);
      assertThat(first.get()).as("percent at which training went on").isPositive();
      assertThat(platform.objects.find(ObjectKey.checkpoint(session))).as("done with").isEmpty();

      UUID undisturbed = platform.ingested(photos);
      assertThat(platform.reconstruct(FLAGS).rowsOut()).isEqualTo(1);
      assertThat(hashes(platform, session))
          .isEqualTo(hashes(platform, undisturbed))
          .hasSize(4 * 65 - 1);
    }
  }

  private void killedInTraining(Platform platform, UUID session) throws Exception {
    List<String> words = new ArrayList<>(List.of(platform.owner.url(), folder.toString()));
    FLAGS.forEach((name, value) -> words.add(name + "=" + value));
    Path errors = folder.resolve("driver.err");
    try (JvmProcess driver =
        JvmProcess.start(ReconstructDriver.class, words, List.of(), Map.of(), errors)) {
      for (int i = 0;
          i < 900 && platform.objects.find(ObjectKey.checkpoint(session)).isEmpty();
          i++) {
        Thread.sleep(100);
      }
      driver.kill();
      assertThat(driver.exitCode()).isEqualTo(KILLED);
    }
    assertThat(platform.objects.find(ObjectKey.checkpoint(session))).isPresent();
    assertThat(platform.ask("SELECT status FROM sessions WHERE id = ?", session))
        .isEqualTo("processing");
  }

  // Training says where it is as soon as it starts, and then once a second.
  private static CompletableFuture<Integer> firstPercent(Platform platform, UUID session) {
    return CompletableFuture.supplyAsync(
        () -> {
          String sql =
              "SELECT percent FROM sessions WHERE id = ? AND tries = 2 AND stage = 'training'";
          String percent = platform.ask(sql, session);
          while (percent.isEmpty()) {
            percent = platform.ask(sql, session);
          }
          return Integer.valueOf(percent);
        });
  }

  private static String hashes(Platform platform, UUID session) {
    return platform.ask(
        "SELECT string_agg(sha256, ' ' ORDER BY format) FROM models WHERE session_id = ?", session);
  }

  private static void waitFor(Platform platform, String sql, UUID session)
      throws InterruptedException {
    for (int i = 0; i < 100 && platform.ask(sql, session).isEmpty(); i++) {
      Thread.sleep(100);
    }
    assertThat(platform.ask(sql, session)).isNotEmpty();
  }
}
