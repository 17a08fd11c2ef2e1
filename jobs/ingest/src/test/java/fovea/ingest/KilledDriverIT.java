package fovea.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.contract.capture.ObjectKey;
import fovea.lake.Captures;
import fovea.objects.ObjectStore.StoredObject;
import fovea.runtime.JobReport;
import fovea.testkit.JvmProcess;
import fovea.testkit.StoresProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drivers in processes of their own, on Postgres and S3, that a signal meets at a known point. */
class KilledDriverIT {
  private static final byte[] TEXT = "no picture".getBytes(StandardCharsets.UTF_8);
  private static final int KILLED = 128 + 9;

  @TempDir private static Path folder;
  private static StoresProcess stores;
  private static Platform platform;
  private UUID organization;
  private UUID eye;

  @BeforeAll
  static void open() throws Exception {
    stores = StoresProcess.start(folder.resolve("stores"));
    platform = Platform.onS3(stores, stores.objects());
    Files.createDirectories(folder.resolve("tmp"));
  }

  @AfterAll
  static void close() throws Exception {
    platform.close();
    stores.close();
  }

  @BeforeEach
  void organize() {
    organization = platform.organization();
    eye = platform.eye(organization);
  }

  @Test
  void killed_before_its_commit_it_leaves_no_trace_and_after_it_nothing_to_fetch_again()
      throws Exception {
    UUID first = upload(200);
    byte[] same = Pictures.jpeg(200);
    UUID twin = platform.fundus(organization, eye, same, same, 2);
    platform.anything(organization, eye, TEXT, 3);
    long version = Captures.in(platform.lake).version();
    long files = dataFiles();
    killed("before");
    assertThat(dataFiles()).as("data files were written").isGreaterThan(files);
    assertThat(Captures.in(platform.lake).version()).isEqualTo(version);
    assertThat(platform.captures(organization)).as("orphans are invisible").isZero();
    assertThat(broken()).as("nothing is told").containsOnlyKeys("I1");

    killed("after");
    assertThat(Captures.in(platform.lake).version()).isEqualTo(version + 1);
    assertThat(broken()).as("the table is whole, the registry behind").containsOnlyKeys("R");
    assertThat(broken().get("R")).hasSize(3);

    JobReport report = platform.ingest(Map.of());
    assertThat(report.notes()).containsEntry("outcomes of an earlier run", "3");
    assertThat(report.rowsIn()).as("nothing is fetched again").isZero();
    assertThat(Captures.in(platform.lake).version()).isEqualTo(version + 1);
    assertThat(broken()).isEmpty();
    assertThat(platform.ask("SELECT duplicate_of::text FROM fundus_images WHERE id = ?", twin))
        .isEqualTo(first.toString());
  }

  @Test
  void told_to_end_within_a_commit_a_follower_tells_of_it_and_exits_0() throws Exception {
    for (int i = 0; i < 3; i++) {
      upload(400 + i);
    }
    try (JvmProcess driver = driver("before", "--follow", "1", "--batch", "2")) {
      assertThat(driver.answer()).startsWith("before");
      driver.terminate();
      driver.tell("");
      assertThat(driver.answer()).startsWith("ingest: 2 in, 2 out, 0 rejected");
      assertThat(driver.exitCode()).isZero();
    }
    assertThat(broken().get("I1")).as("what is left").singleElement().asString().contains("0 rows");
    assertThat(broken()).as("what is committed is told").containsOnlyKeys("I1");

    assertThat(platform.ingest(Map.of()).rowsIn()).isEqualTo(1);
    assertThat(broken()).isEmpty();
  }

  // A driver's life up to one side of its first log entry.
  private static void killed(String point) throws Exception {
    try (JvmProcess driver = driver(point)) {
      assertThat(driver.answer()).startsWith(point);
      driver.kill();
      assertThat(driver.exitCode()).isEqualTo(KILLED);
    }
    await(() -> platform.ask("SELECT pid FROM pg_locks WHERE locktype = 'advisory'").isEmpty());
  }

  private static JvmProcess driver(String point, String... more) throws IOException {
    List<String> words = new ArrayList<>(List.of(more));
    words.addAll(List.of("--data", folder.resolve("stores").toString(), "--master", "local[2]"));
    List<String> options =
        List.of(
            "-D" + StoppingLogStore.SETTING + "=" + StoppingLogStore.class.getName(),
            "-D" + StoppingLogStore.STOPS + "=" + point,
            "-Djava.io.tmpdir=" + folder.resolve("tmp"));
    Path errors = folder.resolve("driver.err");
    return JvmProcess.start(IngestDriver.class, words, options, Map.of(), errors);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 100 && !condition.getAsBoolean(); i++) {
      Thread.sleep(100);
    }
    assertThat(condition.getAsBoolean()).as("within ten seconds").isTrue();
  }

  private static long dataFiles() {
    try (Stream<StoredObject> files = platform.objects.list(ObjectKey.LAKE + "captures/")) {
      return files.filter(file -> file.key().path().endsWith(".parquet")).count();
    }
  }

  private UUID upload(int seed) {
    byte[] picture = Pictures.jpeg(seed);
    return platform.fundus(organization, eye, picture, picture, seed % 100);
  }

  private Map<String, List<String>> broken() {
    return Invariants.broken(platform, organization);
  }
}
