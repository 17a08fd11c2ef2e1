package fovea.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fovea.contract.settings.SettingValues;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifySetupIT {
  private final TestPlatform platform = TestPlatform.shared();
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();
  @TempDir Path folder;

  @Test
  void a_sound_setup_is_told_line_by_line() {
    assertThat(verify(Map.of())).isZero();
    assertThat(lines()).hasSize(7).allMatch(line -> line.startsWith("ok "));
    assertThat(lines()).anyMatch(line -> line.contains("If-None-Match are honoured"));
  }

  @Test
  void what_is_wrong_is_named_and_no_secret_is_shown() {
    assertThat(
            verify(
                Map.of(
                    "JWT_SECRET",
                    "too-short-a-secret",
                    "DATABASE_USER",
                    platform.postgres.owner().user(),
                    "DATABASE_PASSWORD",
                    platform.postgres.owner().password(),
                    "S3_BUCKET_NAME",
                    "no-such-bucket")))
        .isEqualTo(2);
    assertThat(lines())
        .anyMatch(line -> line.startsWith("FAIL  secrets") && line.contains("18 characters"))
        .anyMatch(line -> line.startsWith("FAIL  api login"))
        .anyMatch(line -> line.startsWith("FAIL  object store"));
    assertThat(told.toString(UTF_8)).doesNotContain("too-short-a-secret");
  }

  private int verify(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(platform.environment());
    environment.putAll(more);
    SettingValues values = SettingValues.of(Map.of("data", folder.toString()));
    return VerifySetup.run(values, environment, new PrintStream(told, true, UTF_8));
  }

  private List<String> lines() {
    return told.toString(UTF_8).lines().toList();
  }
}
