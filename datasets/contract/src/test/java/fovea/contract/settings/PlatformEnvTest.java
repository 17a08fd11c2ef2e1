package fovea.contract.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformEnvTest {
  @TempDir Path folder;

  @Test
  void what_was_written_is_read_and_only_by_its_owner() throws Exception {
    Path file = folder.resolve("new/platform.env");
    Map<String, String> values = Map.of("URL", "jdbc:x?a=b&c=d", "EMPTY", "", "KEY", "a b#c");
    PlatformEnv.write(file, Map.of("OLD", "old"));
    PlatformEnv.write(file, values);
    assertThat(PlatformEnv.read(file)).isEqualTo(values);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (var files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void comments_and_blank_lines_are_skipped_and_absence_is_empty() throws Exception {
    Path file = Files.write(folder.resolve("env"), List.of("# a comment", "", "A=1"));
    assertThat(PlatformEnv.read(file)).containsExactly(Map.entry("A", "1"));
    assertThat(PlatformEnv.read(folder.resolve("absent"))).isEmpty();
  }

  @Test
  void a_value_cannot_smuggle_in_a_line_and_no_error_shows_one() throws Exception {
    Path file = folder.resolve("env");
    assertThatThrownBy(() -> PlatformEnv.write(file, Map.of("A", "secret\nB=2")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> PlatformEnv.write(file, Map.of("A=B", "1")))
        .isInstanceOf(IllegalArgumentException.class);
    Files.writeString(file, "secret without a name");
    assertThatThrownBy(() -> PlatformEnv.read(file)).hasMessageNotContaining("secret");
  }
}
