package fovea.sfm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.contract.errors.CallerMistake;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColmapProcessTest {
  @TempDir Path folder;

  @Test
  void a_failure_is_told_in_our_words_with_its_last() throws Exception {
    Path program = program("echo \"$2 $3\"; echo no such option; exit 3");
    assertThatThrownBy(() -> new ColmapProcess(program, folder).run("mapper", List.of()))
        .isInstanceOf(CallerMistake.class)
        .hasMessageContaining("COLMAP's mapper failed")
        .hasMessageContaining("ended with 3")
        .hasMessageContaining("no such option");
  }

  @Test
  void a_command_gets_the_database_and_its_options_and_no_display() throws Exception {
    Path program = program("echo \"$@\" $QT_QPA_PLATFORM");
    new ColmapProcess(program, folder).run("exhaustive_matcher", List.of("--a", "1"));
    assertThat(Files.readString(folder.resolve("exhaustive_matcher.log")).strip())
        .isEqualTo(
            "exhaustive_matcher --database_path "
                + folder.resolve("database.db")
                + " --a 1 offscreen");
  }

  private Path program(String script) throws Exception {
    Path program = Files.writeString(folder.resolve("program"), "#!/bin/sh\n" + script + "\n");
    return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
  }
}
