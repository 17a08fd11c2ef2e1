package fovea.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.contract.settings.SettingValues;
import fovea.objects.ObjectStoreSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformEnvironmentTest {
  @Test
  void the_platforms_file_goes_over_the_process_and_keeps_equals_signs(@TempDir Path data)
      throws Exception {
    Files.writeString(data.resolve("platform.env"), "# made by up\nA=1=2\n\nB = two\n");
    assertThat(PlatformEnvironment.of(data, Map.of("A", "shell", "C", "3")))
        .containsOnly(Map.entry("A", "1=2"), Map.entry("B", "two"), Map.entry("C", "3"));
  }

  @Test
  void without_a_platform_the_process_alone_counts(@TempDir Path data) {
    assertThat(PlatformEnvironment.of(data, Map.of("A", "1"))).containsOnly(Map.entry("A", "1"));
  }

  @Test
  void reports_lie_in_the_platforms_folder_unless_told_otherwise(@TempDir Path data) {
    RuntimeSettings settings =
        RuntimeSettings.of(SettingValues.of(Map.of("data", data.toString())));
    assertThat(settings.reports()).isEqualTo(data.resolve("reports"));
  }

  @Test
  void the_lake_lies_in_the_bucket_or_beside_a_local_store() {
    ObjectStoreSettings s3 =
        new ObjectStoreSettings("s3", "http://127.0.0.1:9", "auto", "box", "", "", true);
    Path data = Path.of("/some where/data");
    assertThat(JobContexts.lakeRoot(s3, data)).isEqualTo("s3a://box/lake");
    assertThat(JobContexts.lakeRoot(ObjectStoreSettings.local(data), data))
        .isEqualTo("file:/some where/data/lake");
  }
}
