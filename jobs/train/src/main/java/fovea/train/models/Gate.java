package fovea.train.models;

import com.fasterxml.jackson.databind.JsonNode;
import fovea.contract.model.GateCheck;
import fovea.contract.model.GateCheck.Bound;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges a network by its own figures and by what a bias audit found. */
public final class Gate {
  private static final String NO_AUDIT = "no bias audit of this run: run predict and bias";

  private final GateSettings settings;
  private final List<GateCheck> checks = new ArrayList<>();

  private Gate(GateSettings settings) {
    this.settings = settings;
  }

  /**
   * One check a floor and one a gap; a figure that is missing fails its check.
   *
   * @param metrics of the training run; a floor may name a nested one: {@code referable.auc}
   * @param dataset of the training run
   */
  public static List<GateCheck> checks(
      JsonNode metrics, JsonNode dataset, Optional<Audit> audit, GateSettings settings) {
    Gate gate = new Gate(settings);
    settings.floors().forEach((name, least) -> gate.floor(name, number(metrics, name), least));
    gate.floor("test images", number(dataset, "parts.test.images"), settings.testImages());
    settings.ceilings().forEach((metric, most) -> gate.gaps(audit, metric, most));
    return List.copyOf(gate.checks);
  }

  private void floor(String name, @Nullable Double value, double least) {
    String note = value == null ? "the training run has no such number" : "";
    checks.add(GateCheck.of(name, value, Bound.AT_LEAST, least, note));
  }

  private void gaps(Optional<Audit> audit, String metric, double most) {
    Set<String> attributes = new LinkedHashSet<>(settings.groups());
    audit.ifPresent(
        a ->
            a.compared().stream()
                .filter(attribute -> a.gap(attribute, metric).map(Finding::value).isPresent())
                .forEach(attributes::add));
    attributes.forEach(attribute -> gap(audit, attribute, metric, most));
    if (attributes.isEmpty()) {
      String note = audit.isEmpty() ? NO_AUDIT : "the audit compared no groups";
      checks.add(GateCheck.of("gap in " + metric, null, Bound.AT_MOST, most, note));
    }
  }

  private void gap(Optional<Audit> audit, String attribute, String metric, double most) {
    Optional<Finding> gap = audit.flatMap(a -> a.gap(attribute, metric));
    String missing = audit.isEmpty() ? NO_AUDIT : "the audit did not compare by " + attribute;
    checks.add(
        GateCheck.of(
            "gap in " + metric + " by " + attribute,
            gap.map(Finding::value).orElse(null),
            Bound.AT_MOST,
            most,
            gap.map(Finding::note).orElse(missing)));
  }

  // NaN is written as text and is no number.
  private static @Nullable Double number(JsonNode object, String path) {
    JsonNode plain = object.path(path);
    JsonNode node = plain.isMissingNode() ? object.at("/" + path.replace('.', '/')) : plain;
    return node.isNumber() ? node.doubleValue() : null;
  }
}
