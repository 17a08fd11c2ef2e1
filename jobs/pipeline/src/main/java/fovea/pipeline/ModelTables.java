package fovea.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fovea.contract.model.GateCheck;
import fovea.registry.ModelGate;
import fovea.registry.TrainedModel;
import fovea.registry.TrainedModels;
import fovea.train.ModelRegistry;
import fovea.train.TrainingLineage;
import fovea.train.models.Flat;
import fovea.train.models.ModelCard;
import fovea.train.models.OtherSource;
import fovea.train.models.PartCount;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Trained networks as tables of text. */
final class ModelTables {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ModelTables() {}

  static Table list(TrainedModels models, int most) {
    Table table =
        new Table("training run", "state", "network", "trained", "auc", "sensitivity", "gate");
    for (TrainedModel model : models.newest(most)) {
      JsonNode metrics = json(model.metricsJson());
      table.row(
          model.run(),
          model.state().word(),
          model.architecture(),
          model.createdAt(),
          figure(metrics.path("auc")),
          figure(metrics.path("sensitivity")),
          models.newestGate(model.run()).map(ModelTables::verdict).orElse("-"));
    }
    return table;
  }

  static String card(ModelCard card) {
    String gate =
        card.gate().map(g -> gate(g).toString()).orElse("It has not been through a gate.");
    return String.join(
        "\n\n",
        table("fact", card.facts()).toString(),
        table("held-out figure", Flat.of(card.figures())).toString(),
        gate,
        parts(card.parts()).toString(),
        others(card).toString(),
        String.join("\n", card.findings()),
        steps(card).toString(),
        "Card: "
            + card.gate()
                .map(g -> ModelRegistry.card(card.model().run()).path())
                .orElse("none yet"));
  }

  static Table gate(ModelGate gate) {
    Table table = new Table("check", "value", "limit", "passed", "remark");
    for (GateCheck check : gate.checks()) {
      Double value = check.value();
      table.row(
          check.name(),
          value == null ? "-" : number(value),
          check.bound().words() + " " + number(check.limit()),
          check.passed() ? "yes" : "NO",
          check.reason());
    }
    return table;
  }

  static Table parts(List<PartCount> parts) {
    Table table = new Table("part", "images", "patients");
    parts.forEach(p -> table.row(p.part(), p.images(), p.patients()));
    return table;
  }

  static Table uses(List<TrainingLineage.Use> uses, TrainedModels models) {
    Table table = new Table("training run", "state", "part", "images");
    for (TrainingLineage.Use use : uses) {
      String state = models.find(use.run()).map(m -> m.state().word()).orElse("unknown");
      table.row(use.run(), state, use.part(), use.images());
    }
    return table;
  }

  private static Table others(ModelCard card) {
    Table table = new Table("evaluated on", "images", "patients", "auc", "sensitivity");
    for (OtherSource other : card.others()) {
      table.row(
          other.source(),
          other.images(),
          other.patients(),
          figure(other.metrics().path("auc")),
          figure(other.metrics().path("sensitivity")));
    }
    return table;
  }

  private static Table steps(ModelCard card) {
    Table table = new Table("when", "state", "who", "why");
    card.steps().forEach(s -> table.row(s.at(), s.to().word(), s.by(), s.reason()));
    return table;
  }

  private static Table table(String name, Map<String, String> values) {
    Table table = new Table(name, "value");
    values.forEach(table::row);
    return table;
  }

  private static String verdict(ModelGate gate) {
    return gate.passed()
        ? "passed"
        : "failed %d of %d".formatted(gate.failures(), gate.checks().size());
  }

  private static String figure(JsonNode node) {
    return node.isNumber() ? number(node.doubleValue()) : "-";
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.3f", value);
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
