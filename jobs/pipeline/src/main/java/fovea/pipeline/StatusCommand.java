package fovea.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import fovea.catalog.ApiClient;
import fovea.catalog.ApiSettings;
import fovea.contract.settings.Setting;
import fovea.runtime.PlatformEnvironment;
import fovea.runtime.RuntimeSettings;
import java.util.List;

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
  public void run(Invocation invocation) {
    RuntimeSettings settings = RuntimeSettings.of(invocation.values());
    Platform.require(settings.data(), invocation.environment());
    ApiClient api =
        ApiClient.signIn(
            ApiSettings.from(PlatformEnvironment.of(settings.data(), invocation.environment())));
    invocation.out().println("Platform: " + api.health());
    invocation.out().println("\n" + sessions(api.sessions(50)));
    invocation.out().println("\n" + trainingRuns(api.trainingRuns()));
  }

  private static Table sessions(JsonNode answer) {
    Table table = new Table("session", "status", "stage", "percent", "model");
    for (JsonNode session : answer.path("sessions")) {
      table.row(
          session.path("sessionId").asText(),
          session.path("status").asText(),
          session.path("stage").asText("-"),
          session.path("percent").asText(),
          session.path("modelFormat").asText("-"));
    }
    return table;
  }

  private static Table trainingRuns(JsonNode answer) {
    Table table = new Table("training run", "network", "metrics");
    for (JsonNode run : answer.path("runs")) {
      table.row(run.path("run").asText(), run.path("architecture").asText(), run.path("metrics"));
    }
    return table;
  }
}
