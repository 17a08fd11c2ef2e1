package fovea.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fovea.api.Client.Reply;
import fovea.contract.capture.ObjectKey;
import fovea.contract.model.GateCheck;
import fovea.registry.BiasReports.Compared;
import fovea.registry.JobRegistry.TrainingLog;
import fovea.registry.RegistrySettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class ResearchIT {
  private final TestPlatform platform = TestPlatform.shared();
  private final Client admin = platform.admin;
  private final Client stranger = platform.stranger;

  @Test
  void patients_come_in_pages_and_by_what_is_asked_for() {
    List<String> made = new ArrayList<>();
    for (int age : new int[] {101, 102, 103}) {
      made.add(0, admin.post("/v1/patients", "{'age': %d, 'sex': 'f'}".formatted(age)).text("id"));
    }
    String query = "/v1/patients?ageFrom=101&ageTo=103&sex=female&limit=2";
    Reply first = admin.get(query);
    assertThat(ids(first, "patients")).isEqualTo(made.subList(0, 2));
    Reply second = admin.get(query + "&after=" + first.text("next"));
    assertThat(ids(second, "patients")).isEqualTo(made.subList(2, 3));
    assertThat(second.json().has("next")).isFalse();
    assertThat(ids(admin.get(query.replace("ageTo=103", "ageTo=101")), "patients")).hasSize(1);
    assertThat(ids(stranger.get(query), "patients")).isEmpty();
    assertThat(ids(admin.get(query + "&createdFrom=2999-01-01T00:00:00Z"), "patients")).isEmpty();
    assertThat(admin.get("/v1/patients?age=101").refusal()).isEqualTo("400 unknown-parameter");
    assertThat(admin.get("/v1/patients?after=AAAA").refusal()).isEqualTo("400 bad-parameter");
  }

  @Test
  void a_patient_is_not_sent_again_nor_changed_unseen() {
    String patient = "/v1/patients/" + patient("{'name': 'Ada', 'age': 36}");
    String tag = admin.get(patient).header("etag");
    assertThat(admin.send("GET", patient, "", "If-None-Match", tag).status()).isEqualTo(304);

    Reply changed = admin.send("PATCH", patient, "{'age': 37, 'name': null}", "If-Match", tag);
    assertThat(changed.json().path("age").asInt()).isEqualTo(37);
    assertThat(changed.json().has("name")).isFalse();
    assertThat(changed.header("etag")).isNotEqualTo(tag);
    assertThat(admin.send("PATCH", patient, "{'age': 38}", "If-Match", tag).refusal())
        .isEqualTo("412 precondition-failed");
    assertThat(admin.send("GET", patient, "", "If-None-Match", tag).status()).isEqualTo(200);
    assertThat(admin.send("PATCH", patient, "{'age': 151}").refusal()).isEqualTo("400 bad-field");
    assertThat(stranger.send("PATCH", patient, "{'age': 1}").refusal()).isEqualTo("404 not-found");

    String taken = "{'externalReference': 'taken-%s'}".formatted(patient.hashCode());
    patient(taken);
    assertThat(admin.send("PATCH", patient, taken).refusal()).isEqualTo("409 reference-taken");
    assertThat(admin.send("DELETE", patient, "", "If-Match", tag).status()).isEqualTo(412);
    assertThat(stranger.send("DELETE", patient, "").status()).isEqualTo(404);
    assertThat(admin.send("DELETE", patient, "").status()).isEqualTo(204);
    assertThat(admin.get(patient).status()).isEqualTo(404);
  }

  @Test
  void a_request_sent_again_is_done_once() {
    String key = UUID.randomUUID().toString();
    List<CompletableFuture<Reply>> together =
        IntStream.range(0, 4)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> keyed(key, "{'age': 50}")))
            .toList();
    List<Reply> replies = together.stream().map(CompletableFuture::join).toList();
    List<String> made =
        replies.stream().filter(r -> r.status() == 201).map(r -> r.text("id")).distinct().toList();
    assertThat(made).hasSize(1);
    assertThat(replies.stream().filter(r -> r.status() != 201))
        .allMatch(r -> r.refusal().equals("409 request-in-progress"));
    Reply again = keyed(key, "{'age': 50}");
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.text("id")).isEqualTo(made.get(0));
    assertThat(again.header("idempotency-replayed")).isEqualTo("true");
    assertThat(keyed(key, "{'age': 51}").refusal()).isEqualTo("422 key-reused");
    assertThat(keyed("two words", "{}").refusal()).isEqualTo("400 bad-idempotency-key");

    String failed = UUID.randomUUID().toString();
    assertThat(keyed(failed, "{'age': -1}").status()).isEqualTo(400);
    assertThat(keyed(failed, "{'age': 1}").status()).isEqualTo(201);
  }

  @Test
  void an_eye_with_what_was_measured_and_photographed() {
    String patient = patient("{}");
    String eye = eye(admin, patient);
    assertThat(admin.get("/v1/patients/" + patient + "/eyes").json().at("/eyes/0/laterality"))
        .hasToString("\"left\"");
    String refractions = "/v1/eyes/" + eye + "/refractions";
    assertThat(admin.get(refractions + "/latest").refusal()).isEqualTo("404 not-found");
    String first = "{'sphere': -2, 'cylinder': -1, 'axis': 90, 'acuity': 0.1}";
    assertThat(admin.post(refractions, first).status()).isEqualTo(201);
    assertThat(admin.post(refractions, first.replace("0.1", "0.2")).status()).isEqualTo(201);
    assertThat(admin.post(refractions, first).status()).isEqualTo(200);
    assertThat(admin.post(refractions, first.replace("0.1", "3.1")).refusal())
        .isEqualTo("400 bad-field");
    JsonNode latest = admin.get(refractions + "/latest").json();
    assertThat(latest.path("acuity").asDouble()).isEqualTo(0.2);
    assertThat(latest.path("sphericalEquivalent").asDouble()).isEqualTo(-2.5);
    assertThat(latest.path("j0").asDouble()).isEqualTo(-0.5);
    assertThat(admin.get(refractions).json().path("refractions")).hasSize(2);

    String images = "/v1/eyes/" + eye + "/images";
    String image = admin.post(images, Fixture.declared("f".repeat(64), 7)).text("id");
    assertThat(ids(admin.get(images + "?status=requested"), "images")).containsExactly(image);
    assertThat(ids(admin.get(images + "?status=accepted"), "images")).isEmpty();
    assertThat(ids(admin.get("/v1/images?eye=" + eye), "images")).containsExactly(image);
    assertThat(ids(stranger.get("/v1/images?eye=" + eye), "images")).isEmpty();
    assertThat(admin.send("DELETE", "/v1/patients/" + patient, "").refusal())
        .isEqualTo("409 patient-has-data");
  }

  @Test
  void training_data_comes_in_pages_and_as_a_stream_without_who_withdrew() throws Exception {
    String patient = stranger.post("/v1/patients", "{'name': 'Ada', 'sex': 'f'}").text("id");
    String eye = eye(stranger, patient);
    stranger.post("/v1/eyes/" + eye + "/refractions", "{'sphere': -2, 'cylinder': -1, 'axis': 90}");
    accepted(eye, 1_200);
    Reply page = stranger.get("/v1/training-data?limit=1000&drGrade=2&sex=female");
    assertThat(page.json().path("records")).hasSize(1_000);
    JsonNode record = page.json().at("/records/0");
    assertThat(record.at("/refraction/sphere").asDouble()).isEqualTo(-2);
    assertThat(record.path("consent").asText()).isEqualTo("unrecorded");
    assertThat(record.toString()).doesNotContain("Ada");
    Reply rest = stranger.get("/v1/training-data?limit=1000&after=" + page.text("next"));
    assertThat(rest.json().path("records")).hasSize(200);
    assertThat(admin.get("/v1/training-data?camera=of-training").json().path("records")).isEmpty();

    Reply export = stranger.get("/v1/export/training-data");
    assertThat(export.header("content-type")).startsWith("application/x-ndjson");
    assertThat(export.text("raw").lines()).hasSize(1_200).doesNotHaveDuplicates();
    String consents = "/v1/patients/" + patient + "/consents";
    stranger.post(consents, "{'purpose': 'research', 'decision': 'withdrawn'}");
    assertThat(stranger.get("/v1/export/training-data").text("raw")).isEmpty();
  }

  @Test
  void a_trained_network_is_shown_with_what_became_of_it() {
    UUID run = UUID.randomUUID();
    platform.jobs.recordTraining(
        new TrainingLog(run, "of-" + run, "{\"auc\": 0.9}", "{\"seed\": 1}", "networks/x/y"));
    GateCheck check = GateCheck.of("auc", 0.9, GateCheck.Bound.AT_LEAST, 0.8, "");
    platform
        .jobs
        .trainedModels()
        .judge(run, "a".repeat(64), Optional.empty(), List.of(check), "someone");
    JsonNode shown = admin.get("/v1/training-runs/" + run).json();
    assertThat(shown.path("state").asText()).isEqualTo("gated");
    assertThat(shown.at("/steps/1/to").asText()).isEqualTo("gated");
    assertThat(shown.at("/gate/checks/0/bound").asText()).isEqualTo("at least");
    String mine = "/v1/training-runs?architecture=of-" + run;
    assertThat(admin.get(mine + "&state=gated").json().path("runs")).hasSize(1);
    assertThat(admin.get(mine + "&state=retired").json().path("runs")).isEmpty();
    assertThat(admin.get("/v1/training-runs/" + UUID.randomUUID()).status()).isEqualTo(404);
  }

  @Test
  void a_bias_report_is_found_by_the_network_it_looked_at() {
    UUID report = UUID.randomUUID();
    UUID run = UUID.randomUUID();
    Compared compared = new Compared(report, run.toString(), 120, 60, "the largest gap");
    platform.jobs.recordBiasReport(compared);
    platform.jobs.recordBiasReport(compared);
    platform.objects.write(
        ObjectKey.report("bias", report, "report.json"),
        "{\"title\": \"of a test\"}".getBytes(UTF_8),
        "application/json");
    String reports = "/v1/bias-reports";
    assertThat(ids(admin.get(reports + "?trainingRun=" + run), "reports"))
        .containsExactly(report.toString());
    assertThat(admin.get(reports + "/" + report).json().path("images").asInt()).isEqualTo(120);
    assertThat(admin.get(reports + "/" + report + "/report").text("title")).isEqualTo("of a test");
    assertThat(admin.get(reports + "/" + run).refusal()).isEqualTo("404 not-found");
  }

  private void accepted(String eye, int images) throws SQLException {
    RegistrySettings owner = platform.postgres.owner();
    try (Connection connection =
            DriverManager.getConnection(owner.url(), owner.user(), owner.password());
        var insert =
            connection.prepareStatement(
                """
                INSERT INTO fundus_images
                  (organization_id, eye_id, object_key, media_type, bytes, status, dr_grade, camera)
                SELECT e.organization_id, e.id, 'test/' || gen_random_uuid(), 'image/jpeg', 1,
                  'accepted', 2, 'of-training'
                FROM eyes e, generate_series(1, ?) WHERE e.id = CAST(? AS uuid)
                """)) {
      insert.setInt(1, images);
      insert.setString(2, eye);
      insert.execute();
    }
  }

  private Reply keyed(String key, String json) {
    return admin.send("POST", "/v1/patients", json, "Idempotency-Key", key);
  }

  private String patient(String json) {
    return admin.post("/v1/patients", json).text("id");
  }

  private static String eye(Client client, String patient) {
    return client.post("/v1/patients/" + patient + "/eyes", "{'laterality': 'left'}").text("id");
  }

  private static List<String> ids(Reply reply, String list) {
    return StreamSupport.stream(reply.json().path(list).spliterator(), false)
        .map(each -> each.path("id").asText())
        .toList();
  }
}
