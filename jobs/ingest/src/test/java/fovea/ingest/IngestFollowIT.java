package fovea.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.runtime.JobReport;
import fovea.runtime.Progress;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sun.misc.Signal;

class IngestFollowIT {
  private static final Map<String, String> FOLLOW = Map.of("follow", "1", "batch", "1");

  private final Platform platform = LocalPlatform.get();
  private UUID organization;
  private UUID eye;

  @BeforeEach
  void organize() {
    organization = platform.organization();
    eye = platform.eye(organization);
  }

  @Test
  void it_takes_what_comes_through_a_failure_and_until_it_is_told_to_stop() throws Exception {
    upload(1000);
    CompletableFuture<JobReport> run =
        CompletableFuture.supplyAsync(() -> platform.ingest(FOLLOW, Progress.silent()));
    await(() -> accepted() == 1);
    platform.ask("REVOKE UPDATE ON fundus_images FROM fovea_jobs");
    upload(1001);
    await(() -> platform.captures(organization) == 2);
    assertThat(accepted()).isEqualTo(1);
    platform.ask(
        "GRANT UPDATE (status, reason_code, reason, sha256, duplicate_of)"
            + " ON fundus_images TO fovea_jobs");
    await(() -> accepted() == 2);
    upload(1002);
    await(() -> accepted() == 3);

    Signal.raise(new Signal("TERM"));
    JobReport report = run.get(60, TimeUnit.SECONDS);
    assertThat(report.rowsOut()).isEqualTo(3);
    assertThat(Invariants.broken(platform, organization)).isEmpty();
  }

  @Test
  void told_to_stop_midway_it_finishes_the_commit_in_flight_and_leaves_the_rest() {
    for (int i = 0; i < 3; i++) {
      upload(1010 + i);
    }
    Progress signals =
        (stage, done, total) -> {
          if (stage.equals("ingest") && done == 1) {
            // Not INT: a process started in the background may be told to ignore that.
            Signal.raise(new Signal("TERM"));
          }
        };
    JobReport report = platform.ingest(FOLLOW, signals);
    assertThat(report.rowsOut()).isBetween(1L, 2L);
    assertThat(accepted()).as("what is committed is told").isEqualTo(report.rowsOut());

    assertThat(platform.ingest(Map.of()).rowsOut()).isEqualTo(3 - report.rowsOut());
    assertThat(Invariants.broken(platform, organization)).isEmpty();
  }

  private long accepted() {
    return Long.parseLong(
        platform.ask(
            "SELECT count(*) FROM fundus_images WHERE status = 'accepted' AND organization_id = ?",
            organization));
  }

  private void upload(int seed) {
    byte[] picture = Pictures.jpeg(seed);
    platform.fundus(organization, eye, picture, picture, seed % 1000);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 300 && !condition.getAsBoolean(); i++) {
      Thread.sleep(200);
    }
    assertThat(condition.getAsBoolean()).as("within a minute").isTrue();
  }
}
