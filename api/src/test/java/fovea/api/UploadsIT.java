package fovea.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fovea.api.Client.Reply;
import fovea.contract.capture.ObjectKey;
import fovea.contract.hash.Sha256;
import fovea.contract.model.ModelArtifact;
import fovea.contract.model.ModelFormat;
import fovea.registry.JobRegistry.PhotoVerdict;
import fovea.registry.JobRegistry.UploadOutcome;
import fovea.registry.SessionLeases;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UploadsIT {
  private final TestPlatform platform = TestPlatform.shared();
  private final Client admin = platform.admin;
  private final Client stranger = platform.stranger;
  private final Map<String, Reply> files = new HashMap<>();

  @Test
  void an_image_goes_straight_to_the_store_and_is_then_completed() {
    String images = "/v1/eyes/" + Fixture.eye(admin, "image") + "/images";
    String body = Fixture.declared(Fixture.CONTENT);
    Reply requested = admin.post(images, body);
    assertThat(requested.status()).isEqualTo(201);
    assertThat(requested.text("status")).isEqualTo("requested");
    String image = "/v1/images/" + requested.text("id");
    assertThat(admin.post(image + "/complete", "").refusal()).isEqualTo("409 upload-missing");

    assertThat(admin.put(requested.json().get("upload"), Fixture.CONTENT)).isEqualTo(200);
    Reply complete = admin.post(image + "/complete", "");
    assertThat(complete.status()).isEqualTo(200);
    assertThat(complete.text("status")).isEqualTo("uploaded");
    assertThat(admin.post(image + "/complete", "").json()).isEqualTo(complete.json());

    Reply repeated = admin.post(images, body);
    assertThat(repeated.status()).isEqualTo(200);
    assertThat(repeated.text("id")).isEqualTo(requested.text("id"));
    assertThat(repeated.json().has("upload")).isFalse();

    platform.jobs.recordOutcomes(
        List.of(
            new UploadOutcome(
                "fundus_images",
                UUID.fromString(requested.text("id")),
                "quarantined",
                "truncated",
                "It ends too early",
                "",
                Optional.empty())));
    assertThat(admin.get(image).json().toString())
        .isEqualTo(
            "{\"id\":\"%s\",\"status\":\"quarantined\",\"reasonCode\":\"truncated\",\"reason\":\"It ends too early\"}"
                .formatted(requested.text("id")));
    assertThat(admin.post(images, body).status()).isEqualTo(201);
  }

  @Test
  void dicom_objects_and_archives_are_asked_for_like_pictures() {
    String images = "/v1/eyes/" + Fixture.eye(admin, "packed") + "/images";
    for (String mediaType : new String[] {"application/dicom", "application/zip"}) {
      String body = Fixture.declared("7".repeat(64), 10).replace("image/jpeg", mediaType);
      Reply requested = admin.post(images, body);
      assertThat(requested.status()).as(mediaType).isEqualTo(201);
      assertThat(requested.json().at("/upload/headers/content-type").asText()).isEqualTo(mediaType);
    }
    String html = Fixture.declared("7".repeat(64), 10).replace("image/jpeg", "text/html");
    assertThat(admin.post(images, html).refusal()).isEqualTo("400 invalid-file-type");
  }

  @Test
  void what_is_not_what_was_declared_is_refused_and_goes_away() {
    byte[] right = Fixture.photograph("size");
    Reply requested =
        admin.post("/v1/eyes/" + Fixture.eye(admin, "size") + "/images", Fixture.declared(right));
    assertThat(admin.put(requested.json().get("upload"), Fixture.CONTENT)).isEqualTo(403);
    ObjectKey key = keyOf(requested);
    assertThat(platform.objects.find(key)).isEmpty();
    String complete = "/v1/images/" + requested.text("id") + "/complete";
    platform.objects.write(key, Fixture.CONTENT, "image/jpeg");
    assertThat(admin.post(complete, "").refusal()).isEqualTo("409 upload-size-differs");
    platform.objects.write(key, Fixture.photograph("zise"), "image/jpeg");
    assertThat(admin.post(complete, "").refusal()).isEqualTo("409 upload-hash-differs");
    byte[] page = new byte[right.length];
    platform.objects.write(key, page, "image/jpeg");
    assertThat(admin.post(complete, "").refusal()).isEqualTo("400 invalid-file-type");
    assertThat(platform.objects.find(key)).as("what was wrong").isEmpty();
    assertThat(admin.put(requested.json().get("upload"), right)).isEqualTo(200);
    assertThat(admin.post(complete, "").text("status")).isEqualTo("uploaded");
  }

  @Test
  void what_is_too_large_or_no_image_gets_no_upload_url() {
    String images = "/v1/eyes/" + Fixture.eye(admin, "limits") + "/images";
    assertThat(admin.post(images, Fixture.declared("3".repeat(64), 104_857_601L)).refusal())
        .isEqualTo("400 file-too-large");
    assertThat(admin.post(images, Fixture.declared("3".repeat(64), 104_857_600L)).status())
        .isEqualTo(201);
    assertThat(admin.post(images, "{'mediaType': 'image/gif', 'bytes': 5}").refusal())
        .isEqualTo("400 invalid-file-type");
    assertThat(admin.post(images, "{'mediaType': 'image/png', 'bytes': 0}").refusal())
        .isEqualTo("400 bad-field");
    assertThat(
            admin.post(images, "{'mediaType': 'image/png', 'bytes': 5, 'sha256': 'abc'}").refusal())
        .isEqualTo("400 bad-field");
  }

  @Test
  void a_session_from_its_photographs_to_its_model() {
    Reply made = admin.post("/v1/sessions", "{'sessionId': 's-1', 'patientName': 'Ada'}");
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.text("status")).isEqualTo("created");
    assertThat(admin.post("/v1/sessions", "{'sessionId': 's-1'}").status()).isEqualTo(200);
    UUID id = UUID.fromString(made.text("id"));
    String session = "/v1/sessions/" + id;
    assertThat(admin.post(session + "/submit", "").refusal()).isEqualTo("409 session-empty");

    Reply photo = file(session, "photo", "1.jpg", "image/jpeg", "4");
    assertThat(admin.post(session + "/submit", "").refusal()).isEqualTo("409 uploads-incomplete");
    arrive(session, photo, "4");
    arrive(session, file(session, "poses", "transforms.json", "application/json", "5"), "5");
    Reply repeated = file(session, "photo", "1.jpg", "image/jpeg", "4");
    assertThat(repeated.status()).isEqualTo(200);
    assertThat(repeated.json().has("upload")).isFalse();
    assertThat(file(session, "photo", "1.jpg", "image/jpeg", "6").refusal())
        .isEqualTo("409 name-taken");
    assertThat(file(session, "photo", "../1.jpg", "image/jpeg", "6").refusal())
        .isEqualTo("400 bad-field");
    assertThat(file(session, "poses", "p.json", "image/jpeg", "6").refusal())
        .isEqualTo("400 invalid-file-type");
    assertThat(file(session, "video", "p.mp4", "image/jpeg", "6").refusal())
        .isEqualTo("400 bad-field");
    arrive(session, file(session, "photo", "2.jpg", "image/jpeg", "7"), "7");
    arrive(session, file(session, "photo", "3.jpg", "image/jpeg", "8"), "8");
    assertThat(file(session, "photo", "4.jpg", "image/jpeg", "9").refusal())
        .isEqualTo("409 too-many-files");

    assertThat(admin.post(session + "/submit", "").text("status")).isEqualTo("uploaded");
    assertThat(admin.post(session + "/submit", "").status()).isEqualTo(200);
    assertThat(file(session, "photo", "5.jpg", "image/jpeg", "9").refusal())
        .isEqualTo("409 session-closed");

    reconstruct(id);
    Reply done = admin.get(session);
    assertThat(done.text("status")).isEqualTo("completed");
    assertThat(done.json().get("files").toString()).isEqualTo("{\"accepted\":3,\"quarantined\":1}");
    assertThat(done.text("modelFormat")).isEqualTo("ply");
    assertThat(done.json().get("percent").asInt()).isEqualTo(100);
    assertThat(done.json().get("photos").asInt()).isEqualTo(3);
    assertThat(done.json().has("failureReason")).isFalse();
    assertThat(done.json().get("rejected").get(0).get("reasonCode").asText())
        .isEqualTo("truncated");
    assertThat(done.json().get("advised").toString())
        .isEqualTo("[{\"name\":\"2.jpg\",\"grade\":\"reject\",\"advice\":\"Hold still\"}]");
    assertThat(admin.download(done.text("modelUrl"))).isEqualTo(Fixture.CONTENT);
    Reply models = admin.get(session + "/models");
    assertThat(models.json().at("/models/0/metrics/psnr").asDouble()).isEqualTo(31.5);
    assertThat(admin.download(models.json().at("/models/0/url").asText()))
        .isEqualTo(Fixture.CONTENT);
    assertThat(admin.get(session + "/models/1/ply").json())
        .isEqualTo(models.json().at("/models/0"));
    assertThat(admin.get(session + "/models/2/ply").refusal()).isEqualTo("404 not-found");
    Reply files = admin.get(session + "/files");
    assertThat(files.json().get("files")).hasSize(4);
    assertThat(files.json().at("/files/1/advice").asText()).isEqualTo("Hold still");
    assertThat(files.json().at("/files/2/reasonCode").asText()).isEqualTo("truncated");
    assertThat(stranger.get(session + "/files").refusal()).isEqualTo("404 not-found");
    assertThat(stranger.get(session + "/models/1/ply").refusal()).isEqualTo("404 not-found");
    assertThat(stranger.get(session).refusal()).isEqualTo("404 not-found");
    assertThat(stranger.get(session + "/models").refusal()).isEqualTo("404 not-found");
  }

  @Test
  void a_model_made_elsewhere_completes_its_session_once() {
    UUID id = UUID.fromString(admin.post("/v1/sessions", "{'sessionId': 'old'}").text("id"));
    String models = "/v1/sessions/" + id + "/models";
    byte[] glb = "glTF and so on".getBytes(UTF_8);
    String body =
        "{'format': 'glb', 'bytes': %d, 'sha256': '%s'}".formatted(glb.length, Sha256.of(glb));
    Reply requested = admin.post(models, body);
    assertThat(requested.status()).isEqualTo(201);
    assertThat(admin.put(requested.json().get("upload"), glb)).isEqualTo(200);
    Reply accepted = admin.post(models, body);
    assertThat(accepted.json().toString())
        .isEqualTo("{\"version\":1,\"format\":\"glb\",\"status\":\"accepted\"}");
    assertThat(admin.post(models, body).json()).isEqualTo(accepted.json());
    Reply session = admin.get("/v1/sessions/" + id);
    assertThat(session.text("status")).isEqualTo("completed");
    assertThat(admin.download(session.text("modelUrl"))).isEqualTo(glb);
    byte[] page = "<html>and so on".getBytes(UTF_8);
    String wrong = body.replace(Sha256.of(glb), Sha256.of(page)).replace("14", "15");
    assertThat(admin.put(admin.post(models, wrong).json().get("upload"), page)).isEqualTo(200);
    assertThat(admin.post(models, wrong).refusal()).isEqualTo("400 invalid-file-type");
    assertThat(platform.stranger.post(models, body).refusal()).isEqualTo("404 not-found");
  }

  private void reconstruct(UUID id) {
    List<UploadOutcome> outcomes =
        List.of(
            outcome(id, "1.jpg", "accepted", ""),
            outcome(id, "transforms.json", "accepted", ""),
            outcome(id, "2.jpg", "accepted", ""),
            outcome(id, "3.jpg", "quarantined", "truncated"));
    platform.jobs.recordOutcomes(outcomes);
    assertThat(platform.jobs.advanceIngestedSessions()).isEqualTo(1);
    assertThat(platform.jobs.acceptedFiles(id)).hasSize(3);
    SessionLeases leases = platform.jobs.sessionLeases();
    SessionLeases.Lease lease = leases.claim(id, Duration.ofMinutes(1), 3).orElseThrow();
    platform.jobs.recordVerdicts(
        id,
        List.of(
            new PhotoVerdict("1.jpg", "good", ""),
            new PhotoVerdict("2.jpg", "reject", "Hold still")));
    ObjectKey key = ObjectKey.model(id, 1, "model.ply");
    platform.objects.write(key, Fixture.CONTENT, ModelFormat.PLY.mediaType());
    ModelArtifact ply =
        new ModelArtifact(key, ModelFormat.PLY, Fixture.CONTENT.length, "c".repeat(64));
    leases.complete(lease, List.of(ply), "{\"psnr\": 31.5}");
  }

  private UploadOutcome outcome(UUID session, String name, String status, String code) {
    Reply known = files.get(session + name);
    return new UploadOutcome(
        "session_files",
        UUID.fromString(known.text("id")),
        status,
        code,
        code,
        code.isEmpty() ? "d".repeat(64) : "",
        Optional.empty());
  }

  private Reply file(String session, String kind, String name, String mediaType, String words) {
    Reply reply = Fixture.file(admin, session, kind, name, mediaType, words);
    if (reply.status() == 201) {
      files.put(session.substring(session.lastIndexOf('/') + 1) + name, reply);
    }
    return reply;
  }

  private void arrive(String session, Reply file, String words) {
    assertThat(admin.put(file.json().get("upload"), Fixture.photograph(words))).isEqualTo(200);
    Reply complete = admin.post(session + "/files/" + file.text("id") + "/complete", "");
    assertThat(complete.text("status")).isEqualTo("uploaded");
  }

  private ObjectKey keyOf(Reply requested) {
    String path = URI.create(requested.json().at("/upload/url").asText()).getPath();
    return new ObjectKey(path.substring("/fovea/".length()));
  }
}
