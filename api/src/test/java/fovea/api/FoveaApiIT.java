package fovea.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fovea.api.Client.Reply;
import fovea.api.http.Problem;
import fovea.contract.settings.PlatformEnv;
import fovea.registry.JobRegistry.TrainingLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FoveaApiIT {
  private final TestPlatform platform = TestPlatform.shared();
  private final Client admin = platform.admin;
  private final Client stranger = platform.stranger;

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
  void what_a_patient_allowed_is_recorded_and_the_newest_comes_first() {
    String patient = "/v1/patients/" + admin.post("/v1/patients", "{}").text("id") + "/consents";
    assertThat(admin.get(patient).json().path("consents").toString()).isEqualTo("[]");
    String given =
        "{'purpose': 'training', 'decision': 'given', 'decidedAt': '2025-03-01T10:00:00Z'}";
    assertThat(admin.post(patient, given).status()).isEqualTo(201);
    String withdrawn = "{'purpose': 'training', 'decision': 'withdrawn'}";
    assertThat(admin.post(patient, withdrawn).status()).isEqualTo(201);
    assertThat(admin.get(patient).json().path("consents").toString())
        .matches(
            "\\[\\{\"purpose\":\"training\",\"decision\":\"withdrawn\",.*"
                + "\"decision\":\"given\",\"decidedAt\":\"2025-03-01T10:00:00Z\"\\}\\]");
    assertThat(admin.post(patient, "{'purpose': 'sale', 'decision': 'given'}").refusal())
        .isEqualTo("400 bad-field");
    assertThat(admin.post(patient, given.replace("2025", "9025")).refusal())
        .isEqualTo("400 bad-field");
    String nobody = "/v1/patients/00000000-0000-0000-0000-000000000001/consents";
    assertThat(admin.post(nobody, withdrawn).refusal()).isEqualTo("404 not-found");
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
    assertThat(admin.get("/v1/sessions?stauts=x").refusal()).isEqualTo("400 unknown-parameter");
  }

  @Test
  void an_error_is_a_problem_document_with_a_stable_code() {
    Reply young = admin.post("/v1/patients", "{'age': -1}");
    assertThat(young.header("content-type")).startsWith(Problem.MEDIA_TYPE);
    assertThat(young.text("type")).isEqualTo("/v1/docs#bad-field");
    assertThat(young.text("title")).isEqualTo("Bad field");
    assertThat(young.json().path("status").asInt()).isEqualTo(young.status());
    assertThat(young.text("detail")).isEqualTo(young.text("error")).startsWith("age must be");
    assertThat(admin.get("/nowhere").header("content-type")).startsWith(Problem.MEDIA_TYPE);
    Reply method = admin.get("/v1/sign-in");
    assertThat(method.refusal()).isEqualTo("405 no-such-method");
    assertThat(method.header("allow")).isEqualTo("POST");
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
        .startsWith(
            "{\"id\":\"%s\",\"externalReference\":\"p-1\",\"age\":36,\"sex\":\"female\",\"name\":\"Ada\","
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
    String eye = Fixture.eye(admin, "foreign");
    Reply patient = admin.post("/v1/patients", "{'externalReference': 'foreign'}");
    Reply image = admin.post("/v1/eyes/" + eye + "/images", Fixture.declared("a".repeat(64), 5));
    Reply session = admin.post("/v1/sessions", "{'sessionId': 'foreign'}");
    String unknown = UUID.randomUUID().toString();
    for (String id : List.of(patient.text("id"), unknown)) {
      assertThat(stranger.get("/v1/patients/" + id).refusal()).isEqualTo("404 not-found");
      assertThat(stranger.post("/v1/patients/" + id + "/eyes", "{'laterality': 'left'}").refusal())
          .isEqualTo("404 not-found");
    }
    for (String id : List.of(eye, unknown)) {
      assertThat(
              stranger
                  .post("/v1/eyes/" + id + "/images", Fixture.declared("a".repeat(64), 5))
                  .refusal())
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
              Fixture.file(stranger, "/v1/sessions/" + id, "photo", "1.jpg", "image/jpeg", "4")
                  .refusal())
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
}
