package fovea.api;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.api.Client.Reply;
import fovea.api.identity.Tokens;
import fovea.contract.settings.SettingValues;
import fovea.registry.Actor;
import fovea.registry.ApiRegistry;
import fovea.registry.Bootstrap;
import fovea.registry.NameCipher;
import fovea.registry.Quotas;
import fovea.registry.Quotas.Quota;
import fovea.registry.SignIns.Proof;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A second API over the same stores, this one with limits. */
class LimitsIT {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final TestPlatform PLATFORM = TestPlatform.shared();

  private static ApiRegistry registry;
  private static FoveaApi api;

  @BeforeAll
  static void start() {
    Map<String, String> limits =
        Map.of(
            "port",
            "0",
            "requests-per-minute",
            "30",
            "images-per-hour",
            "2",
            "uploads-per-hour",
            "5");
    registry = ApiRegistry.open(PLATFORM.postgres.api(), NameCipher.of(SECRET));
    api =
        FoveaApi.start(
            ApiSettings.of(SettingValues.of(limits)), registry, PLATFORM.objects, tokens());
  }

  @AfterAll
  static void stop() {
    api.close();
    registry.close();
  }

  private static Tokens tokens() {
    return Tokens.of(SECRET, Duration.ofMinutes(5));
  }

  private record Caller(Client client, Actor actor, String organization) {}

  private static Caller caller() {
    String organization = "limits-" + UUID.randomUUID();
    Actor actor =
        Bootstrap.run(PLATFORM.postgres.owner(), organization, organization + "@test", "password");
    UUID signIn =
        registry.inOrganization(
            actor, s -> s.signIns().begin(Duration.ofHours(1), Proof.PASSWORD, null).signIn());
    String token = tokens().issue(actor, signIn, Instant.now()).token();
    return new Caller(new Client(api.url(), token), actor, organization);
  }

  @Test
  void requests_are_limited_a_minute_and_each_answer_says_what_is_left() {
    Client client = caller().client();
    Reply first = client.get("/v1/sessions");
    assertThat(first.header("RateLimit-Policy")).isEqualTo("\"minute\";q=30;w=60");
    assertThat(first.header("RateLimit")).isEqualTo("\"minute\";r=29;t=60");
    for (int i = 1; i < 30; i++) {
      assertThat(client.get("/v1/sessions").status()).isEqualTo(200);
    }
    Reply refused = client.get("/v1/sessions");
    assertThat(refused.refusal()).isEqualTo("429 too-many-requests");
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 60);
    assertThat(caller().client().get("/v1/sessions").status()).isEqualTo(200);
    assertThat(client.with(null).get("/v1/health").status()).isEqualTo(200);
  }

  @Test
  void photographs_have_a_limit_of_their_own_and_a_session_counts_once() {
    Client client = caller().client();
    String eye = Fixture.eye(client, "limited");
    for (String digit : new String[] {"1", "2"}) {
      Reply image =
          client.post("/v1/eyes/" + eye + "/images", Fixture.declared(digit.repeat(64), 5));
      assertThat(image.status()).isEqualTo(201);
    }
    Reply third = client.post("/v1/eyes/" + eye + "/images", Fixture.declared("3".repeat(64), 5));
    assertThat(third.refusal()).isEqualTo("429 too-many-requests");
    assertThat(third.header("RateLimit")).contains("\"images\";r=0");

    Reply session = client.post("/v1/sessions", "{}");
    assertThat(session.status()).isEqualTo(201);
    for (int photo = 0; photo < 5; photo++) {
      assertThat(
              Fixture.file(
                      client,
                      "/v1/sessions/" + session.text("id"),
                      "photo",
                      photo + ".jpg",
                      "image/jpeg",
                      Integer.toString(photo))
                  .status())
          .isEqualTo(201);
    }
    assertThat(client.post("/v1/sessions", "{}").status()).isEqualTo(201);
    assertThat(client.post("/v1/sessions", "{}").status()).isEqualTo(201);
    assertThat(client.post("/v1/sessions", "{}").refusal()).isEqualTo("429 too-many-requests");
  }

  @Test
  void a_quota_is_a_refusal_that_says_what_is_kept() {
    Caller caller = caller();
    Client client = caller.client();
    assertThat(
            Quotas.grant(
                PLATFORM.postgres.owner(), caller.organization(), new Quota(10L, null, 1L)))
        .isTrue();
    String eye = Fixture.eye(client, "quota");
    String images = "/v1/eyes/" + eye + "/images";
    assertThat(client.post(images, Fixture.declared("4".repeat(64), 8)).status()).isEqualTo(201);
    Reply refused = client.post(images, Fixture.declared("5".repeat(64), 3));
    assertThat(refused.refusal()).isEqualTo("403 quota-exceeded");
    assertThat(refused.json().toString()).contains("the organisation keeps 8 of 10 bytes");
    assertThat(client.post("/v1/sessions", "{}").status()).isEqualTo(201);
    assertThat(client.post("/v1/sessions", "{}").refusal()).isEqualTo("403 quota-exceeded");
    assertThat(client.get("/v1/organization/usage").json().toString())
        .isEqualTo("{\"bytes\":8,\"images\":1,\"sessions\":1,\"mostBytes\":10,\"mostSessions\":1}");
  }

  @Test
  void guessed_ids_are_noticed_and_told_to_the_administrator() {
    Client client = caller().client();
    for (int i = 0; i < 20; i++) {
      assertThat(client.get("/v1/sessions/" + UUID.randomUUID()).status()).isEqualTo(404);
    }
    Reply events = client.get("/v1/organization/security-events");
    assertThat(events.json().at("/events/0/kind").asText()).isEqualTo("unknown-ids");
    assertThat(events.json().at("/events/0/signs").asInt()).isEqualTo(20);
    assertThat(events.json().at("/events/0/address").asText()).isEqualTo("127.0.0.1");
    assertThat(events.json().get("events")).hasSize(1);
  }

  @Test
  void what_is_read_changed_and_refused_has_one_record_each() {
    Caller caller = caller();
    Client client = caller.client();
    String patient = client.post("/v1/patients", "{'name': 'Ada'}").text("id");
    client.get("/v1/patients/" + patient);
    client.get("/v1/patients/" + patient + "/consents");
    client.get("/v1/sessions");
    client.get("/v1/images/" + UUID.randomUUID());
    client.post("/v1/patients", "{'nmae': 'Ada'}");
    assertThat(client.get("/v1/organization/audit").json().findValuesAsText("operation"))
        .containsExactly(
            "post_patients",
            "read_image",
            "read_sessions",
            "read_consents",
            "read_patient",
            "create_patient",
            "sign_in");
    Reply of = client.get("/v1/organization/audit?row=" + patient);
    assertThat(of.json().findValuesAsText("operation"))
        .containsExactly("read_consents", "read_patient", "create_patient");
    assertThat(of.json().toString()).doesNotContain("Ada");
    assertThat(client.get("/v1/organization/audit").json().at("/entries/2/status").asText())
        .isEqualTo("refused");
  }
}
