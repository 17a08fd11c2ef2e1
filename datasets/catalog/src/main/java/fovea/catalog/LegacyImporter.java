package fovea.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a scanner backend that kept everything in files: {@code sessions/*.json} (session
 * id, patient, status, URL of the model), {@code uploads/} with the photographs, {@code
 * public/models/}. Nothing a JSON says leads out of the folder.
 */
final class LegacyImporter implements Importer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long MOST_JSON = 1 << 20;

  @Override
  public String name() {
    return "files";
  }

  @Override
  public String help() {
    return "Sessions kept as files: sessions/*.json, uploads/, public/models/";
  }

  @Override
  public List<Setting<?>> settings() {
    return ImportSettings.with();
  }

  @Override
  public void read(SettingValues values, Sink sink) {
    Path folder = ImportSettings.folder(values);
    List<Path> sessions = LegacyFolder.files(folder.resolve("sessions"), ".*\\.json");
    if (sessions.isEmpty()) {
      throw new CallerMistake(
          "no-sessions",
          "there is no session in " + folder.resolve("sessions"),
          "Give the folder that holds sessions, uploads and public");
    }
    LegacyFolder files = new LegacyFolder(folder);
    for (Path file : sessions) {
      sink.row();
      session(file, files, sink);
    }
    files.reportUnclaimed(sink);
  }

  private static void session(Path file, LegacyFolder files, Sink sink) {
    String name = String.valueOf(file.getFileName());
    JsonNode json = parse(file);
    if (json == null || !json.isObject()) {
      sink.accept(
          Problem.rejected(
              0, name, "bad-session", "It is no JSON object of a session. Mend or remove it"));
      return;
    }
    String session =
        text(json, "sessionId", "session_id", "id")
            .orElseGet(() -> name.substring(0, name.length() - ".json".length()));
    if (session.length() > 255 || session.chars().anyMatch(Character::isISOControl)) {
      sink.accept(
          Problem.rejected(0, name, "bad-session-id", "The session's id is unusable. Correct it"));
      return;
    }
    sink.accept(
        new LegacySession(
            session,
            text(json, "patientId", "patient_id").orElse(null),
            text(json, "patientName", "patient_name").orElse(null),
            files.photos(session, named(json), sink),
            model(json, session, files, name, sink),
            metadata(json)));
  }

  private static Optional<Path> model(
      JsonNode json, String session, LegacyFolder files, String name, Sink sink) {
    Optional<String> url = text(json, "modelUrl", "model_url");
    Optional<Path> model = files.model(url, session);
    if (url.isPresent() && model.isEmpty()) {
      sink.accept(
          Problem.rejected(
              0,
              name,
              "model-missing",
              "The model it names is not among public/models. Put it there and import again"));
    }
    return model;
  }

  private static List<String> named(JsonNode json) {
    List<String> names = new ArrayList<>();
    for (String field : List.of("files", "photos", "images", "uploads")) {
      for (JsonNode each : json.path(field)) {
        Optional.ofNullable(each.isTextual() ? each.textValue() : null)
            .or(() -> text(each, "path", "filename", "name"))
            .ifPresent(names::add);
      }
    }
    return names;
  }

  private static Map<String, String> metadata(JsonNode json) {
    Map<String, String> words = new LinkedHashMap<>(Map.of("source", "import"));
    for (String field : List.of("status", "format", "createdAt", "completedAt")) {
      text(json, field)
          .filter(text -> text.length() <= 255 && text.chars().noneMatch(Character::isISOControl))
          .ifPresent(text -> words.put(field, text));
    }
    return words;
  }

  private static Optional<String> text(JsonNode json, String... fields) {
    return Stream.of(fields)
        .map(json::path)
        .filter(node -> node.isTextual() && !node.textValue().isBlank())
        .map(node -> node.textValue().strip())
        .findFirst();
  }

  private static @Nullable JsonNode parse(Path file) {
    try {
      return Files.size(file) > MOST_JSON ? null : JSON.readTree(file.toFile());
    } catch (IOException damaged) {
      return null;
    }
  }
}
