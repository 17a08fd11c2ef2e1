package fovea.catalog;

import static fovea.catalog.Folders.from;
import static fovea.catalog.Folders.jpeg;
import static fovea.catalog.Folders.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.contract.errors.CallerMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LegacyImporterTest {
  @TempDir Path folder;
  private ApiInMemory api;

  @BeforeEach
  void start() throws IOException {
    api = new ApiInMemory();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void sessions_photographs_and_models_come_in_once_with_a_line_a_file() throws IOException {
    write(
        folder.resolve("sessions/scan-1.json"),
        "{\"sessionId\":\"scan-1\",\"patientName\":\"Ada\",\"modelUrl\":\"/models/scan-1/head.glb?v=1\","
            + "\"status\":\"completed\",\"files\":[\"uploads/first.jpg\",{\"filename\":\"lost.jpg\"}]}");
    write(folder.resolve("sessions/scan-2.json"), "{\"session_id\":\"scan-2\"}");
    write(folder.resolve("sessions/scan-3.json"), "{\"sessionId\":");
    write(folder.resolve("sessions/scan-4.json"), "{\"modelUrl\":\"../../../../etc/passwd.glb\"}");
    jpeg(folder.resolve("uploads/first.jpg"));
    jpeg(folder.resolve("uploads/scan-1/second.jpg"));
    jpeg(folder.resolve("uploads/scan-2-001.jpg"));
    write(folder.resolve("uploads/scan-2-notes.txt"), "no picture");
    jpeg(folder.resolve("uploads/nobody.jpg"));
    write(folder.resolve("public/models/scan-1/head.glb"), "glTF");

    ImportReport report = run();
    assertThat(report.problems())
        .extracting(problem -> problem.file() + " " + problem.code())
        .containsExactlyInAnyOrder(
            "first.jpg imported",
            "second.jpg imported",
            "head.glb imported",
            "lost.jpg file-missing",
            "scan-2-001.jpg imported",
            "scan-2-notes.txt file-ignored",
            "scan-3.json bad-session",
            "scan-4.json model-missing",
            "nobody.jpg no-session");
    assertThat(report.uploaded()).isEqualTo(4);
    assertThat(report.toString()).doesNotContain("Ada");
    assertThat(api.sessions.get("scan-1").path("patientName").asText()).isEqualTo("Ada");
    assertThat(api.sessions.get("scan-1").path("status").asText()).isEqualTo("completed");
    assertThat(api.sessions).containsOnlyKeys("scan-1", "scan-2", "scan-4");

    ImportReport second = run();
    assertThat(second.uploaded()).isZero();
    assertThat(second.alreadyThere()).isEqualTo(4);
    assertThat(second.problems())
        .extracting(Problem::code)
        .contains("already-there")
        .doesNotContain("imported");
  }

  @Test
  void links_lead_nowhere_and_a_folder_without_sessions_is_the_callers_mistake()
      throws IOException {
    assertThatThrownBy(this::run)
        .isInstanceOf(CallerMistake.class)
        .hasMessageContaining("no session");
    Path outside = Files.createDirectory(folder.resolve("outside"));
    jpeg(outside.resolve("secret.jpg"));
    write(folder.resolve("old/sessions/a.json"), "{\"files\":[\"../../outside/secret.jpg\"]}");
    Files.createDirectories(folder.resolve("old/uploads"));
    ImportReport report =
        Importers.named("files")
            .run(api.client(), from(folder.resolve("old")), ImportListener.silent());
    assertThat(report.problems()).extracting(Problem::code).containsExactly("file-missing");
    assertThat(api.files).isEmpty();
  }

  private ImportReport run() {
    return Importers.named("files").run(api.client(), from(folder), ImportListener.silent());
  }
}
