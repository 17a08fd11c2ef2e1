package fovea.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fovea.contract.errors.CallerMistake;
import fovea.lake.Captures;
import fovea.lake.Refractions;
import fovea.runtime.JobReport;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class IngestIT {
  private static final byte[] NOTHING = {};
  private static final byte[] TEXT = "no picture".getBytes(StandardCharsets.UTF_8);
  private static final byte[] POSES = "{\"frames\": []}".getBytes(StandardCharsets.UTF_8);

  private final Platform platform = LocalPlatform.get();

  @Test
  void every_upload_becomes_one_row_with_its_outcome_and_a_second_run_adds_nothing() {
    UUID org = platform.organization();
    UUID eye = platform.eye(org);
    byte[] picture = Pictures.taken(Pictures.jpeg(1));
    byte[] cut = Arrays.copyOf(Pictures.jpeg(2), 900);
    UUID good = platform.fundus(org, eye, picture, picture, 1);
    UUID truncated = platform.fundus(org, eye, cut, cut, 2);
    UUID text = platform.fundus(org, eye, TEXT, TEXT, 3);
    UUID missing = platform.fundus(org, eye, NOTHING, picture, 4);
    UUID other = platform.fundus(org, eye, Pictures.jpeg(3), Pictures.jpeg(4), 5);
    UUID session = platform.session(org);
    UUID photo = platform.file(org, session, "photo", "a.jpg", Pictures.jpeg(5));
    UUID poses = platform.file(org, session, "poses", "transforms.json", POSES);

    AtomicLong looked = new AtomicLong();
    JobReport report =
        platform.ingest(Map.of(), (stage, done, total) -> looked.accumulateAndGet(done, Math::max));

    assertThat(looked).as("each upload is fetched once").hasValueLessThanOrEqualTo(7);
    assertThat(report.rowsIn()).isEqualTo(7);
    assertThat(report.rowsOut()).isEqualTo(3);
    assertThat(report.rejected())
        .isEqualTo(
            Map.of(
                "truncated",
                1L,
                "unsupported-type",
                1L,
                "object-missing",
                1L,
                "hash-mismatch",
                1L));
    assertThat(platform.captures(org)).isEqualTo(7);
    Row row = platform.capture(good);
    assertThat(row.<byte[]>getAs("content")).isEqualTo(Pictures.pixelsAlone(picture));
    assertThat(new String(row.<byte[]>getAs("content"), ISO_8859_1)).doesNotContain("CANARY");
    assertThat(row.<String>getAs("sha256")).isEqualTo(Pictures.sha256(picture));
    assertThat(row.<Integer>getAs("width")).isEqualTo(96);
    assertThat(row.<Integer>getAs("height")).isEqualTo(80);
    assertThat(row.<String>getAs("format")).isEqualTo("jpeg");
    assertThat(row.<LocalDateTime>getAs("captured_at"))
        .isEqualTo(LocalDateTime.of(2021, 3, 4, 5, 6, 7));
    assertThat(row.<Integer>getAs("orientation")).isEqualTo(3);
    assertThat(new String(row.<byte[]>getAs("thumbnail"), StandardCharsets.ISO_8859_1))
        .contains("JFIF")
        .doesNotContain("CANARY", "Exif");
    assertThat(row.mkString("|")).doesNotContain("CANARY");
    assertThat(row.<String>getAs("laterality")).isEqualTo("left");
    assertThat(row.<Date>getAs("uploaded_day").toLocalDate()).isEqualTo(Platform.DAY);
    assertThat(platform.capture(truncated).<Object>getAs("content")).isNull();
    assertThat(platform.capture(photo).<Object>getAs("content")).isNull();
    assertThat(platform.capture(photo).<Object>getAs("thumbnail")).as("faces have none").isNull();
    assertThat(platform.capture(truncated).<Object>getAs("thumbnail")).isNull();
    assertThat(platform.capture(photo).<String>getAs("session_id")).isEqualTo(session.toString());
    assertThat(platform.capture(poses).<String>getAs("status")).isEqualTo("accepted");
    assertOutcome("fundus_images", good, "accepted", "");
    assertOutcome("fundus_images", truncated, "quarantined", "truncated");
    assertOutcome("fundus_images", text, "quarantined", "unsupported-type");
    assertOutcome("fundus_images", missing, "quarantined", "object-missing");
    assertOutcome("fundus_images", other, "quarantined", "hash-mismatch");
    assertOutcome("session_files", photo, "accepted", "");
    assertThat(platform.ask("SELECT status FROM sessions WHERE id = ?", session))
        .isEqualTo("ingested");

    long version = Captures.in(platform.lake).version();
    JobReport again = platform.ingest(Map.of());
    assertThat(again.rowsIn()).isZero();
    assertThat(again.rowsOut()).isZero();
    assertThat(Captures.in(platform.lake).version()).isEqualTo(version);
  }

  @Test
  void of_the_same_picture_the_earliest_stands_within_a_batch_across_batches_and_across_runs() {
    UUID org = platform.organization();
    UUID eye = platform.eye(org);
    byte[] picture = Pictures.jpeg(10);
    UUID third = platform.fundus(org, eye, picture, picture, 3);
    UUID first = platform.fundus(org, eye, picture, picture, 1);
    UUID second = platform.fundus(org, eye, picture, picture, 2);
    UUID elsewhere = platform.organization();
    UUID same = platform.fundus(elsewhere, platform.eye(elsewhere), picture, picture, 9);

    JobReport report = platform.ingest(Map.of("batch", "2"));

    assertThat(report.rejected()).isEqualTo(Map.of("duplicate", 2L));
    assertOutcome("fundus_images", first, "accepted", "");
    assertOutcome("fundus_images", second, "duplicate", "duplicate");
    assertOutcome("fundus_images", third, "duplicate", "duplicate");
    assertOutcome("fundus_images", same, "accepted", "");
    assertDuplicateOf(second, first);
    assertDuplicateOf(third, first);
    assertThat(platform.capture(second).<Object>getAs("content")).isNull();
    assertThat(platform.capture(second).<Object>getAs("thumbnail")).isNull();

    UUID late = platform.fundus(org, eye, picture, picture, 0);
    platform.ingest(Map.of());
    assertDuplicateOf(late, first);
    assertThat(platform.captures(org)).isEqualTo(4);
  }

  @Test
  void refractions_are_copied_once_with_their_power_vectors() {
    UUID org = platform.organization();
    UUID id =
        platform.make(
            "INSERT INTO refractive_measurements (organization_id, eye_id, sphere, cylinder, axis)"
                + " VALUES (?, ?, -2.0, -1.5, 30)",
            org,
            platform.eye(org));
    platform.ingest(Map.of());
    assertThat(platform.ingest(Map.of()).notes()).containsEntry("refractions", "0");
    Row row = Refractions.in(platform.lake).rows().where("measurement_id = '" + id + "'").head();
    assertThat(row.<Double>getAs("spherical_equivalent")).isEqualTo(-2.75);
    assertThat(row.<Double>getAs("j0")).isCloseTo(0.375, within(1e-9));
    assertThat(row.<Double>getAs("j45")).isCloseTo(0.649519, within(1e-6));
  }

  @Test
  void two_ingests_never_run_at_once() {
    try (IngestLock held = IngestLock.take(platform.registry.settings())) {
      assertThat(held).isNotNull();
      assertThatThrownBy(() -> platform.ingest(Map.of()))
          .isInstanceOf(CallerMistake.class)
          .hasMessageContaining("another ingest is running");
    }
  }

  private void assertOutcome(String table, UUID id, String status, String reason) {
    String found =
        platform.ask(
            "SELECT status || '/' || coalesce(reason_code, '') FROM " + table + " WHERE id = ?",
            id);
    assertThat(found).isEqualTo(status + "/" + reason);
  }

  private void assertDuplicateOf(UUID image, UUID first) {
    assertThat(platform.ask("SELECT duplicate_of::text FROM fundus_images WHERE id = ?", image))
        .isEqualTo(first.toString());
    assertThat(platform.capture(image).<String>getAs("duplicate_of")).isEqualTo(first.toString());
  }
}
