package fovea.api;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.api.identity.Tokens;
import fovea.contract.settings.SettingValues;
import fovea.registry.Actor;
import fovea.registry.ApiRegistry;
import fovea.registry.Bootstrap;
import fovea.registry.NameCipher;
import fovea.registry.SignIns.Proof;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two processes of the API, so to say, over the same stores. */
@Timeout(60)
class LiveIT {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final TestPlatform PLATFORM = TestPlatform.shared();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static ApiRegistry registry;
  private static FoveaApi first;
  private static FoveaApi second;
  private static Client client;

  @BeforeAll
  static void start() {
    Map<String, String> values =
        Map.of("port", "0", "rate-limit", "false", "heartbeat-seconds", "1");
    ApiSettings settings = ApiSettings.of(SettingValues.of(values));
    registry = ApiRegistry.open(PLATFORM.postgres.api(), NameCipher.of(SECRET));
    Tokens tokens = Tokens.of(SECRET, Duration.ofMinutes(5));
    first = FoveaApi.start(settings, registry, PLATFORM.objects, tokens);
    second = FoveaApi.start(settings, registry, PLATFORM.objects, tokens);
    Actor actor = Bootstrap.run(PLATFORM.postgres.owner(), "live", "admin@live.local", "password");
    UUID signIn =
        registry.inOrganization(
            actor, s -> s.signIns().begin(Duration.ofHours(1), Proof.PASSWORD, null).signIn());
    client = new Client(first.url(), tokens.issue(actor, signIn, Instant.now()).token());
  }

  @AfterAll
  static void stop() {
    first.close();
    second.close();
    registry.close();
  }

  @Test
  void a_watcher_hears_each_step_from_either_process_and_goes_on_where_it_stopped()
      throws Exception {
    String id = client.post("/v1/sessions", "{}").text("id");
    String path = "/v1/sessions/" + id + "/events";
    List<String> places;
    try (Events events = watch(second.url() + path, "")) {
      assertThat(events.next()).contains("\"status\":\"created\"").contains(id);
      move(id, "uploaded", 0);
      assertThat(events.next()).contains("\"status\":\"uploaded\"");
      move(id, "processing", 40);
      assertThat(events.next()).contains("\"percent\":40");
      places = events.places;
    }
    assertThat(places).doesNotHaveDuplicates().hasSize(3);
    move(id, "failed", 40);
    try (Events events = watch(first.url() + path, places.get(1))) {
      assertThat(events.next()).contains("\"percent\":40");
      assertThat(events.next()).contains("\"status\":\"failed\"");
      assertThat(events.beat()).isEqualTo(": still here");
    }
  }

  @Test
  void an_organisation_is_watched_as_a_whole_and_by_nobody_else() throws Exception {
    String foreign = PLATFORM.admin.post("/v1/sessions", "{}").text("id");
    assertThat(client.get("/v1/sessions/" + foreign + "/events").refusal())
        .isEqualTo("404 not-found");
    assertThat(client.with(null).get("/v1/events").refusal()).isEqualTo("401 token-required");
    try (Events events = watch(first.url() + "/v1/events", "")) {
      move(foreign, "uploaded", 0);
      String one = client.post("/v1/sessions", "{}").text("id");
      String two = client.post("/v1/sessions", "{}").text("id");
      assertThat(events.next()).contains(one);
      assertThat(events.next()).contains(two);
    }
  }

  @Test
  void what_commits_late_is_not_overtaken() throws Exception {
    String slow = client.post("/v1/sessions", "{}").text("id");
    String fast = client.post("/v1/sessions", "{}").text("id");
    try (Events events = watch(first.url() + "/v1/events", "");
        Connection late = connect();
        Statement statement = late.createStatement()) {
      late.setAutoCommit(false);
      statement.execute("UPDATE sessions SET percent = 1 WHERE id = '" + slow + "'");
      move(fast, "uploaded", 2);
      late.commit();
      assertThat(events.next()).contains(slow);
      assertThat(events.next()).contains(fast);
    }
  }

  private static void move(String session, String status, int percent) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "UPDATE sessions SET status = '%s', percent = %d WHERE id = '%s'"
              .formatted(status, percent, UUID.fromString(session)));
    }
  }

  private static Connection connect() throws SQLException {
    var jobs = PLATFORM.postgres.jobs();
    return DriverManager.getConnection(jobs.url(), jobs.user(), jobs.password());
  }

  private static Events watch(String url, String last) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Authorization", "Bearer " + client.token())
            .header("Accept", "text/event-stream");
    if (!last.isEmpty()) {
      request.header("Last-Event-ID", last);
    }
    HttpResponse<java.io.InputStream> response =
        HTTP.send(request.build(), BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    return new Events(
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)),
        new ArrayList<>());
  }

  private record Events(BufferedReader lines, List<String> places) implements AutoCloseable {
    String next() throws IOException {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("id: ")) {
          places.add(line.substring(4));
        } else if (line.startsWith("data: ")) {
          return line;
        }
      }
      throw new AssertionError("the stream ended");
    }

    String beat() throws IOException {
      String line = lines.readLine();
      while (line != null && !line.startsWith(":")) {
        line = lines.readLine();
      }
      return String.valueOf(line);
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }
}
