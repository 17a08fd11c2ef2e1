package fovea.api;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.api.Client.Reply;
import fovea.api.TestPlatform.Person;
import fovea.api.http.Route;
import fovea.api.http.Rule;
import fovea.registry.Role;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every route of the table, asked by everybody who may not. */
class AccessMatrixIT {
  private static final TestPlatform PLATFORM = TestPlatform.shared();
  private static final Map<String, String> OWN = new HashMap<>();
  private static final Map<Role, Client> ROLES = new EnumMap<>(Role.class);
  private static Client nobody;
  private static Client deleted;

  @BeforeAll
  static void fill() {
    Client admin = PLATFORM.admin;
    nobody = admin.with(null);
    for (Role role : List.of(Role.DOCTOR, Role.RESEARCHER, Role.ML_PIPELINE)) {
      ROLES.put(role, PLATFORM.person(role.word()).client());
    }
    Person leaver = PLATFORM.person("doctor");
    admin.send("DELETE", "/v1/users/" + leaver.id(), "");
    deleted = leaver.client();
    OWN.put("users", PLATFORM.person("doctor").id());
    OWN.put("patients", admin.post("/v1/patients", "{}").text("id"));
    OWN.put("eyes", Fixture.eye(admin, "matrix"));
    OWN.put(
        "images",
        admin
            .post("/v1/eyes/" + OWN.get("eyes") + "/images", Fixture.declared("9".repeat(64), 5))
            .text("id"));
    OWN.put("sessions", admin.post("/v1/sessions", "{'sessionId': 'matrix'}").text("id"));
    OWN.put("service-tokens", admin.post("/v1/service-tokens", "{'name': 'matrix'}").text("id"));
    OWN.put("sign-ins", admin.get("/v1/sign-ins").json().at("/signIns/0/id").asText());
  }

  @Test
  void every_route_has_a_rule_and_those_for_anyone_are_few() {
    assertThat(PLATFORM.routes()).isNotEmpty().allMatch(route -> route.rule() != null);
    assertThat(guarded()).hasSizeGreaterThan(30);
  }

  @Test
  void without_a_token_nothing_is_told() {
    for (Route route : guarded()) {
      for (String path : paths(route)) {
        Reply reply = ask(nobody, route, path);
        assertThat(reply.refusal())
            .as("%s %s", route.method(), path)
            .isEqualTo("401 token-required");
        assertThat(reply.text("error")).isEqualTo("Access token required");
      }
    }
  }

  @Test
  void a_false_token_and_that_of_a_deleted_user_are_told_the_same() {
    for (Route route : guarded()) {
      for (String path : paths(route)) {
        for (Client client : List.of(nobody.with("a.b.c"), deleted)) {
          Reply reply = ask(client, route, path);
          assertThat(reply.refusal())
              .as("%s %s", route.method(), path)
              .isEqualTo("403 invalid-token");
          assertThat(reply.text("error")).isEqualTo("Invalid token");
        }
      }
    }
  }

  @Test
  void a_role_that_may_not_is_told_so_whatever_it_asks_for() {
    int asked = 0;
    for (Route route : guarded()) {
      for (Map.Entry<Role, Client> each : ROLES.entrySet()) {
        if (route.rule().admits(each.getKey())) {
          continue;
        }
        for (String path : paths(route)) {
          assertThat(ask(each.getValue(), route, path).refusal())
              .as("%s %s as %s", route.method(), path, each.getKey())
              .isEqualTo("403 not-permitted");
          asked++;
        }
      }
    }
    assertThat(asked).isGreaterThan(60);
  }

  @Test
  void what_is_another_organisations_is_as_if_it_were_not() {
    for (Route route : guarded()) {
      if (!route.path().contains("{")) {
        continue;
      }
      Reply unknown = ask(PLATFORM.stranger, route, unknown(route));
      Reply foreign = ask(PLATFORM.stranger, route, own(route));
      String line = route.method() + " " + route.path();
      assertThat(foreign.refusal()).as(line).isEqualTo(unknown.refusal()).startsWith("4");
      assertThat(foreign.text("error")).as(line).isEqualTo(unknown.text("error"));
    }
    assertThat(PLATFORM.admin.get("/v1/sessions/" + OWN.get("sessions")).status()).isEqualTo(200);
    assertThat(PLATFORM.admin.get("/v1/patients/" + OWN.get("patients")).status()).isEqualTo(200);
  }

  private static List<Route> guarded() {
    return PLATFORM.routes().stream().filter(route -> route.rule() != Rule.ANYONE).toList();
  }

  private static Reply ask(Client client, Route route, String path) {
    String method = route.method().name();
    return method.equals("GET") ? client.get(path) : client.send(method, path, "{}");
  }

  private static List<String> paths(Route route) {
    return route.path().contains("{") ? List.of(own(route), unknown(route)) : List.of(route.path());
  }

  private static String unknown(Route route) {
    return route.path().replaceAll("\\{[^}]*\\}", UUID.randomUUID().toString());
  }

  /** With the id of something that is there, where this test knows how to make it. */
  private static String own(Route route) {
    String[] parts = route.path().split("/", -1);
    for (int i = 1; i < parts.length; i++) {
      if (parts[i].startsWith("{")) {
        parts[i] = OWN.getOrDefault(parts[i - 1], UUID.randomUUID().toString());
      }
    }
    return String.join("/", Arrays.asList(parts));
  }
}
