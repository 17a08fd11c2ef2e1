package fovea.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import fovea.catalog.ApiClient;
import fovea.contract.capture.ObjectKey;
import fovea.contract.hash.Sha256;
import fovea.objects.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What the API says in the end, and the reports copied to where a person finds them. */
final class DemoAnswers {
  private final ApiClient api;
  private final ObjectStore objects;
  private final Path data;

  DemoAnswers(ApiClient api, ObjectStore objects, Path data) {
    this.api = api;
    this.objects = objects;
    this.data = data;
  }

  String text() throws IOException, InterruptedException {
    StringBuilder text = new StringBuilder("Where to look\n");
    Set<Path> all = new LinkedHashSet<>(); // a model's formats share a report
    for (JsonNode session : api.sessions(10).path("sessions")) {
      text.append(line("session", session.path("sessionId").asText() + " " + status(session)));
      for (JsonNode model : api.models(session.path("id").asText()).path("models")) {
        text.append(line("3D model", download(model).toString()));
        text.append(line("model URL", model.path("url").asText()));
        all.add(modelReport(session, model));
      }
    }
    all.addAll(reports());
    for (Path report : all) {
      text.append(line("report", report.toString()));
    }
    text.append(line("API", api.url().toString()));
    text.append(line("token", api.token()));
    text.append(line("tables", "./fovea sql \"SHOW VIEWS\" --data " + data));
    return text.toString();
  }

  private static String status(JsonNode session) {
    return session.path("status").asText() + session.path("failureReason").asText("");
  }

  /** Fetches a model by the URL the API gave and compares the hash the API told. */
  private Path download(JsonNode model) throws IOException, InterruptedException {
    Path file =
        Files.createDirectories(data.resolve("demo"))
            .resolve("model." + model.path("format").asText());
    HttpRequest request = HttpRequest.newBuilder(URI.create(model.path("url").asText())).build();
    HttpResponse<InputStream> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = answer.body()) {
      Files.copy(body, file, StandardCopyOption.REPLACE_EXISTING);
    }
    if (!Sha256.of(file).equals(model.path("sha256").asText())) {
      throw new IOException("the model's URL served bytes of another hash than was recorded");
    }
    return file;
  }

  private Path modelReport(JsonNode session, JsonNode model) throws IOException {
    UUID id = UUID.fromString(session.path("id").asText());
    return copy(
        ObjectKey.model(id, model.path("version").asInt(), "report.html"),
        "reconstruct-" + id + ".html");
  }

  private List<Path> reports() throws IOException {
    List<ObjectKey> pages;
    try (var listing = objects.list("reports/")) {
      pages =
          listing
              .map(ObjectStore.StoredObject::key)
              .filter(key -> key.path().endsWith(".html"))
              .toList();
    }
    List<Path> files = new ArrayList<>();
    for (ObjectKey key : pages) {
      // reports/{job}/{run}/report.html
      String[] parts = key.path().split("/");
      files.add(copy(key, parts[1] + "-" + parts[2] + ".html"));
    }
    return files;
  }

  private Path copy(ObjectKey key, String name) throws IOException {
    Path file = Files.createDirectories(data.resolve("reports")).resolve(name);
    try (InputStream page = objects.stream(key)) {
      Files.copy(page, file, StandardCopyOption.REPLACE_EXISTING);
    }
    return file;
  }

  private static String line(String what, String where) {
    return String.format("  %-10s %s%n", what, where);
  }
}
