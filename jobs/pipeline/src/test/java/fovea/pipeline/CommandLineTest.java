package fovea.pipeline;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import fovea.contract.settings.Setting;
import fovea.lake.Fault;
import fovea.lake.LakeDamaged;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CommandLineTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  static Stream<String> commands() {
    return Commands.all().stream().map(Command::name);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void every_command_explains_itself(String command) {
    assertThat(run(command, "--help")).isZero();
    assertThat(text(out)).startsWith("Usage: fovea " + command);
    Commands.named(command)
        .settings()
        .forEach(s -> assertThat(text(out)).contains("--" + s.name()));
  }

  @Test
  void what_means_something_else_to_another_job_is_given_to_the_job_itself() {
    assertMistake(run("pipeline", "--batch", "32"), "unknown flag: --batch");
    Map<String, Set<String>> meanings =
        Stream.concat(
                PipelineCommand.jobSettings().stream(),
                ResearchPipeline.stages().stream().flatMap(job -> job.settings().stream()))
            .collect(groupingBy(Setting::name, mapping(Setting::help, toSet())));
    assertThat(PipelineCommand.jobSettings())
        .isNotEmpty()
        .allSatisfy(setting -> assertThat(meanings.get(setting.name())).hasSize(1));
  }

  @Test
  void help_lists_every_command() {
    assertThat(run("--help")).isZero();
    commands().forEach(command -> assertThat(text(out)).contains("  " + command));
  }

  @Test
  void an_unknown_command_is_the_callers_mistake() {
    assertMistake(run("inges"), "unknown command: inges");
  }

  @Test
  void an_unknown_flag_is_the_callers_mistake() {
    assertMistake(run("ingest", "--colour", "red"), "unknown flag: --colour");
  }

  @Test
  void a_value_out_of_range_says_the_range() {
    assertMistake(run("preprocess", "--size", "3"), "--size must be between");
  }

  @Test
  void a_missing_folder_is_the_callers_mistake(@TempDir Path folder) {
    String missing = folder.resolve("nowhere").toString();
    assertMistake(run("preprocess", "--images", missing, "--out", folder + "/out"), "nowhere");
  }

  @Test
  void a_missing_table_of_predictions_is_the_callers_mistake(@TempDir Path folder) {
    assertMistake(
        run(
            "bias",
            "--predictions",
            folder + "/none.csv",
            "--label",
            "y",
            "--prediction",
            "p",
            "--groups",
            "sex",
            "--out",
            folder + "/out"),
        "none.csv");
  }

  @Test
  void photographs_without_poses_are_refused_with_what_to_give(@TempDir Path folder)
      throws Exception {
    Files.createDirectory(folder.resolve("photos"));
    assertMistake(
        run("reconstruct", "--photos", folder + "/photos", "--out", folder + "/out"), "photos");
  }

  @Test
  void an_unknown_kind_of_upkeep_is_the_callers_mistake() {
    assertMistake(run("maintain", "polish"), "optimize, vacuum or fsck");
  }

  @Test
  void a_retention_of_no_hours_is_refused_before_anything_starts() {
    assertMistake(run("maintain", "vacuum", "--retain-hours", "0"), "a retention of 0 h");
  }

  @Test
  void what_models_cannot_do_is_told_before_anything_starts() {
    String run = "00000000-0000-0000-0000-000000000001";
    assertMistake(run("models", "polish", run), "list, show, gate, publish, retire or lineage");
    err.reset();
    assertMistake(run("models", "show"), "no training run given");
    err.reset();
    assertMistake(run("models", "publish", "newest"), "not the id of a training run: newest");
    err.reset();
    assertMistake(run("models", "retire", run), "--reason is required");
    err.reset();
    assertMistake(run("models", "gate", run, "--min-auc", "NaN"), "--min-auc must be between");
    err.reset();
    assertMistake(run("models", "lineage", run, "--image", "a"), "--run RUN, --image ID or");
    err.reset();
    assertMistake(run("models", "show", run, "more"), "unexpected argument: more");
  }

  @Test
  void a_damaged_table_is_told_in_one_line_and_is_not_the_callers_mistake(@TempDir Path folder) {
    Throwable damage =
        LakeDamaged.of("captures", List.of(new Fault("s3a://b/f", "missing-file", "")), 2);
    int code =
        Main.report(
            new IllegalStateException(damage),
            List.of("ingest", "--data", folder.toString()),
            Map.of(),
            new PrintStream(err));
    assertThat(code).isEqualTo(Main.OUR_FAULT);
    assertThat(text(err))
        .contains("captures is damaged: missing-file: s3a://b/f, and 1 more", "maintain fsck")
        .hasLineCount(1);
  }

  @Test
  void a_full_disk_is_told_with_the_folders_that_may_lie_on_it(@TempDir Path folder) {
    Throwable full = new IOException("No space left on device");
    int code =
        Main.report(
            new IllegalStateException("Job aborted", full),
            List.of("ingest", "--data", folder.toString()),
            Map.of("SPARK_LOCAL_DIRS", folder + "/none," + folder),
            new PrintStream(err));
    assertThat(code).isEqualTo(Main.OUR_FAULT);
    assertThat(text(err))
        .startsWith("fovea: a disk is full: IOException: No space left on device. Here jobs write")
        .contains(folder + "/none (not to be asked), " + folder + " (")
        .contains(System.getProperty("java.io.tmpdir") + " (")
        .containsPattern("\\d+ of \\d+ MB free")
        .hasLineCount(1);
    assertThat(folder.resolve("logs")).doesNotExist();
  }

  @Test
  void a_job_without_a_platform_says_how_to_start_one(@TempDir Path folder) {
    assertMistake(run("ingest", "--data", folder.toString()), "./fovea up --data " + folder);
  }

  private void assertMistake(int code, String what) {
    assertThat(text(err)).startsWith("fovea: ").contains(what).hasLineCount(1);
    assertThat(code).isEqualTo(Main.CALLERS_MISTAKE);
  }

  private int run(String... words) {
    return Main.run(List.of(words), Map.of(), new PrintStream(out), new PrintStream(err));
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
