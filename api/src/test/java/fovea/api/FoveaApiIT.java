package fovea.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fovea.api.Client.Reply;
import fovea.contract.capture.ObjectKey;
import fovea.contract.model.ModelArtifact;
import fovea.contract.model.ModelFormat;
import fovea.embedded.PlatformEnv;
import fovea.registry.JobRegistry.TrainingLog;
import fovea.registry.JobRegistry.UploadOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoveaApiIT {
  private static final byte[] CONTENT = "the bytes of a photograph".getBytes(UTF_8);

  @TempDir static Path folder;
  private static TestPlatform platform;
  private static Client admin;
  private static Client stranger;

  @BeforeAll
  static void start() {
    platform = new TestPlatform(folder);
    admin = platform.admin();
    stranger = platform.stranger();
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  @Test
  void health_needs_no_token() {
    Reply health = admin.with(null).get("/v1/health");
    assertThat(health.status()).isEqualTo(200);
    assertThat(health.json().toString())
        .isEqualTo("{\"status\":\"ok\",\"postgres\":\"ok\",\"objects\":\"ok\"}");
  }

  @Test
  void the_other_processes_find_their_way_by_platform_env() throws Exception {
    Path file = platform.folder().resolve(PlatformEnv.FILE);
    Map<String, String> values = PlatformEnv.read(file);
    assertThat(values)
        .containsEntry("DATABASE_USER", platform.postgres.jobs().user())
        .containsEntry("S3_BUCKET_NAME", "fovea")
        .containsKeys("FOVEA_API_URL", "FOVEA_API_PID", "FOVEA_ADMIN_EMAIL")
        .doesNotContainKeys("JWT_SECRET", "ENCRYPTION_KEY", "DATABASE_OWNER_PASSWORD");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void who_has_no_token_or_a_false_one_is_told_so_in_constant_words() {
    Reply without = admin.with(null).get("/v1/sessions");
    assertThat(without.refusal()).isEqualTo("401 token-required");
    assertThat(without.text("error")).isEqualTo("Access token required");
    Reply with = admin.with("a.b.c").get("/v1/sessions");
    assertThat(with.refusal()).isEqualTo("403 invalid-token");
    assertThat(with.text("error")).isEqualTo("Invalid token");
  }

  @Test
  void sign_in_tells_wrong_from_right_and_nothing_else() {
    Client nobody = admin.with(null);
    Reply wrong = nobody.post("/v1/sign-in", "{'email': 'admin@fovea.local', 'password': 'wrong'}");
    Reply unknown = nobody.post("/v1/sign-in", "{'email': 'x@fovea.local', 'password': 'wrong'}");
    assertThat(wrong.refusal()).isEqualTo("401 bad-credentials");
    assertThat(unknown.json()).isEqualTo(wrong.json());
    Reply right =
        nobody.post(
            "/v1/sign-in",
            "{'email': 'Admin@fovea.local', 'password': '" + TestPlatform.PASSWORD + "'}");
    assertThat(right.status()).isEqualTo(200);
    assertThat(right.text("role")).isEqualTo("admin");
    assertThat(right.text("expiresAt")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
  }

  @Test
  void what_does_not_fit_is_refused_with_its_reason() {
    assertThat(admin.post("/v1/patients", "{").refusal()).isEqualTo("400 malformed-json");
    assertThat(admin.post("/v1/patients", "").refusal()).isEqualTo("400 malformed-json");
    assertThat(admin.post("/v1/patients", "[]").refusal()).isEqualTo("400 malformed-json");
    assertThat(admin.post("/v1/patients", "{} {}").refusal()).isEqualTo("400 malformed-json");
    assertThat(admin.post("/v1/patients", "[".repeat(5_000)).refusal())
        .isEqualTo("400 malformed-json");
    assertThat(admin.post("/v1/patients", "{'nmae': 'x'}").refusal())
        .isEqualTo("400 unknown-field");
    assertThat(admin.post("/v1/patients", "{'age': 151}").text("error"))
        .isEqualTo("age must be a whole number from 0 to 150. Correct it in the JSON body.");
    assertThat(admin.post("/v1/patients", "{'age': '40'}").refusal()).isEqualTo("400 bad-field");
    assertThat(admin.post("/v1/patients", "{'name': 'a\\u0000b'}").refusal())
        .isEqualTo("400 bad-field");
    assertThat(admin.post("/v1/patients", "{'name': '" + "x".repeat(70_000) + "'}").refusal())
        .isEqualTo("413 body-too-large");
    assertThat(admin.post("/v1/sessions", "{'metadata': {'a': '\\u0000'}}").refusal())
        .isEqualTo("400 bad-field");
    assertThat(admin.post("/v1/patients/1/eyes", "{'laterality': 'left'}").refusal())
        .isEqualTo("404 not-found");
    assertThat(admin.get("/v1/sessions?limit=0").refusal()).isEqualTo("400 bad-parameter");
    assertThat(admin.get("/v1/sessions?status=odd").refusal()).isEqualTo("400 bad-parameter");
    assertThat(admin.get("/v1/sessions?after=odd").refusal()).isEqualTo("400 bad-parameter");
    assertThat(admin.get("/nowhere").refusal()).isEqualTo("404 no-such-route");
    assertThat(admin.get("/v1/patients").refusal()).isEqualTo("405 no-such-method");
  }

  @Test
  void a_patient_with_an_eye_and_its_refraction() {
    String body = "{'externalReference': 'p-1', 'name': 'Ada', 'age': 36, 'sex': 'F'}";
    Reply patient = admin.post("/v1/patients", body);
    assertThat(patient.status()).isEqualTo(201);
    Reply again = admin.post("/v1/patients", body);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json()).isEqualTo(patient.json());
    assertThat(admin.get("/v1/patients/" + patient.text("id")).json().toString())
        .isEqualTo(
            "{\"id\":\"%s\",\"age\":36,\"sex\":\"female\",\"name\":\"Ada\"}"
                .formatted(patient.text("id")));

    String eyes = "/v1/patients/" + patient.text("id") + "/eyes";
    Reply eye = admin.post(eyes, "{'laterality': 'od'}");
    assertThat(eye.status()).isEqualTo(201);
    assertThat(admin.post(eyes, "{'laterality': 'right'}").json()).isEqualTo(eye.json());
    assertThat(admin.post(eyes, "{'laterality': 'third'}").refusal()).isEqualTo("400 bad-field");

    String refractions = "/v1/eyes/" + eye.text("id") + "/refractions";
    Reply refraction = admin.post(refractions, "{'sphere': -2, 'cylinder': -1, 'axis': 90}");
    assertThat(refraction.status()).isEqualTo(201);
    assertThat(refraction.json().get("sphericalEquivalent").asDouble()).isEqualTo(-2.5);
    assertThat(refraction.json().get("j0").asDouble()).isEqualTo(-0.5);
    assertThat(refraction.json().get("j45").asDouble()).isCloseTo(0, within(1e-12));
    assertThat(admin.post(refractions, "{'sphere': -2, 'cylinder': -1, 'axis': 90}").status())
        .isEqualTo(200);
    assertThat(admin.post(refractions, "{'sphere': -60, 'cylinder': 0, 'axis': 0}").refusal())
        .isEqualTo("400 bad-field");
    assertThat(admin.post(refractions, "{'sphere': -6}").refusal()).isEqualTo("400 missing-field");
  }

  @Test
  void an_image_goes_straight_to_the_store_and_is_then_completed() {
    String images = "/v1/eyes/" + eye("image") + "/images";
    String body = declared("1".repeat(64), CONTENT.length);
    Reply requested = admin.post(images, body);
    assertThat(requested.status()).isEqualTo(201);
    assertThat(requested.text("status")).isEqualTo("requested");
    String image = "/v1/images/" + requested.text("id");
    assertThat(admin.post(image + "/complete", "").refusal()).isEqualTo("409 upload-missing");

    assertThat(admin.put(requested.json().get("upload"), CONTENT)).isEqualTo(200);
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
  void an_upload_of_another_size_is_not_complete() {
    Reply requested =
        admin.post(
            "/v1/eyes/" + eye("size") + "/images", declared("2".repeat(64), CONTENT.length + 1));
    assertThat(admin.put(requested.json().get("upload"), CONTENT)).isGreaterThanOrEqualTo(400);
    String id = requested.text("id");
    String key =
        platform
            .objects
            .list("research/fundus/")
            .map(object -> object.key().path())
            .filter(path -> path.endsWith(id))
            .findFirst()
            .orElse("");
    assertThat(key).isEmpty();
    platform.objects.write(keyOf(requested), CONTENT, "image/jpeg");
    assertThat(admin.post("/v1/images/" + id + "/complete", "").refusal())
        .isEqualTo("409 upload-size-differs");
  }

  @Test
  void what_is_too_large_or_no_image_gets_no_upload_url() {
    String images = "/v1/eyes/" + eye("limits") + "/images";
    assertThat(admin.post(images, declared("3".repeat(64), 104_857_601L)).refusal())
        .isEqualTo("400 file-too-large");
    assertThat(admin.post(images, declared("3".repeat(64), 104_857_600L)).status()).isEqualTo(201);
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
    arrive(session, photo);
    arrive(session, file(session, "poses", "transforms.json", "application/json", "5"));
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
    arrive(session, file(session, "photo", "2.jpg", "image/jpeg", "7"));
    arrive(session, file(session, "photo", "3.jpg", "image/jpeg", "8"));
    assertThat(file(session, "photo", "4.jpg", "image/jpeg", "9").refusal())
        .isEqualTo("409 too-many-files");

    assertThat(admin.post(session + "/submit", "").text("status")).isEqualTo("uploaded");
    assertThat(admin.post(session + "/submit", "").status()).isEqualTo(200);
    assertThat(file(session, "photo", "5.jpg", "image/jpeg", "9").refusal())
        .isEqualTo("409 session-closed");

    reconstruct(id);
    Reply done = admin.get(session);
    assertThat(done.text("status")).isEqualTo("completed");
    assertThat(done.text("modelFormat")).isEqualTo("ply");
    assertThat(done.json().get("percent").asInt()).isEqualTo(100);
    assertThat(done.json().get("photos").asInt()).isEqualTo(3);
    assertThat(done.json().has("failureReason")).isFalse();
    assertThat(done.json().get("rejected").get(0).get("reasonCode").asText())
        .isEqualTo("truncated");
    assertThat(admin.download(done.text("modelUrl"))).isEqualTo(CONTENT);
    Reply models = admin.get(session + "/models");
    assertThat(models.json().at("/models/0/metrics/psnr").asDouble()).isEqualTo(31.5);
    assertThat(admin.download(models.json().at("/models/0/url").asText())).isEqualTo(CONTENT);
    assertThat(stranger.get(session).refusal()).isEqualTo("404 not-found");
    assertThat(stranger.get(session + "/models").refusal()).isEqualTo("404 not-found");
  }

  @Test
  void sessions_come_in_pages() {
    for (int i = 0; i < 3; i++) {
      stranger.post("/v1/sessions", "{'sessionId': 'page-" + i + "'}");
    }
    Reply first = stranger.get("/v1/sessions?limit=2&status=created");
    assertThat(first.json().get("sessions")).hasSize(2);
    Reply second = stranger.get("/v1/sessions?limit=2&after=" + first.text("next"));
    assertThat(second.json().at("/sessions/0/sessionId").asText()).isEqualTo("page-0");
    assertThat(second.json().has("next")).isFalse();
  }

  @Test
  void another_organisation_is_told_that_nothing_exists() {
    String eye = eye("foreign");
    Reply patient = admin.post("/v1/patients", "{'externalReference': 'foreign'}");
    Reply image = admin.post("/v1/eyes/" + eye + "/images", declared("a".repeat(64), 5));
    Reply session = admin.post("/v1/sessions", "{'sessionId': 'foreign'}");
    String unknown = UUID.randomUUID().toString();
    for (String id : List.of(patient.text("id"), unknown)) {
      assertThat(stranger.get("/v1/patients/" + id).refusal()).isEqualTo("404 not-found");
      assertThat(stranger.post("/v1/patients/" + id + "/eyes", "{'laterality': 'left'}").refusal())
          .isEqualTo("404 not-found");
    }
    for (String id : List.of(eye, unknown)) {
      assertThat(stranger.post("/v1/eyes/" + id + "/images", declared("a".repeat(64), 5)).refusal())
          .isEqualTo("404 not-found");
      assertThat(
              stranger
                  .post(
                      "/v1/eyes/" + id + "/refractions", "{'sphere': 0, 'cylinder': 0, 'axis': 0}")
                  .refusal())
          .isEqualTo("404 not-found");
    }
    for (String id : List.of(image.text("id"), unknown)) {
      assertThat(stranger.get("/v1/images/" + id).refusal()).isEqualTo("404 not-found");
      assertThat(stranger.post("/v1/images/" + id + "/complete", "").refusal())
          .isEqualTo("404 not-found");
    }
    for (String id : List.of(session.text("id"), unknown)) {
      assertThat(stranger.get("/v1/sessions/" + id).refusal()).isEqualTo("404 not-found");
      assertThat(stranger.post("/v1/sessions/" + id + "/submit", "").refusal())
          .isEqualTo("404 not-found");
      assertThat(
              file(stranger, "/v1/sessions/" + id, "photo", "1.jpg", "image/jpeg", "4").refusal())
          .isEqualTo("404 not-found");
    }
  }

  @Test
  void training_runs_are_listed_with_their_metrics() {
    UUID run = UUID.randomUUID();
    platform.jobs.recordTraining(
        new TrainingLog(run, "custom-cnn", "{\"auroc\": 0.9}", "{}", "networks/x/y"));
    Reply runs = admin.get("/v1/training-runs");
    assertThat(runs.json().at("/runs/0/run").asText()).isEqualTo(run.toString());
    assertThat(runs.json().at("/runs/0/metrics/auroc").asDouble()).isEqualTo(0.9);
  }

  private static void reconstruct(UUID id) {
    List<UploadOutcome> outcomes =
        List.of(
            outcome(id, "1.jpg", "accepted", ""),
            outcome(id, "transforms.json", "accepted", ""),
            outcome(id, "2.jpg", "accepted", ""),
            outcome(id, "3.jpg", "quarantined", "truncated"));
    platform.jobs.recordOutcomes(outcomes);
    assertThat(platform.jobs.advanceIngestedSessions()).isEqualTo(1);
    assertThat(platform.jobs.acceptedFiles(id)).hasSize(3);
    assertThat(platform.jobs.startProcessing(id)).isTrue();
    ObjectKey key = ObjectKey.model(id, 1, "model.ply");
    platform.objects.write(key, CONTENT, ModelFormat.PLY.mediaType());
    platform.jobs.completeSession(
        id,
        new ModelArtifact(key, ModelFormat.PLY, CONTENT.length, "c".repeat(64)),
        1,
        "{\"psnr\": 31.5}");
  }

  private static UploadOutcome outcome(UUID session, String name, String status, String code) {
    Reply known = FILES.get(session + name);
    return new UploadOutcome(
        "session_files",
        UUID.fromString(known.text("id")),
        status,
        code,
        code,
        code.isEmpty() ? "d".repeat(64) : "",
        Optional.empty());
  }

  private static final Map<String, Reply> FILES = new java.util.HashMap<>();

  private static Reply file(
      String session, String kind, String name, String mediaType, String digit) {
    Reply reply = file(admin, session, kind, name, mediaType, digit);
    if (reply.status() == 201) {
      FILES.put(session.substring(session.lastIndexOf('/') + 1) + name, reply);
    }
    return reply;
  }

  private static Reply file(
      Client client, String session, String kind, String name, String mediaType, String digit) {
    return client.post(
        session + "/files",
        "{'kind': '%s', 'name': '%s', 'mediaType': '%s', 'bytes': %d, 'sha256': '%s'}"
            .formatted(kind, name, mediaType, CONTENT.length, digit.repeat(64)));
  }

  private static void arrive(String session, Reply file) {
    assertThat(admin.put(file.json().get("upload"), CONTENT)).isEqualTo(200);
    Reply complete = admin.post(session + "/files/" + file.text("id") + "/complete", "");
    assertThat(complete.text("status")).isEqualTo("uploaded");
  }

  private static String eye(String reference) {
    Reply patient = admin.post("/v1/patients", "{'externalReference': '" + reference + "'}");
    return admin
        .post("/v1/patients/" + patient.text("id") + "/eyes", "{'laterality': 'left'}")
        .text("id");
  }

  private static String declared(String sha256, long bytes) {
    return "{'mediaType': 'image/jpeg', 'bytes': %d, 'sha256': '%s', 'camera': 'c', 'drGrade': 2}"
        .formatted(bytes, sha256);
  }

  private static ObjectKey keyOf(Reply requested) {
    String path = java.net.URI.create(requested.json().at("/upload/url").asText()).getPath();
    return new ObjectKey(path.substring("/fovea/".length()));
  }
}
