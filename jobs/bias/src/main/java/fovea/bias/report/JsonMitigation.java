package fovea.bias.report;

import fovea.bias.metrics.AttributeFrames;
import fovea.bias.mitigate.GroupRule;
import fovea.bias.mitigate.Reweighing;
import fovea.bias.mitigate.Thresholds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was tried against gaps, as JSON. */
final class JsonMitigation {
  private JsonMitigation() {}

  static Map<String, Object> of(BiasReport report) {
    Map<String, Object> weights = new LinkedHashMap<>();
    report.details().weights().forEach(w -> weights.put(w.attribute(), reweighing(w)));
    Map<String, Object> thresholds = new LinkedHashMap<>();
    report
        .details()
        .thresholds()
        .forEach(t -> thresholds.put(t.attribute(), thresholds(t, report.smallest())));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("findings", Remedies.of(report));
    json.put("reweighing", weights);
    json.put("thresholds", thresholds);
    return json;
  }

  private static Map<String, @Nullable Object> reweighing(Reweighing weights) {
    Map<String, @Nullable Object> difference = new LinkedHashMap<>();
    difference.put("before", weights.before().value());
    difference.put("after", weights.after().value());
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("weights", weights.cells());
    json.put("label_rate_difference", difference);
    json.put("effective_rows", weights.effective());
    return json;
  }

  private static Map<String, Object> thresholds(Thresholds thresholds, long smallest) {
    Map<String, Object> rules = new LinkedHashMap<>();
    thresholds.rules().forEach((group, rule) -> rules.put(group, rule(rule)));
    Map<String, Object> price = new LinkedHashMap<>();
    thresholds.prices().forEach((metric, cost) -> price.put(metric, cost(cost)));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("criterion", thresholds.criterion().word());
    json.put("objective", thresholds.objective().word());
    json.put("fitted_on", thresholds.fittedOn());
    json.put("audited_on", thresholds.auditedOn());
    json.put("rules", rules);
    json.put("before", frames(thresholds.before(), smallest));
    json.put("after", frames(thresholds.after(), smallest));
    json.put("price", price);
    return json;
  }

  // JSON has no infinity: null is a threshold that no score reaches.
  private static Map<String, @Nullable Object> rule(GroupRule rule) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("high", Double.isFinite(rule.high()) ? rule.high() : null);
    json.put("low", Double.isFinite(rule.low()) ? rule.low() : null);
    json.put("between", rule.between());
    json.put("ignored", rule.ignored());
    json.put("constant", rule.constant());
    return json;
  }

  private static Map<String, Object> cost(Thresholds.Cost cost) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("before", cost.before());
    json.put("after", cost.after());
    json.put("change", cost.after() - cost.before());
    json.put("interval", List.of(cost.interval().lower(), cost.interval().upper()));
    return json;
  }

  private static Map<String, Object> frames(AttributeFrames frames, long smallest) {
    Map<String, Object> metrics = new LinkedHashMap<>();
    frames.metrics().forEach(f -> metrics.put(f.metric(), JsonReport.frame(f, smallest)));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("metrics", metrics);
    json.put("fairness", JsonReport.figures(frames.summary(), "", smallest));
    return json;
  }
}
