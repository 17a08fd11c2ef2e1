package fovea.api;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.api.Client.Reply;
import fovea.registry.JobRegistry.UploadOutcome;
import fovea.registry.SessionLeases;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RestartIT {
  private final TestPlatform platform = TestPlatform.shared();
  private final Client admin = platform.admin;

  @Test
  void a_session_that_failed_is_tried_again_without_another_upload() {
    Reply made = admin.post("/v1/sessions", "{'sessionId': 'again', 'patientName': 'Ada'}");
    UUID id = UUID.fromString(made.text("id"));
    String session = "/v1/sessions/" + id;
    String[] names = {"1.jpg", "2.jpg"};
    List<UploadOutcome> outcomes =
        List.of(outcome(session, names[0], "accepted"), outcome(session, names[1], "quarantined"));
    assertThat(admin.post(session + "/submit", "").status()).isEqualTo(200);
    assertThat(admin.post(session + "/restart", "").refusal()).isEqualTo("409 session-not-failed");
    fail(id, outcomes);

    Reply restarted = admin.post(session + "/restart", "");
    assertThat(restarted.status()).isEqualTo(201);
    assertThat(restarted.text("status")).isEqualTo("uploaded");
    assertThat(restarted.text("sessionId")).startsWith("again-restart-");
    assertThat(restarted.text("restartOf")).isEqualTo(id.toString());
    assertThat(admin.get(session).text("status")).isEqualTo("failed");
    String other = "/v1/sessions/" + restarted.text("id");
    Reply files = admin.get(other + "/files");
    assertThat(files.json().get("files")).hasSize(1);
    assertThat(files.json().at("/files/0/name").asText()).isEqualTo("1.jpg");
    String copied = files.json().at("/files/0/id").asText();
    assertThat(
            platform
                .objects
                .list("identified/sessions/")
                .filter(object -> object.key().path().endsWith(copied))
                .map(object -> platform.objects.read(object.key(), 1_000).orElseThrow()))
        .containsExactly(Fixture.photograph("1.jpg"));

    Reply repeated = admin.post(session + "/restart", "");
    assertThat(repeated.status()).isEqualTo(200);
    assertThat(repeated.text("id")).isEqualTo(restarted.text("id"));
    assertThat(platform.stranger.post(session + "/restart", "").refusal())
        .isEqualTo("404 not-found");
  }

  private UploadOutcome outcome(String session, String name, String status) {
    Reply file = Fixture.file(admin, session, "photo", name, "image/jpeg", name);
    assertThat(admin.put(file.json().get("upload"), Fixture.photograph(name))).isEqualTo(200);
    admin.post(session + "/files/" + file.text("id") + "/complete", "");
    String code = status.equals("accepted") ? "" : "truncated";
    return new UploadOutcome(
        "session_files",
        UUID.fromString(file.text("id")),
        status,
        code,
        code,
        "",
        Optional.empty());
  }

  private void fail(UUID session, List<UploadOutcome> outcomes) {
    platform.jobs.recordOutcomes(outcomes);
    platform.jobs.advanceIngestedSessions();
    SessionLeases leases = platform.jobs.sessionLeases();
    leases.fail(
        leases.claim(session, Duration.ofMinutes(1), 3).orElseThrow(), "The poses do not meet");
  }
}
