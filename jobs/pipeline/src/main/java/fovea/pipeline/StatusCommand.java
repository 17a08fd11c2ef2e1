package fovea.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import fovea.catalog.ApiClient;
import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.Setting;
import fovea.runtime.RuntimeSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code fovea status}: is the platform up, and where do sessions and training stand. */
final class StatusCommand implements Command {

  @Override
  public String name() {
    return "status";
  }

  @Override
  public String help() {
    return "the platform's health, sessions and training runs, as the API tells them";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(RuntimeSettings.DATA);
  }

  @Override
  public void run(Invocation invocation) throws Exception {
    Map<String, String> platform =
        Platform.environment(
            Path.of(invocation.values().value(RuntimeSettings.DATA)), invocation.environment());
    ApiClient api = Platform.client(platform);
    JsonNode health = api.get("/v1/health");
    invocation.out().println("API " + platform.get("FOVEA_API_URL") + " " + health);
    Table sessions = new Table("session", "status", "stage", "percent", "model");
    for (JsonNode session : api.get("/v1/sessions?limit=50").path("sessions")) {
      sessions.row(
          session.path("sessionId").asText(),
          session.path("status").asText(),
          session.path("stage").asText(""),
          session.path("percent").asText(),
          session.path("modelFormat").asText("-"));
    }
    invocation.out().println("\n" + sessions);
    Table runs = new Table("training run", "network", "metrics");
    for (JsonNode run : api.get("/v1/training-runs").path("runs")) {
      runs.row(run.path("run").asText(), run.path("architecture").asText(), run.path("metrics"));
    }
    invocation.out().println("\n" + runs);
  }

  static CallerMistake notUp(Path data) {
    return new CallerMistake(
        "no-platform",
        "no platform runs on " + data,
        "Start one with ./fovea up --data " + data);
  }
}
