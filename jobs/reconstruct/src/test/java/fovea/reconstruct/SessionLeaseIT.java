package fovea.reconstruct;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.contract.capture.ObjectKey;
import fovea.lake.Reconstructions;
import fovea.registry.SessionLeases.Lease;
import fovea.registry.SessionLeases.Standing;
import fovea.runtime.JobReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionLeaseIT {
  private static final Map<String, String> QUICK =
      Map.of("iterations", "30", "cap", "100", "threads", "1", "lease-seconds", "2");
  private static final Map<String, String> ENDLESS =
      Map.of("iterations", "1000000", "cap", "100", "threads", "1", "lease-seconds", "2");
  private static final String STATUS = "SELECT status FROM sessions WHERE id = ?";

  @TempDir private static Path folder;
  private static Platform platform;
  private static Path photos;

  @BeforeAll
  static void open() throws Exception {
    platform = new Platform(folder);
    photos = PhotoSession.write(folder.resolve("photos"), 5);
  }

  @AfterAll
  static void close() throws Exception {
    platform.close();
  }

  @Test
  void a_session_whose_worker_is_not_heard_of_is_taken_over_and_one_at_work_is_not()
      throws Exception {
    UUID session = platform.ingested(photos);
    Lease dead = claim(session, Duration.ofMinutes(5));
    assertThat(platform.reconstruct(QUICK).rowsIn()).as("at work").isZero();
    runOut(session);
    assertThat(platform.reconstruct(QUICK).rowsOut()).isEqualTo(1);
    assertThat(platform.ask(STATUS, session)).isEqualTo("completed");
    assertThat(platform.ask("SELECT max(version) FROM models WHERE session_id = ?", session))
        .isEqualTo("2");
    assertThat(platform.registry.sessionLeases().renew(dead, Duration.ofMinutes(5)))
        .isEqualTo(Standing.LOST);
    assertThat(platform.reconstruct(QUICK).rowsIn()).as("again").isZero();
  }

  @Test
  void the_third_try_that_breaks_ends_the_session_with_its_reason() throws Exception {
    UUID session = platform.ingested(photos);
    for (int attempt = 1; attempt <= 2; attempt++) {
      claim(session, Duration.ofMinutes(5));
      runOut(session);
    }
    Map<String, String> hanging =
        Map.of("iterations", "10", "cap", "100", "lease-seconds", "1", "stall-seconds", "1");
    try (HeldRow held = HeldRow.of(platform, session)) {
      platform.reconstruct(hanging);
    }
    assertThat(platform.ask(STATUS, session)).isEqualTo("failed");
    assertThat(platform.ask("SELECT failure_reason FROM sessions WHERE id = ?", session))
        .isEqualTo(
            "Given up after 3 tries. The reconstruction made no progress for 1 seconds and was"
                + " given up.");
    assertThat(
            Reconstructions.in(platform.lake)
                .rows()
                .filter("status = 'failed' AND session_id = '" + session + "'")
                .count())
        .isEqualTo(1);
    assertThat(platform.reconstruct(QUICK).rowsIn()).isZero();
  }

  @Test
  void a_withdrawn_session_stops_in_the_middle_of_training() throws Exception {
    UUID session = platform.ingested(photos);
    CompletableFuture<JobReport> job =
        CompletableFuture.supplyAsync(() -> platform.reconstruct(ENDLESS));
    await("SELECT 1 FROM sessions WHERE id = ? AND stage = 'training' AND psnr > 0", session);
    platform.ask(
        "UPDATE sessions SET cancel_requested_at = now() WHERE id = ? RETURNING id", session);
    JobReport report = job.get(30, TimeUnit.SECONDS);
    assertThat(report.rejected()).containsEntry("cancelled", 1L);
    assertThat(platform.ask(STATUS, session)).isEqualTo("cancelled");
    assertThat(platform.objects.find(ObjectKey.checkpoint(session))).isEmpty();
    assertThat(platform.objects.find(ObjectKey.model(session, 1, "cameras.json")))
        .as("how far it came is kept")
        .isPresent();
    assertThat(platform.objects.find(ObjectKey.model(session, 1, "model.ply"))).isEmpty();
  }

  @Test
  void two_jobs_at_a_time_make_each_model_once() throws Exception {
    List<UUID> sessions = List.of(platform.ingested(photos), platform.ingested(photos));
    CompletableFuture<JobReport> other =
        CompletableFuture.supplyAsync(() -> platform.reconstruct(QUICK));
    JobReport one = platform.reconstruct(QUICK);
    JobReport two = other.get(60, TimeUnit.SECONDS);
    assertThat(one.rowsOut() + two.rowsOut()).isEqualTo(2);
    for (UUID session : sessions) {
      assertThat(platform.ask("SELECT count(*) FROM models WHERE session_id = ?", session))
          .isEqualTo("4");
      assertThat(platform.ask("SELECT tries FROM sessions WHERE id = ?", session)).isEqualTo("1");
    }
  }

  private static Lease claim(UUID session, Duration time) {
    return platform.registry.sessionLeases().claim(session, time, 3).orElseThrow();
  }

  private static void runOut(UUID session) {
    platform.ask(
        "UPDATE sessions SET lease_until = now() - interval '1 s' WHERE id = ? RETURNING id",
        session);
  }

  static void await(String sql, UUID session) throws InterruptedException {
    for (int i = 0; i < 600 && platform.ask(sql, session).isEmpty(); i++) {
      Thread.sleep(100);
    }
    assertThat(platform.ask(sql, session)).as("within a minute").isNotEmpty();
  }
}
