package fovea.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * The API's protocol in memory, over real HTTP: patients, eyes, refractions, images and sessions,
 * with an object store that takes presigned PUTs. It can fail on demand.
 */
final class ApiInMemory implements AutoCloseable {
  static {
    // Without it every second answer waits 40 ms for a delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  final Map<String, JsonNode> patients = new LinkedHashMap<>();
  final Map<String, String> eyes = new LinkedHashMap<>();
  final Map<String, ArrayNode> consents = new LinkedHashMap<>();
  final Map<String, JsonNode> refractions = new LinkedHashMap<>();
  final Map<String, ObjectNode> images = new LinkedHashMap<>();
  final Map<String, ObjectNode> sessions = new LinkedHashMap<>();
  final Map<String, ObjectNode> files = new LinkedHashMap<>();
  final Map<String, byte[]> objects = new ConcurrentHashMap<>();
  final AtomicInteger requests = new AtomicInteger();
  final AtomicInteger underWay = new AtomicInteger();
  final AtomicInteger mostUnderWay = new AtomicInteger();

  /** Requests answered with 503 instead of being served. */
  volatile Predicate<Integer> busy = request -> false;

  /** Requests answered with 401 as if the token had run out. */
  volatile Predicate<Integer> expired = request -> false;

  /** PUTs whose bytes are lost although the answer is 200. */
  final AtomicInteger losing = new AtomicInteger();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(8);

  ApiInMemory() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::serve);
    server.setExecutor(threads);
    server.start();
  }

  ApiSettings settings() {
    return new ApiSettings(url(), "admin@example.org", "secret", 8, Duration.ofMillis(5));
  }

  ApiClient client() {
    return ApiClient.signIn(settings());
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void serve(HttpExchange exchange) throws IOException {
    int number = requests.incrementAndGet();
    mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      if (busy.test(number)) {
        answer(exchange, 503, error("unavailable", "Try again"));
      } else if (path.startsWith("/objects/")) {
        store(exchange, path, body);
      } else if (path.equals("/v1/sign-in")) {
        signIn(exchange, JSON.readTree(body));
      } else if (expired.test(number)) {
        answer(exchange, 401, error("invalid-token", "Invalid token"));
      } else if (!"Bearer token".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        answer(exchange, 401, error("token-required", "Access token required"));
      } else {
        synchronized (this) {
          route(exchange, path.substring(4).split("/"), JSON.readTree(body));
        }
      }
    }
  }

  private void signIn(HttpExchange exchange, JsonNode body) throws IOException {
    boolean right = body.path("password").asText().equals("secret");
    answer(
        exchange,
        right ? 200 : 401,
        right
            ? JSON.createObjectNode().put("token", "token").put("role", "admin")
            : error("wrong-password", "Wrong email or password"));
  }

  private void store(HttpExchange exchange, String path, byte[] body) throws IOException {
    String signed = exchange.getRequestHeaders().getFirst("Content-Type");
    boolean allowed = exchange.getRequestMethod().equals("PUT") && signed != null;
    if (allowed && losing.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
      objects.put(path.substring(9), body);
    }
    head(exchange, allowed ? 200 : 403, -1);
  }

  private void route(HttpExchange exchange, String[] path, JsonNode body) throws IOException {
    switch (path[0] + (path.length > 2 ? "/" + path[path.length - 1] : "")) {
      case "patients" -> patient(exchange, body);
      case "patients/eyes" -> eye(exchange, path[1], body);
      case "patients/consents" -> consent(exchange, path[1], body);
      case "eyes/refractions" -> refraction(exchange, path[1], body);
      case "eyes/images" -> image(exchange, path[1], body);
      case "images/complete" -> complete(exchange, images, path[1]);
      case "sessions" -> session(exchange, body);
      case "sessions/files" -> file(exchange, path[1], body);
      case "sessions/complete" -> complete(exchange, files, path[3]);
      case "sessions/submit" -> submit(exchange, path[1]);
      case "sessions/models" -> model(exchange, path[1], body);
      default -> answer(exchange, 404, error("not-found", "No such route"));
    }
  }

  private void patient(HttpExchange exchange, JsonNode body) throws IOException {
    if (body.path("age").asInt() > 110) {
      answer(exchange, 400, error("bad-age", "The age must be between 0 and 110"));
      return;
    }
    found(exchange, patients, body.path("externalReference").asText(), body);
  }

  private void consent(HttpExchange exchange, String patient, JsonNode body) throws IOException {
    ArrayNode decisions = consents.computeIfAbsent(patient, p -> JSON.createArrayNode());
    if (exchange.getRequestMethod().equals("POST")) {
      decisions.add(body);
    }
    answer(exchange, 200, JSON.createObjectNode().set("consents", decisions));
  }

  private void eye(HttpExchange exchange, String patient, JsonNode body) throws IOException {
    String key = patient + "/" + body.path("laterality").asText();
    boolean existed = eyes.containsKey(key);
    String id = eyes.computeIfAbsent(key, k -> UUID.nameUUIDFromBytes(k.getBytes()).toString());
    answer(exchange, existed ? 200 : 201, JSON.createObjectNode().put("id", id));
  }

  private void refraction(HttpExchange exchange, String eye, JsonNode body) throws IOException {
    found(exchange, refractions, eye + body, body);
  }

  private void found(HttpExchange exchange, Map<String, JsonNode> all, String key, JsonNode body)
      throws IOException {
    boolean existed = all.putIfAbsent(key, body) != null;
    String id = UUID.nameUUIDFromBytes(key.getBytes()).toString();
    answer(exchange, existed ? 200 : 201, JSON.createObjectNode().put("id", id));
  }

  private void image(HttpExchange exchange, String eye, JsonNode body) throws IOException {
    ticket(exchange, images, body.path("sha256").asText(), body, eye);
  }

  private void file(HttpExchange exchange, String session, JsonNode body) throws IOException {
    if (body.path("name").asText().equals("forbidden.ply")) {
      answer(exchange, 400, error("bad-file", "Not this one"));
      return;
    }
    String same = session + body.path("name").asText() + body.path("sha256").asText();
    ticket(exchange, files, same, body, session);
  }

  /** The same content is one image or file, once it has been uploaded. */
  private void ticket(
      HttpExchange exchange, Map<String, ObjectNode> all, String same, JsonNode body, String owner)
      throws IOException {
    for (ObjectNode each : all.values()) {
      if (each.path("same").asText().equals(same)
          && each.path("status").asText().equals("uploaded")) {
        answer(exchange, 200, each);
        return;
      }
    }
    String id = UUID.randomUUID().toString();
    ObjectNode made = ((ObjectNode) body).deepCopy().put("id", id).put("status", "requested");
    made.put("same", same).put("owner", owner);
    all.put(id, made);
    ObjectNode answer = JSON.createObjectNode().put("id", id).put("status", "requested");
    ObjectNode upload = answer.putObject("upload").put("url", url() + "/objects/" + id);
    upload
        .putObject("headers")
        .put("Content-Type", body.path("mediaType").asText())
        .put("Content-Length", body.path("bytes").asText());
    answer(exchange, 201, answer);
  }

  private void complete(HttpExchange exchange, Map<String, ObjectNode> all, String id)
      throws IOException {
    ObjectNode each = all.get(id);
    byte[] bytes = objects.get(id);
    if (bytes == null) {
      answer(exchange, 409, error("upload-missing", "The file has not arrived"));
    } else if (bytes.length != each.path("bytes").asInt()
        || !sha256(bytes).equals(each.path("sha256").asText())) {
      answer(exchange, 409, error("upload-size-differs", "The file is another"));
    } else {
      answer(exchange, 200, each.put("status", "uploaded"));
    }
  }

  private void session(HttpExchange exchange, JsonNode body) throws IOException {
    String key = body.path("sessionId").asText();
    boolean existed = sessions.containsKey(key);
    ObjectNode session =
        sessions.computeIfAbsent(
            key, k -> ((ObjectNode) body).deepCopy().put("id", "s-" + k).put("status", "created"));
    answer(exchange, existed ? 200 : 201, session);
  }

  /** Asked once it gives a URL, asked again it looks whether the bytes are there. */
  private void model(HttpExchange exchange, String session, JsonNode body) throws IOException {
    String key = session + "." + body.path("format").asText();
    ObjectNode answer = JSON.createObjectNode().put("version", 1);
    if (objects.containsKey(key)) {
      sessions.values().stream()
          .filter(each -> each.path("id").asText().equals(session))
          .forEach(each -> each.put("status", "completed"));
      answer(exchange, 200, answer.put("status", "accepted"));
      return;
    }
    ObjectNode upload = answer.put("status", "requested").putObject("upload");
    upload.put("url", url() + "/objects/" + key).putObject("headers").put("Content-Type", "x/y");
    answer(exchange, 201, answer);
  }

  private void submit(HttpExchange exchange, String id) throws IOException {
    ObjectNode session =
        sessions.values().stream()
            .filter(each -> each.path("id").asText().equals(id))
            .findFirst()
            .orElseThrow();
    answer(exchange, 200, session.put("status", "uploaded"));
  }

  private static ObjectNode error(String code, String sentence) {
    return JSON.createObjectNode().put("code", code).put("error", sentence);
  }

  private void answer(HttpExchange exchange, int status, JsonNode body) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(body);
    head(exchange, status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  // Over before the client can read it: else its next request would count beside this one.
  private void head(HttpExchange exchange, int status, long length) throws IOException {
    underWay.decrementAndGet();
    exchange.sendResponseHeaders(status, length);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
