package fovea.maintain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.lake.Fault;
import fovea.lake.LakeDamaged;
import fovea.runtime.JobReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of the log or of the data is damaged: somebody says so, and names it. */
class DamagedLakeIT {
  @TempDir private static Path folder;
  private static SmallLake whole;
  private static int copies;

  @BeforeAll
  static void make() {
    whole = SmallLake.in(folder.resolve("whole"));
    whole.spark.sql(
        "ALTER TABLE delta.`"
            + whole.captures.path()
            + "` SET TBLPROPERTIES ('delta.checkpointInterval' = '3')");
    for (int i = 0; i < 4; i++) {
      whole.merge(10 * i, 10 * i + 10); // versions 2 to 5, a checkpoint at 3
    }
  }

  @AfterAll
  static void stop() {
    whole.spark.stop();
  }

  @Test
  void a_whole_table_has_no_faults() throws Exception {
    SmallLake lake = copy();
    JobReport report = lake.run(new FsckJob(), Map.of());
    assertThat(report.rowsIn()).isEqualTo(4);
    assertThat(report.rowsOut()).isEqualTo(4);
    assertThat(Files.readString(Path.of(report.notes().get("list"))))
        .isEqualToIgnoringNewLines("table,file,problem,detail");
    assertThat(lake.log(".checkpoint.parquet")).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"within a line", "after a line", "at its beginning"})
  void a_newest_log_entry_cut_short_is_named_by_every_reader_and_writer(String where)
      throws Exception {
    SmallLake lake = copy();
    Path newest = last(lake.log(".json"));
    cut(newest, where);
    assertThatThrownBy(() -> lake.captures.rows().collectAsList()).satisfies(named(newest));
    assertThatThrownBy(() -> lake.merge(100, 110)).satisfies(named(newest));
    assertThatThrownBy(() -> lake.run(new OptimizeJob(), Map.of())).satisfies(named(newest));
    assertThatThrownBy(() -> lake.run(new VacuumJob(), Map.of())).satisfies(named(newest));
    assertFsckNames(lake, newest, Fault.LOG_ENTRY);
  }

  @Test
  void a_missing_log_entry_is_named() throws Exception {
    SmallLake lake = copy();
    Path newest = last(lake.log(".json"));
    Files.delete(newest);
    assertThatThrownBy(() -> lake.captures.rows().collectAsList()).satisfies(named(newest));
    assertFsckNames(lake, newest, Fault.MISSING);
  }

  @Test
  void an_entry_cut_short_is_named_without_its_checksum_file_too() throws Exception {
    SmallLake lake = copy();
    Path newest = last(lake.log(".json"));
    cut(newest, "after a line");
    for (Path checksum : lake.log(".crc")) {
      Files.delete(checksum);
    }
    assertThatThrownBy(() -> lake.captures.rows().collectAsList()).satisfies(named(newest));
  }

  // Why the check is there. Should Delta learn to notice, this test says so.
  @Test
  void delta_alone_takes_an_entry_cut_after_a_line_for_a_whole_one() throws Exception {
    SmallLake lake = copy();
    cut(last(lake.log(".json")), "after a line");
    assertThat(lake.spark.read().format("delta").load(lake.captures.path()).collectAsList())
        .hasSize(30);
    assertThat(whole.captures.rows().collectAsList()).hasSize(40);
  }

  @Test
  void a_corrupt_checkpoint_is_named() throws Exception {
    SmallLake lake = copy();
    Path checkpoint = last(lake.log(".checkpoint.parquet"));
    byte[] bytes = Files.readAllBytes(checkpoint);
    Files.write(checkpoint, Arrays.copyOf(bytes, bytes.length / 2));
    assertReaderNames(lake, checkpoint);
    assertFsckNames(lake, checkpoint, Fault.CHECKPOINT);
  }

  @Test
  void a_missing_data_file_is_named() throws Exception {
    SmallLake lake = copy();
    Path file = lake.dataFiles().get(1);
    Files.delete(file);
    assertReaderNames(lake, file);
    assertFsckNames(lake, file, Fault.MISSING);
  }

  @Test
  void a_data_file_cut_short_is_named() throws Exception {
    SmallLake lake = copy();
    Path file = lake.dataFiles().get(1);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 100));
    assertReaderNames(lake, file);
    assertFsckNames(lake, file, Fault.WRONG_SIZE);
  }

  @Test
  void a_data_file_without_a_footer_is_named_and_every_fault_is_listed() throws Exception {
    SmallLake lake = copy();
    Path noFooter = lake.dataFiles().get(0);
    Files.write(noFooter, new byte[(int) Files.size(noFooter)]);
    assertReaderNames(lake, noFooter);
    Path missing = lake.dataFiles().get(2);
    Files.delete(missing);
    assertThatThrownBy(() -> lake.run(new FsckJob(), Map.of()))
        .isInstanceOf(LakeDamaged.class)
        .hasMessageContaining("and 1 more");
    assertThat(list(lake))
        .contains(noFooter.getFileName() + "," + Fault.UNREADABLE)
        .contains(missing.getFileName() + "," + Fault.MISSING);
    assertThat(report(lake)).contains("\"rowsIn\" : 4", "\"rowsOut\" : 2");
  }

  private static void assertReaderNames(SmallLake lake, Path file) {
    assertThatThrownBy(() -> lake.captures.rows().collectAsList())
        .hasStackTraceContaining(file.getFileName().toString());
  }

  private static void assertFsckNames(SmallLake lake, Path file, String problem) throws Exception {
    assertThatThrownBy(() -> lake.run(new FsckJob(), Map.of()))
        .satisfies(named(file))
        .hasMessageContaining("captures")
        .hasMessageContaining(problem);
    assertThat(list(lake)).contains(file.getFileName() + "," + problem);
  }

  private static org.assertj.core.api.ThrowingConsumer<Throwable> named(Path file) {
    return failure ->
        assertThat(failure)
            .isInstanceOf(LakeDamaged.class)
            .hasMessageContaining(file.getFileName().toString());
  }

  private static String list(SmallLake lake) throws Exception {
    return Files.readString(last(SmallLake.files(lake.folder.resolve("reports"), ".csv")));
  }

  private static String report(SmallLake lake) throws Exception {
    return Files.readString(last(SmallLake.files(lake.folder.resolve("reports"), ".json")));
  }

  private static void cut(Path file, String where) throws Exception {
    String text = Files.readString(file);
    int end =
        switch (where) {
          case "within a line" -> text.length() - 30;
          case "after a line" -> text.indexOf('\n') + 1;
          default -> 0;
        };
    Files.write(file, text.substring(0, end).getBytes(StandardCharsets.UTF_8));
  }

  private static SmallLake copy() {
    return whole.copy(folder.resolve("copy-" + copies++));
  }

  private static <T> T last(List<T> all) {
    return all.get(all.size() - 1);
  }
}
