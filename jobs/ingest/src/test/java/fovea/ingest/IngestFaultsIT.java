package fovea.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.contract.capture.ObjectKey;
import fovea.lake.Captures;
import fovea.runtime.JobReport;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever dies between an acknowledgement and its outcome, no upload is lost or doubled. */
class IngestFaultsIT {
  private static final byte[] TEXT = "no picture".getBytes(StandardCharsets.UTF_8);

  private final Platform platform = LocalPlatform.get();
  private UUID organization;
  private UUID eye;

  @BeforeEach
  void organize() {
    organization = platform.organization();
    eye = platform.eye(organization);
  }

  @Test
  void the_checker_sees_what_is_lost_doubled_invented_or_changed() {
    UUID dropped = upload(100);
    UUID twice = upload(101);
    UUID changed = upload(102);
    assertThat(broken()).as("nothing is ingested").containsOnlyKeys("I1");
    platform.ingest(Map.of());
    assertThat(broken()).isEmpty();

    Dataset<Row> captures = captures().where("organization_id = '" + organization + "'");
    append(captures.where("image_id = '" + twice + "'"));
    assertThat(broken().get("I1")).singleElement().asString().contains(twice + " has 2 rows");
    append(captures.where("image_id = '" + twice + "'").selectExpr(invented()));
    assertThat(broken().get("I2")).isNotEmpty();
    platform.objects.write(key(changed), Pictures.jpeg(109), "image/jpeg");
    platform.objects.delete(key(dropped));
    assertThat(broken().get("I3"))
        .anyMatch(said -> said.startsWith(changed.toString()))
        .anyMatch(said -> said.startsWith(dropped.toString()) && said.endsWith("null"));
    platform.log.removeIf(known -> known.id().equals(twice));
    platform.ask("UPDATE fundus_images SET status = 'quarantined' WHERE id = ?", changed);
    assertThat(broken().get("R")).singleElement().asString().contains(changed.toString());
  }

  @Test
  void a_driver_that_dies_between_data_files_and_log_entry_leaves_no_trace() throws IOException {
    upload(200);
    upload(201);
    platform.anything(organization, eye, TEXT, 3);
    long version = Captures.in(platform.lake).version();
    long files = parquetFiles();
    DyingLogStore.dieAtNextEntry();
    assertThatThrownBy(() -> platform.ingest(Map.of()))
        .hasStackTraceContaining("the driver dies here");
    assertThat(parquetFiles()).as("data files were written").isGreaterThan(files);
    assertThat(Captures.in(platform.lake).version()).isEqualTo(version);
    assertThat(platform.captures(organization)).as("orphans are invisible").isZero();

    JobReport report = platform.ingest(Map.of());
    assertThat(report.rowsIn()).isEqualTo(3);
    assertThat(broken()).isEmpty();
  }

  @Test
  void a_driver_that_dies_between_commit_and_registry_is_finished_from_the_table() {
    UUID first = upload(300);
    byte[] same = Pictures.jpeg(300);
    UUID twin = platform.fundus(organization, eye, same, same, 2);
    platform.anything(organization, eye, TEXT, 3);
    platform.ask("REVOKE UPDATE ON fundus_images FROM fovea_jobs");
    assertThatThrownBy(() -> platform.ingest(Map.of())).hasStackTraceContaining("permission");
    assertThat(broken()).as("the table is whole, the registry behind").containsOnlyKeys("R");

    platform.ask(
        "GRANT UPDATE (status, reason_code, reason, sha256, duplicate_of)"
            + " ON fundus_images TO fovea_jobs");
    long version = Captures.in(platform.lake).version();
    JobReport report = platform.ingest(Map.of());
    assertThat(report.notes()).containsEntry("outcomes of an earlier run", "3");
    assertThat(report.rowsIn()).as("nothing is fetched again").isZero();
    assertThat(Captures.in(platform.lake).version()).isEqualTo(version);
    assertThat(broken()).isEmpty();
    assertDuplicateOf(twin, first);
  }

  @Test
  void a_batch_replayed_adds_nothing_and_the_same_bytes_are_accepted_once() {
    UUID first = upload(400);
    byte[] same = Pictures.jpeg(400);
    UUID again = platform.fundus(organization, eye, same, same, 5);
    UUID otherName = platform.anything(organization, eye, same, 6);
    assertThat(platform.ingest(Map.of("batch", "2")).rejected()).isEqualTo(Map.of("duplicate", 2L));
    assertDuplicateOf(again, first);
    assertDuplicateOf(otherName, first);

    Dataset<Row> batch = captures().where("organization_id = '" + organization + "'").cache();
    assertThat(batch.count()).isEqualTo(3);
    assertThat(Captures.in(platform.lake).merge(batch)).as("the merge replayed").isZero();
    platform.ask(
        "UPDATE fundus_images SET status = 'uploaded' WHERE organization_id = ?", organization);
    JobReport replayed = platform.ingest(Map.of());
    assertThat(replayed.rowsIn()).as("the run replayed").isZero();
    batch.unpersist();
    assertThat(broken()).isEmpty();
    assertDuplicateOf(otherName, first);
  }

  private UUID upload(int seed) {
    byte[] picture = Pictures.jpeg(seed);
    return platform.fundus(organization, eye, picture, picture, seed % 100);
  }

  private Map<String, List<String>> broken() {
    return Invariants.broken(platform, organization);
  }

  private Dataset<Row> captures() {
    return Captures.in(platform.lake).rows();
  }

  private void append(Dataset<Row> rows) {
    rows.write().format("delta").mode("append").save(platform.lake.root() + "/captures");
  }

  private String[] invented() {
    return Stream.of(Captures.in(platform.lake).schema().fieldNames())
        .map(name -> name.equals("image_id") ? "'" + UUID.randomUUID() + "' AS image_id" : name)
        .toArray(String[]::new);
  }

  private ObjectKey key(UUID image) {
    return ObjectKey.fundus(Platform.DAY, organization, image);
  }

  private long parquetFiles() throws IOException {
    Path captures = Path.of(URI.create(platform.lake.root() + "/captures"));
    try (Stream<Path> files = Files.walk(captures)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).count();
    }
  }

  private void assertDuplicateOf(UUID image, UUID first) {
    assertThat(platform.ask("SELECT duplicate_of::text FROM fundus_images WHERE id = ?", image))
        .isEqualTo(first.toString());
    assertThat(platform.capture(image).<String>getAs("duplicate_of")).isEqualTo(first.toString());
  }
}
