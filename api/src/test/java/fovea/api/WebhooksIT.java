package fovea.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import fovea.api.Client.Reply;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class WebhooksIT {
  private static final TestPlatform PLATFORM = TestPlatform.shared();
  private static final Client CLIENT = PLATFORM.admin;

  private static final BlockingQueue<Heard> HEARD = new LinkedBlockingQueue<>();
  private static final AtomicInteger ANSWER = new AtomicInteger(200);
  private static HttpServer receiver;

  private record Heard(String signature, String event, String body) {}

  @BeforeAll
  static void start() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    receiver.createContext("/hook", WebhooksIT::hear);
    receiver.start();
  }

  @AfterAll
  static void stop() {
    receiver.stop(0);
  }

  private static void hear(HttpExchange exchange) throws IOException {
    HEARD.add(
        new Heard(
            exchange.getRequestHeaders().getFirst("Fovea-Signature"),
            exchange.getRequestHeaders().getFirst("Fovea-Event"),
            new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
    exchange.getResponseHeaders().set("Location", "/elsewhere");
    exchange.sendResponseHeaders(ANSWER.get(), -1);
    exchange.close();
  }

  @Test
  void an_end_is_told_signed_and_again_until_it_is_heard_or_given_up() throws Exception {
    Reply hook =
        CLIENT.post(
            "/v1/webhooks",
            "{'url': 'http://127.0.0.1:%d/hook', 'event': 'session.failed'}"
                .formatted(receiver.getAddress().getPort()));
    assertThat(hook.status()).isEqualTo(201);
    String secret = hook.text("secret");
    assertThat(CLIENT.get("/v1/webhooks").json().toString()).doesNotContain(secret);

    String session = end("failed");
    Heard heard = HEARD.poll(30, TimeUnit.SECONDS);
    assertThat(heard.event()).isEqualTo("session.failed");
    assertThat(heard.body()).contains(session).contains("too few photographs");
    assertThat(heard.signature()).isEqualTo(sign(secret, heard));

    end("completed");
    ANSWER.set(302);
    end("failed");
    for (int i = 0; i < 3; i++) {
      assertThat(HEARD.poll(30, TimeUnit.SECONDS).event()).isEqualTo("session.failed");
    }
    String deliveries = "/v1/webhooks/" + hook.text("id") + "/deliveries";
    JsonNode dead = await(deliveries, "dead");
    assertThat(dead.get("outcome").asText()).isEqualTo("HTTP 302");
    assertThat(dead.get("tries").asInt()).isEqualTo(3);
    ANSWER.set(204);
    String retry = deliveries + "/" + dead.get("id").asText() + "/retry";
    assertThat(CLIENT.post(retry, "").status()).isEqualTo(202);
    assertThat(HEARD.poll(30, TimeUnit.SECONDS)).isNotNull();
    assertThat(
            CLIENT
                .get("/v1/webhooks/" + UUID.randomUUID() + "/deliveries")
                .json()
                .at("/deliveries"))
        .isEmpty();
  }

  @Test
  void what_is_no_address_of_the_web_or_of_one_mailbox_is_refused() {
    for (String url : new String[] {"file:///etc/passwd", "ftp://x/", "mailto:a@b?bcc=c@d", "x"}) {
      assertThat(CLIENT.post("/v1/webhooks", "{'url': '" + url + "'}").refusal())
          .as(url)
          .isEqualTo("400 bad-field");
    }
  }

  private static String sign(String secret, Heard heard) throws Exception {
    String seconds = heard.signature().replaceAll("t=([0-9]+),.*", "$1");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
    byte[] signed = mac.doFinal((seconds + "." + heard.body()).getBytes(UTF_8));
    return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(signed);
  }

  private static JsonNode await(String path, String state) throws InterruptedException {
    while (true) {
      for (JsonNode delivery : CLIENT.get(path).json().get("deliveries")) {
        if (delivery.get("state").asText().equals(state)) {
          return delivery;
        }
      }
      Thread.sleep(50);
    }
  }

  private static String end(String status) throws SQLException {
    String session = CLIENT.post("/v1/sessions", "{}").text("id");
    var jobs = PLATFORM.postgres.jobs();
    try (Connection connection =
            DriverManager.getConnection(jobs.url(), jobs.user(), jobs.password());
        Statement statement = connection.createStatement()) {
      statement.execute(
          "UPDATE sessions SET status = '%s', failure_reason = 'too few photographs' WHERE id = '%s'"
              .formatted(status, UUID.fromString(session)));
      return session;
    }
  }
}
