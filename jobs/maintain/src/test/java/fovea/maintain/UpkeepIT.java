package fovea.maintain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.contract.capture.ObjectKey;
import fovea.contract.errors.CallerMistake;
import fovea.lake.TrainingRuns;
import fovea.runtime.JobReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Upkeep while others read and write. */
class UpkeepIT {
  private static final int FILES = 6;
  private static final int ROWS = 10 * FILES;

  @TempDir private static Path folder;
  private static SmallLake made;
  private static int copies;
  private SmallLake lake;

  @BeforeAll
  static void make() {
    made = SmallLake.in(folder.resolve("made"));
    for (int i = 0; i < FILES; i++) {
      made.merge(10 * i, 10 * i + 10);
    }
  }

  @AfterAll
  static void stop() {
    made.spark.stop();
  }

  @BeforeEach
  void copy() {
    lake = made.copy(folder.resolve("copy-" + copies++));
  }

  @Test
  void optimize_joins_small_files_keeps_every_row_and_finds_nothing_the_second_time() {
    JobReport first = lake.run(new OptimizeJob(), Map.of());
    assertThat(first.rowsIn()).isEqualTo(FILES);
    assertThat(first.rowsOut()).isEqualTo(1);
    assertThat(first.notes()).containsEntry("captures", FILES + " -> 1 small files");
    assertThat(keys()).hasSize(ROWS);
    long version = lake.captures.version();
    JobReport second = lake.run(new OptimizeJob(), Map.of());
    assertThat(second.rowsIn()).isEqualTo(1);
    assertThat(second.notes()).containsEntry("bytes rewritten", "0");
    assertThat(lake.captures.version()).isEqualTo(version);
  }

  @Test
  void vacuum_removes_what_no_version_needs_and_keeps_what_an_older_one_does() throws Exception {
    lake.run(new OptimizeJob(), Map.of());
    Path orphan = orphan("part-old.parquet", Duration.ofDays(30));
    Path unfinished = orphan("part-unfinished.parquet", Duration.ofMinutes(5));
    JobReport report = lake.run(new VacuumJob(), Map.of());
    assertThat(report.rowsOut()).isEqualTo(1);
    assertThat(report.notes()).containsEntry("bytes removed", "1000");
    assertThat(orphan).doesNotExist();
    assertThat(unfinished).exists();
    assertThat(lake.captures.rowsAt(FILES).collectAsList()).hasSize(ROWS);
    assertThat(lake.run(new VacuumJob(), Map.of()).rowsOut()).isZero();
  }

  @Test
  void checkpoints_go_once_their_training_has_ended_or_was_given_up() throws Exception {
    UUID ended = UUID.randomUUID();
    TrainingRuns.in(lake.lake)
        .merge(
            made.spark.sql(
                "SELECT '%s' training_run, 'cnn' architecture, current_timestamp() finished_at"
                    .formatted(ended)));
    Path stale = checkpoint(ended);
    Path running = checkpoint(UUID.randomUUID());
    Path givenUp = checkpoint(UUID.randomUUID());
    Files.setLastModifiedTime(givenUp, FileTime.from(Instant.now().minus(Duration.ofDays(30))));
    Path network = Files.writeString(stale.resolveSibling("model.params"), "weights");
    JobReport report = lake.run(new VacuumJob(), Map.of("tables", "training_runs"));
    assertThat(report.notes()).containsEntry("checkpoints removed", "2 (12 bytes)");
    assertThat(stale).doesNotExist();
    assertThat(givenUp).doesNotExist();
    assertThat(running).exists();
    assertThat(network).exists();
  }

  private Path checkpoint(UUID run) throws Exception {
    Path file = lake.folder.resolve("objects").resolve(ObjectKey.networkCheckpoint(run).path());
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "so far");
  }

  @Test
  void a_retention_that_breaks_running_jobs_is_refused_with_the_reason() {
    for (String hours : List.of("0", "23", "-1")) {
      assertThatThrownBy(() -> lake.run(new VacuumJob(), Map.of("retain-hours", hours)))
          .isInstanceOf(CallerMistake.class)
          .hasMessageContaining(hours + " h would take files away from jobs that still read");
    }
  }

  @Test
  void an_unknown_table_is_the_callers_mistake() {
    assertThatThrownBy(() -> lake.run(new FsckJob(), Map.of("tables", "capture")))
        .isInstanceOf(CallerMistake.class)
        .hasMessageContaining("there is no table capture");
  }

  @Test
  void a_long_read_sees_its_version_to_the_end_whatever_happens_meanwhile() {
    Iterator<Row> reader = lake.captures.rows().toLocalIterator();
    Set<String> seen = new HashSet<>();
    seen.add(reader.next().getAs("image_id"));
    lake.run(new OptimizeJob(), Map.of());
    lake.captures.delete(functions.col("image_id").equalTo("i7"));
    lake.merge(ROWS, ROWS + 10);
    lake.run(new VacuumJob(), Map.of());
    reader.forEachRemaining(row -> seen.add(row.getAs("image_id")));
    assertThat(seen).hasSize(ROWS).contains("i7");
    assertThat(keys()).hasSize(ROWS + 10 - 1).doesNotContain("i7");
  }

  @Test
  void upkeep_deletes_merges_and_reads_at_once_lose_nothing_and_no_reader_goes_back()
      throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    Map<Long, Long> counts = new HashMap<>();
    List<Long> versions = new ArrayList<>();
    CompletableFuture<Void> reader =
        CompletableFuture.runAsync(
            () -> {
              while (!over.get()) {
                long version = lake.captures.version();
                versions.add(version);
                counts.put(version, scanned(version));
                pause();
              }
            });
    CompletableFuture<Void> writers =
        CompletableFuture.allOf(
            CompletableFuture.runAsync(() -> times(2, i -> merge(ROWS + 10 * i))),
            CompletableFuture.runAsync(() -> times(2, i -> delete("i" + 10 * i))),
            CompletableFuture.runAsync(
                () -> {
                  lake.run(new OptimizeJob(), Map.of());
                  lake.run(new VacuumJob(), Map.of());
                }));
    writers.join();
    over.set(true);
    reader.join();
    assertThat(keys()).hasSize(ROWS + 20 - 2).doesNotContain("i0", "i10");
    assertThat(lake.captures.rows().count()).isEqualTo(ROWS + 20 - 2);
    assertThat(versions).isSorted();
    counts.forEach((version, count) -> assertThat(scanned(version)).isEqualTo(count));
    System.out.printf("upkeep at once: %d reads of %d versions%n", versions.size(), counts.size());
  }

  private void merge(int from) {
    assertThat(lake.merge(from, from + 10)).isEqualTo(10);
  }

  private void delete(String key) {
    lake.captures.delete(functions.col("image_id").equalTo(key));
  }

  // Reads the pictures themselves: a count alone would come from the log.
  private long scanned(long version) {
    return lake.captures
        .rowsAt(version)
        .selectExpr("length(content) bytes")
        .where("bytes = " + SmallLake.BYTES)
        .count();
  }

  private Set<String> keys() {
    Set<String> keys = new HashSet<>();
    lake.captures
        .rows()
        .select("image_id")
        .collectAsList()
        .forEach(row -> assertThat(keys.add(row.getString(0))).isTrue());
    return keys;
  }

  private Path orphan(String name, Duration age) throws Exception {
    Path file = Files.write(lake.folder.resolve("captures").resolve(name), new byte[1000]);
    return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
  }

  private static void pause() {
    try {
      Thread.sleep(200);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void times(int times, java.util.function.IntConsumer work) {
    for (int i = 0; i < times; i++) {
      work.accept(i);
    }
  }
}
