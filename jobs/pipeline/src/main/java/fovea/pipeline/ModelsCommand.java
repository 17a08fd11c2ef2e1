package fovea.pipeline;

import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.Setting;
import fovea.registry.JobRegistry;
import fovea.registry.ModelGate;
import fovea.registry.RegistrySettings;
import fovea.runtime.PlatformEnvironment;
import fovea.runtime.RuntimeSettings;
import fovea.train.ModelRegistry;
import fovea.train.ModelSettings;
import fovea.train.models.ModelCard;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** {@code fovea models}: where trained networks stand, their gate, and what they were made from. */
final class ModelsCommand implements Command {
  private static final Setting<Integer> LIMIT =
      Setting.integer("limit", 50, 1, 1000, "most models to list, the newest first");

  private static final Map<String, Action> ACTIONS =
      Map.of(
          "show", ModelsCommand::show,
          "gate", ModelsCommand::gate,
          "publish", ModelsCommand::publish,
          "retire", ModelsCommand::retire);

  private interface Action {
    void run(Invocation invocation, JobRunner runner, UUID run);
  }

  @Override
  public String name() {
    return "models";
  }

  @Override
  public String help() {
    return "trained networks: list, show, gate, publish, retire, and lineage from run to images and back";
  }

  @Override
  public String operands() {
    return " list|show RUN|gate RUN|publish RUN|retire RUN --reason WHY|lineage --run RUN|--image ID";
  }

  @Override
  public int mostOperands() {
    return 2;
  }

  @Override
  public List<Setting<?>> settings() {
    return Lists.distinct(
        List.of(LIMIT), LineageReport.SETTINGS, ModelSettings.ALL, RuntimeSettings.ALL);
  }

  @Override
  public void run(Invocation invocation) {
    String word = invocation.operands().isEmpty() ? "" : invocation.operands().get(0);
    if (word.equals("list")) {
      list(invocation);
    } else if (word.equals("lineage")) {
      LineageReport report = LineageReport.asked(invocation);
      try (JobRunner runner = JobRunner.open(name(), invocation)) {
        report.print(runner.context(), invocation.out());
      }
    } else {
      act(invocation, word);
    }
  }

  private void act(Invocation invocation, String word) {
    Action action = ACTIONS.get(word);
    if (action == null) {
      throw new CallerMistake(
          "unknown-models-word",
          word.isEmpty() ? "nothing to do with models given" : "unknown to models: " + word,
          "One of: fovea models list, show, gate, publish, retire or lineage");
    }
    UUID run = Runs.asked(invocation);
    // Mistakes are told before anything starts.
    ModelSettings settings = ModelSettings.of(invocation.values());
    if (word.equals("retire")) {
      settings.requiredReason();
    }
    try (JobRunner runner = JobRunner.open(name(), invocation)) {
      action.run(invocation, runner, run);
    }
  }

  // From the registry alone: nobody waits for Spark to see a list.
  private static void list(Invocation invocation) {
    RuntimeSettings settings = RuntimeSettings.of(invocation.values());
    Platform.require(settings.data(), invocation.environment());
    Map<String, String> variables =
        PlatformEnvironment.of(settings.data(), invocation.environment());
    try (JobRegistry registry = JobRegistry.open(RegistrySettings.from(variables))) {
      invocation
          .out()
          .println(ModelTables.list(registry.trainedModels(), invocation.values().value(LIMIT)));
    }
  }

  private static void show(Invocation invocation, JobRunner runner, UUID run) {
    ModelCard card = ModelRegistry.in(runner.context()).cardOf(run);
    runner.endProgress();
    invocation.out().println(ModelTables.card(card));
  }

  private static void gate(Invocation invocation, JobRunner runner, UUID run) {
    ModelGate gate = ModelRegistry.in(runner.context()).gate(run);
    runner.endProgress();
    invocation.out().println(ModelTables.gate(gate));
    if (!gate.passed()) {
      throw new CallerMistake(
          "gate-not-passed",
          "model %s does not pass: %d of %d checks failed"
              .formatted(run, gate.failures(), gate.checks().size()),
          "See the remarks above; its card is " + ModelRegistry.card(run));
    }
    invocation.out().println("Passed; its card is " + ModelRegistry.card(run));
  }

  private static void publish(Invocation invocation, JobRunner runner, UUID run) {
    ModelRegistry.in(runner.context()).publish(run);
    runner.endProgress();
    invocation.out().println("Published " + run + "; its card is " + ModelRegistry.card(run));
  }

  private static void retire(Invocation invocation, JobRunner runner, UUID run) {
    ModelRegistry.in(runner.context()).retire(run);
    runner.endProgress();
    invocation.out().println("Retired " + run);
  }
}
