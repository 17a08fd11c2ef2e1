package fovea.api;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.api.Client.Reply;
import fovea.api.TestPlatform.Person;
import fovea.api.identity.Codes;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdentityIT {
  private final TestPlatform platform = TestPlatform.shared();
  private final Client admin = platform.admin;
  private final Client nobody = admin.with(null);

  @Test
  void a_refresh_token_carries_a_sign_in_on_and_a_copy_of_it_ends_it() {
    Reply signedIn = signIn(platform.person("doctor"), "");
    Reply next = refresh(signedIn.text("refreshToken"));
    assertThat(next.status()).isEqualTo(200);
    Client client = nobody.with(next.text("token"));
    assertThat(client.get("/v1/organization").text("name")).isEqualTo("Fovea");

    assertThat(refresh(signedIn.text("refreshToken")).refusal()).isEqualTo("403 invalid-token");
    assertThat(refresh(next.text("refreshToken")).refusal()).isEqualTo("403 invalid-token");
    assertThat(client.get("/v1/organization").refusal()).isEqualTo("403 invalid-token");
  }

  @Test
  void who_signs_out_or_is_signed_out_is_out_at_once() {
    Person doctor = platform.person("doctor");
    Client other = nobody.with(signIn(doctor, "").text("token"));
    Reply list = doctor.client().get("/v1/sign-ins");
    assertThat(list.json().path("signIns")).hasSize(2);
    String newest = list.json().at("/signIns/0/id").asText();
    assertThat(doctor.client().send("DELETE", "/v1/sign-ins/" + newest, "").status())
        .isEqualTo(204);
    assertThat(other.get("/v1/organization").refusal()).isEqualTo("403 invalid-token");

    assertThat(doctor.client().post("/v1/sign-out", "").status()).isEqualTo(204);
    assertThat(doctor.client().get("/v1/organization").refusal()).isEqualTo("403 invalid-token");
  }

  @Test
  void too_many_tries_lock_an_email_whether_or_not_anybody_has_it() {
    Person doctor = platform.person("doctor");
    for (String email : new String[] {doctor.email(), UUID.randomUUID() + "@nobody.local"}) {
      for (int i = 0; i < 3; i++) {
        assertThat(signIn(email, "wrong", "").refusal()).isEqualTo("401 bad-credentials");
      }
      assertThat(signIn(email, TestPlatform.PASSWORD, "").refusal())
          .isEqualTo("429 too-many-tries");
    }
  }

  @Test
  void a_second_factor_is_asked_of_who_has_one() {
    Person doctor = platform.person("doctor");
    String secret = begin(doctor.client());
    Reply confirmed = confirm(doctor.client(), Codes.of(secret, 0));
    String recovery = confirmed.json().at("/recoveryCodes/0").asText();
    assertThat(confirmed.json().path("recoveryCodes")).hasSize(10);

    assertThat(signIn(doctor, "").refusal()).isEqualTo("401 code-required");
    assertThat(signIn(doctor, Codes.of(secret, 0)).refusal()).isEqualTo("401 wrong-code");
    assertThat(signIn(doctor, Codes.of(secret, 1)).status()).isEqualTo(200);
    assertThat(signIn(doctor, recovery).status()).isEqualTo(200);
    assertThat(signIn(doctor, recovery).refusal()).isEqualTo("401 wrong-code");

    String path = "/v1/users/" + doctor.id() + "/second-factor";
    assertThat(admin.send("DELETE", path, "").status()).isEqualTo(204);
    assertThat(signIn(doctor, "").status()).isEqualTo(200);
  }

  @Test
  void an_admin_adds_a_second_factor_before_anything_else() {
    Person other = platform.person("admin");
    assertThat(signIn(other, "").text("required")).isEqualTo("second-factor");
    assertThat(other.client().get("/v1/users").refusal()).isEqualTo("403 second-factor-missing");
    confirm(other.client(), Codes.of(begin(other.client()), 0));
    assertThat(other.client().get("/v1/users").status()).isEqualTo(200);
  }

  @Test
  void an_admin_rules_the_people_of_one_organisation() {
    Person doctor = platform.person("doctor");
    String path = "/v1/users/" + doctor.id();
    assertThat(platform.stranger.send("PATCH", path, "{'role': 'admin'}").refusal())
        .isEqualTo("404 not-found");
    assertThat(platform.stranger.get("/v1/users").json().toString()).doesNotContain(doctor.email());
    String same =
        "{'email': '%s', 'name': 'x', 'role': 'doctor', 'password': 'long-enough-1'}"
            .formatted(doctor.email());
    assertThat(admin.post("/v1/users", same).refusal()).isEqualTo("409 name-taken");
    assertThat(platform.stranger.post("/v1/users", same).status()).isEqualTo(201);

    assertThat(admin.send("PATCH", path, "{'role': 'researcher'}").text("role"))
        .isEqualTo("researcher");
    assertThat(doctor.client().get("/v1/organization").refusal()).isEqualTo("403 invalid-token");
    assertThat(admin.send("PATCH", path, "{'state': 'disabled'}").text("state"))
        .isEqualTo("disabled");
    assertThat(signIn(doctor, "").refusal()).isEqualTo("401 bad-credentials");
    assertThat(admin.send("DELETE", path, "").status()).isEqualTo(204);
    assertThat(admin.send("DELETE", path, "").refusal()).isEqualTo("404 not-found");
    assertThat(admin.get("/v1/users").json().toString()).doesNotContain(doctor.email());
  }

  @Test
  void a_new_password_ends_the_other_sign_ins() {
    Person doctor = platform.person("doctor");
    Client other = nobody.with(signIn(doctor, "").text("token"));
    String next = "{'password': '%s', 'newPassword': 'a-new-password'}";
    assertThat(doctor.client().post("/v1/password", next.formatted("wrong")).refusal())
        .isEqualTo("401 bad-credentials");
    assertThat(doctor.client().post("/v1/password", next.formatted(TestPlatform.PASSWORD)).status())
        .isEqualTo(204);
    assertThat(other.get("/v1/organization").refusal()).isEqualTo("403 invalid-token");
    assertThat(doctor.client().get("/v1/organization").status()).isEqualTo(200);
    assertThat(signIn(doctor.email(), "a-new-password", "").status()).isEqualTo(200);
  }

  @Test
  void a_service_token_reads_what_networks_need_and_no_patient() {
    Reply made = admin.post("/v1/service-tokens", "{'name': 'nightly training'}");
    Client service = nobody.with(made.text("token"));
    assertThat(service.get("/v1/training-runs").status()).isEqualTo(200);
    assertThat(service.get("/v1/sessions").refusal()).isEqualTo("403 not-permitted");
    assertThat(service.get("/v1/sign-ins").refusal()).isEqualTo("403 not-permitted");
    assertThat(admin.get("/v1/service-tokens").json().toString())
        .contains("nightly training")
        .doesNotContain(made.text("token"));
    admin.send("DELETE", "/v1/service-tokens/" + made.text("id"), "");
    assertThat(service.get("/v1/training-runs").refusal()).isEqualTo("403 invalid-token");
  }

  @Test
  void a_researcher_reads_a_patient_without_the_name() {
    Reply patient = admin.post("/v1/patients", "{'name': 'Ada', 'age': 36}");
    String path = "/v1/patients/" + patient.text("id");
    assertThat(platform.person("doctor").client().get(path).text("name")).isEqualTo("Ada");
    Reply seen = platform.person("researcher").client().get(path);
    assertThat(seen.json().path("age").asInt()).isEqualTo(36);
    assertThat(seen.json().toString()).doesNotContain("Ada");
  }

  private String begin(Client client) {
    return client.post("/v1/second-factor", "").text("secret");
  }

  private Reply confirm(Client client, String code) {
    Reply reply = client.post("/v1/second-factor/confirm", "{'code': '" + code + "'}");
    assertThat(reply.status()).isEqualTo(200);
    return reply;
  }

  private Reply refresh(String token) {
    return nobody.post("/v1/token/refresh", "{'refreshToken': '" + token + "'}");
  }

  private Reply signIn(Person person, String code) {
    return signIn(person.email(), TestPlatform.PASSWORD, code);
  }

  private Reply signIn(String email, String password, String code) {
    String more = code.isEmpty() ? "" : ", 'code': '" + code + "'";
    return nobody.post(
        "/v1/sign-in", "{'email': '%s', 'password': '%s'%s}".formatted(email, password, more));
  }
}
