package fovea.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fovea.contract.errors.CallerMistake;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * JSON over HTTP with patience: connection errors, 429 and 5xx are tried again after a pause that
 * doubles and jitters; every route it is used with may be repeated without harm.
 */
final class ApiHttp {
  private static final Duration REQUEST = Duration.ofSeconds(60);
  private static final Duration UPLOAD = Duration.ofMinutes(15);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

  /** An absent server is told after a second or two, not after a minute. */
  private static final int SIGN_IN_ATTEMPTS = 4;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Set by the client itself, and refused by it where a caller sets them. */
  private static final Set<String> OWN = Set.of("host", "content-length", "connection", "expect");

  record Answer(int status, JsonNode body) {}

  private record Reply(int status, String body, Duration retryAfter) {}

  private interface Exchange {
    HttpResponse<String> send() throws IOException, InterruptedException;
  }

  private final ApiSettings settings;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private volatile String token = "";

  ApiHttp(ApiSettings settings) {
    this.settings = settings;
  }

  URI url() {
    return settings.url();
  }

  String token() {
    return token;
  }

  void signIn() {
    ObjectNode body = JSON.createObjectNode();
    body.put("email", settings.email()).put("password", settings.password());
    Reply reply =
        patiently(
            Math.min(SIGN_IN_ATTEMPTS, settings.attempts()),
            () -> send("POST", "/v1/sign-in", body.toString(), ""));
    if (reply.status() != 200) {
      throw new CallerMistake(
          "sign-in-refused",
          "the API at " + settings.url() + " refused the sign-in (" + reply.status() + ")",
          "Check FOVEA_ADMIN_EMAIL and FOVEA_ADMIN_PASSWORD");
    }
    token = parse(reply).path("token").asText();
  }

  Answer post(String path, ObjectNode body) {
    return authorised("POST", path, body.toString());
  }

  JsonNode get(String path) {
    return authorised("GET", path, "").body();
  }

  /** Streams a file to a presigned URL. */
  void put(Ticket.Target target, Path file) {
    Reply reply =
        patiently(
            () -> {
              HttpRequest.Builder request =
                  HttpRequest.newBuilder(target.url())
                      .timeout(UPLOAD)
                      .PUT(HttpRequest.BodyPublishers.ofFile(file));
              target
                  .headers()
                  .forEach(
                      (name, value) -> {
                        if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                          request.header(name, value);
                        }
                      });
              return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            });
    // 412: an earlier try arrived and its answer was lost. Whether it is sound, completion tells.
    if (reply.status() / 100 != 2 && reply.status() != 412) {
      throw new ApiRefusal(
          reply.status(),
          "upload-refused",
          "The object store refused the upload (" + reply.status() + "). Import again");
    }
  }

  private Answer authorised(String method, String path, String body) {
    String used = token;
    Reply reply = patiently(() -> send(method, path, body, used));
    if (reply.status() == 401 || (reply.status() == 403 && invalidToken(reply))) {
      renew(used);
      reply = patiently(() -> send(method, path, body, token));
    }
    if (reply.status() / 100 == 2) {
      return new Answer(reply.status(), parse(reply));
    }
    throw refusal(reply);
  }

  private synchronized void renew(String used) {
    if (token.equals(used)) {
      signIn();
    }
  }

  private static boolean invalidToken(Reply reply) {
    return parse(reply).path("error").asText().contains("token");
  }

  private static RuntimeException refusal(Reply reply) {
    JsonNode body = parse(reply);
    String code = body.path("code").asText("http-" + reply.status());
    String sentence = body.path("error").asText("The API answered " + reply.status());
    if (reply.status() == 401 || reply.status() == 429) {
      return new CallerMistake(
          code, "the API refuses to go on: " + sentence, "Wait, or sign in as another user");
    }
    if (reply.status() >= 500) {
      return new IllegalStateException("the API failed: " + reply.status() + " " + sentence);
    }
    return new ApiRefusal(reply.status(), code, sentence);
  }

  private HttpResponse<String> send(String method, String path, String body, String bearer)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base() + path))
            .timeout(REQUEST)
            .header("Accept", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    if (!bearer.isEmpty()) {
      request.header("Authorization", "Bearer " + bearer);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private String base() {
    String url = settings.url().toString();
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  private Reply patiently(Exchange exchange) {
    return patiently(settings.attempts(), exchange);
  }

  private Reply patiently(int attempts, Exchange exchange) {
    Duration pause = settings.pause();
    for (int attempt = 1; ; attempt++) {
      boolean last = attempt >= attempts;
      try {
        Reply reply = reply(exchange.send());
        boolean again = reply.status() == 429 || reply.status() >= 500;
        if (!again || last || reply.retryAfter().compareTo(LONGEST_PAUSE) > 0) {
          return reply;
        }
        sleep(reply.retryAfter().isZero() ? pause : reply.retryAfter());
      } catch (FileNotFoundException gone) {
        throw new UncheckedIOException(gone);
      } catch (IOException unreachable) {
        if (last) {
          throw unreachable(unreachable);
        }
        sleep(pause);
      } catch (InterruptedException stopped) {
        throw interrupted(stopped);
      }
      pause = pause.multipliedBy(2);
    }
  }

  private CallerMistake unreachable(IOException why) {
    return new CallerMistake(
        "api-unreachable",
        "the API at "
            + settings.url()
            + " or its object store cannot be reached ("
            + why.getClass().getSimpleName()
            + ")",
        "Start the platform with ./fovea up, or set FOVEA_API_URL");
  }

  private static Reply reply(HttpResponse<String> response) {
    long seconds = response.headers().firstValueAsLong("Retry-After").orElse(0);
    return new Reply(response.statusCode(), response.body(), Duration.ofSeconds(seconds));
  }

  private static void sleep(Duration pause) {
    Duration bounded = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    double jitter = ThreadLocalRandom.current().nextDouble(0.75, 1.25);
    try {
      Thread.sleep((long) (bounded.toMillis() * jitter));
    } catch (InterruptedException stopped) {
      throw interrupted(stopped);
    }
  }

  private static IllegalStateException interrupted(InterruptedException stopped) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("the import was stopped", stopped);
  }

  private static JsonNode parse(Reply reply) {
    try {
      JsonNode body = JSON.readTree(reply.body());
      return body == null ? MissingNode.getInstance() : body;
    } catch (IOException notJson) {
      return MissingNode.getInstance();
    }
  }
}
