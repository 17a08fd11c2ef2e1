package fovea.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.contract.capture.ObjectKey;
import fovea.lake.Captures;
import fovea.runtime.JobReport;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is lost or doubled is seen, and what comes twice is taken once. */
class IngestFaultsIT {
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

  private void assertDuplicateOf(UUID image, UUID first) {
    assertThat(platform.ask("SELECT duplicate_of::text FROM fundus_images WHERE id = ?", image))
        .isEqualTo(first.toString());
    assertThat(platform.capture(image).<String>getAs("duplicate_of")).isEqualTo(first.toString());
  }
}
