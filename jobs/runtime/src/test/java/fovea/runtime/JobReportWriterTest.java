package fovea.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobReportWriterTest {
  @Test
  void a_report_is_written_whole_under_its_job_and_run(@TempDir Path folder) throws Exception {
    UUID run = UUID.randomUUID();
    JobReport report =
        new JobReport(
            "ingest", 40, 37, Map.of("truncated", 2L, "duplicate", 1L), 3.1, Map.of("bytes", "9"));
    Path file = JobReportWriter.write(report, run, folder.resolve("reports"));
    assertThat(file.getFileName()).hasToString("ingest-" + run + ".json");
    JsonNode json = new ObjectMapper().readTree(file.toFile());
    assertThat(json.at("/rowsRejected").asLong()).isEqualTo(3);
    assertThat(json.at("/rejected/truncated").asLong()).isEqualTo(2);
    assertThat(json.at("/notes/bytes").asText()).isEqualTo("9");
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files).hasSize(1);
    }
  }
}
