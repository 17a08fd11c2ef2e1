package fovea.api.research;

import com.fasterxml.jackson.databind.JsonNode;
import fovea.api.http.Cursor;
import fovea.api.http.Field;
import fovea.api.http.Fields;
import fovea.api.http.Given;
import fovea.api.http.Json;
import fovea.api.http.Operation;
import fovea.api.http.Requests;
import fovea.api.http.Tags;
import fovea.api.identity.Access;
import fovea.contract.model.GateCheck;
import fovea.contract.model.ModelState;
import fovea.registry.ApiRegistry;
import fovea.registry.ModelGate;
import fovea.registry.ModelStep;
import fovea.registry.Page;
import fovea.registry.PageRequest;
import fovea.registry.TrainedModel;
import fovea.registry.TrainingRuns.Filter;
import fovea.registry.TrainingRuns.History;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Trained networks, and what became of them. */
public final class TrainingRunRoutes {
  private static final Field<Optional<String>> STATE =
      Fields.oneOf("state", Arrays.stream(ModelState.values()).map(ModelState::word).toList())
          .optional();
  private static final Field<Optional<String>> ARCHITECTURE =
      Fields.text("architecture", 100).optional();
  private static final Field<Integer> LIMIT = Cursor.limit(100, 200);

  public static final Operation LIST =
      Operation.of("List trained networks, the newest first")
          .asks(STATE, ARCHITECTURE, Cursor.FROM, Cursor.UNTIL, LIMIT, Cursor.AFTER)
          .answers(200, RunList.class);
  public static final Operation SHOW =
      Operation.of("Show a trained network, its steps, and what its newest gate said")
          .answers(200, RunHistory.class);

  private final ApiRegistry registry;

  public TrainingRunRoutes(ApiRegistry registry) {
    this.registry = registry;
  }

  public void list(Context context) {
    Given query = LIST.query(context);
    Filter filter =
        new Filter(
            query.value(STATE).map(ModelState::of),
            query.value(ARCHITECTURE),
            Cursor.period(query));
    PageRequest request = Cursor.request(query, LIMIT);
    Page<Run> page =
        registry
            .inOrganization(
                Access.actor(context), stores -> stores.trainingRuns().page(filter, request))
            .map(Run::of);
    context.json(new RunList(page.items(), Cursor.next(page)));
  }

  public void show(Context context) {
    UUID run = Requests.id(context, "id", "training run");
    History history =
        registry
            .inOrganization(Access.actor(context), stores -> stores.trainingRuns().find(run))
            .orElseThrow(() -> Requests.unknown("training run"));
    Tags.answer(context, RunHistory.of(history));
  }

  private record RunList(List<Run> runs, @Nullable String next) {}

  private record Run(
      UUID run, String architecture, String state, JsonNode metrics, Instant createdAt) {
    static Run of(TrainedModel model) {
      return new Run(
          model.run(),
          model.architecture(),
          model.state().word(),
          Json.stored(model.metricsJson()),
          model.createdAt());
    }
  }

  private record RunHistory(
      UUID run,
      String architecture,
      String state,
      JsonNode metrics,
      JsonNode dataset,
      Instant createdAt,
      List<Step> steps,
      @Nullable Gate gate) {
    static RunHistory of(History history) {
      TrainedModel model = history.model();
      return new RunHistory(
          model.run(),
          model.architecture(),
          model.state().word(),
          Json.stored(model.metricsJson()),
          Json.stored(model.datasetJson()),
          model.createdAt(),
          history.steps().stream().map(Step::of).toList(),
          history.gate().map(Gate::of).orElse(null));
    }
  }

  private record Step(@Nullable String from, String to, String by, String reason, Instant at) {
    static Step of(ModelStep step) {
      return new Step(
          step.from().map(ModelState::word).orElse(null),
          step.to().word(),
          step.by(),
          step.reason(),
          step.at());
    }
  }

  private record Gate(boolean passed, Instant at, List<Check> checks) {
    static Gate of(ModelGate gate) {
      return new Gate(gate.passed(), gate.at(), gate.checks().stream().map(Check::of).toList());
    }
  }

  private record Check(
      String name,
      @Nullable Double value,
      String bound,
      double limit,
      boolean passed,
      String reason) {
    static Check of(GateCheck check) {
      return new Check(
          check.name(),
          check.value(),
          check.bound().words(),
          check.limit(),
          check.passed(),
          check.reason());
    }
  }
}
