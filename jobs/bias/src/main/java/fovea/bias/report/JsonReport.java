package fovea.bias.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import fovea.bias.metrics.AttributeFrames;
import fovea.bias.metrics.Estimate;
import fovea.bias.metrics.MetricFrame;
import fovea.bias.metrics.Section;
import fovea.contract.statistics.Interval;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A report for programs, UTF-8 JSON:
 *
 * <pre>
 * { "schema": "fovea-bias-report/1", "title": "...",
 *   "findings": [{"subject", "attribute", "metric", "points", "clear", "p", "holm", "bh",
 *                 "sentence"}],
 *   "rows": {"read", "used", "rejected", "rejected_by_reason": {code: rows},
 *            "rejected_rows": [{"line", "code", "reason"}]},
 *   "settings": {name: value}, "notes": ["..."],
 *   "subject": "model",                  // this and the next three: of the only subject, or
 *   "overall": {METRIC: figure},         // as a list "subjects" where there are several
 *   "attributes": {ATTRIBUTE: {METRIC: {
 *      "overall": figure, "by_group": {GROUP: figure}, "difference": figure, "ratio": figure,
 *      "difference_to_overall": figure, "ratio_to_overall": figure,
 *      "evidence": null or {"p": number, "holm": number, "bh": number},
 *      "intervals": {"overall": [lower, upper], "by_group": {GROUP: [lower, upper]},
 *                    "difference": [lower, upper], "ratio": [lower, upper]},
 *      "counts": {"overall": n, "by_group": {GROUP: n}},
 *      "notes": {"GROUP, difference or ratio": "..."}}}},
 *   "fairness": {ATTRIBUTE: {"demographic_parity_difference": figure, ...}},
 *   "calibration": {ATTRIBUTE: {"overall" or "by_group": GROUP: [{"from", "to", "mean_score",
 *                   "share", "interval", "rows"}]}},
 *   "mitigation": {"findings": ["..."],
 *     "reweighing": {ATTRIBUTE: {"weights": [{"group", "label", "rows", "weight"}],
 *        "label_rate_difference": {"before", "after"}, "effective_rows"}},
 *     "thresholds": {ATTRIBUTE: {"criterion", "objective", "fitted_on", "audited_on",
 *        "rules": {GROUP: {"high", "low", "between", "ignored", "constant"}},
 *        "before" and "after": {"metrics": {METRIC: as above}, "fairness": {NAME: figure}},
 *        "price": {METRIC: {"before", "after", "change", "interval"}}}}} }
 * </pre>
 *
 * A figure is a number; null where it is undefined (the note says why); the string {@code "too
 * few"}, or {@code "<10"} for a count, where it would describe fewer people than the smallest cell;
 * {@code "withheld"} where such a one would follow from it. {@code counts} holds the denominators.
 * {@code evidence} is how likely a gap as large as the largest is where groups are equal: by
 * itself, and adjusted by Holm and by Benjamini and Hochberg. METRIC is a name of Fairlearn or
 * scikit-learn, at a threshold {@code NAME@0.3}, of one class of several {@code class=2:NAME}, of a
 * class and those above it {@code class>=2:NAME}.
 */
public final class JsonReport {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private JsonReport() {}

  /** The bytes of {@code report.json}. */
  public static byte[] of(BiasReport report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("schema", "fovea-bias-report/1");
    json.put("title", report.title());
    json.put("findings", Findings.of(report));
    json.put("rows", rows(report.rows()));
    json.put("settings", report.settings());
    json.put("notes", report.notes());
    List<Map<String, Object>> subjects =
        report.sections().stream().map(s -> section(s, report.smallest())).toList();
    if (subjects.size() == 1) {
      json.putAll(subjects.get(0));
    } else {
      json.put("subjects", subjects);
    }
    json.put("calibration", JsonDetails.calibration(report.details().calibration()));
    json.put("mitigation", JsonMitigation.of(report));
    try {
      return (JSON.writeValueAsString(json) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("maps, lists and numbers always become JSON", impossible);
    }
  }

  private static Map<String, Object> rows(BiasReport.Rows rows) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("read", rows.read());
    json.put("used", rows.used());
    json.put("rejected", rows.rejected().values().stream().mapToLong(Long::longValue).sum());
    json.put("rejected_by_reason", rows.rejected());
    json.put("rejected_rows", rows.listed());
    return json;
  }

  private static Map<String, Object> section(Section section, long smallest) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    Map<String, Object> fairness = new LinkedHashMap<>();
    for (AttributeFrames attribute : section.attributes()) {
      Map<String, Object> metrics = new LinkedHashMap<>();
      attribute.metrics().forEach(f -> metrics.put(f.metric(), frame(f, smallest)));
      attributes.put(attribute.attribute(), metrics);
      fairness.put(attribute.attribute(), figures(attribute.summary(), "", smallest));
    }
    Map<String, Object> overall = new LinkedHashMap<>();
    section.overall().forEach((metric, e) -> overall.put(metric, figure(e, metric, smallest)));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("subject", section.subject());
    json.put("overall", overall);
    json.put("attributes", attributes);
    json.put("fairness", fairness);
    return json;
  }

  static Map<String, Object> frame(MetricFrame frame, long smallest) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("overall", figure(frame.overall(), frame.metric(), smallest));
    json.put("by_group", figures(frame.byGroup(), frame.metric(), smallest));
    json.put("difference", figure(frame.difference(), "", smallest));
    json.put("ratio", figure(frame.ratio(), "", smallest));
    json.put("difference_to_overall", figure(frame.differenceToOverall(), "", smallest));
    json.put("ratio_to_overall", figure(frame.ratioToOverall(), "", smallest));
    json.put("evidence", frame.evidence());
    json.put("intervals", parts(frame, JsonReport::interval));
    json.put("counts", parts(frame, Estimate::count));
    json.put("notes", notes(frame));
    return json;
  }

  private interface Part {
    @Nullable Object of(Estimate estimate);
  }

  private static Map<String, Object> parts(MetricFrame frame, Part part) {
    Map<String, Object> byGroup = new LinkedHashMap<>();
    frame.byGroup().forEach((group, e) -> putIfAny(byGroup, group, part.of(e)));
    Map<String, Object> json = new LinkedHashMap<>();
    putIfAny(json, "overall", part.of(frame.overall()));
    json.put("by_group", byGroup);
    putIfAny(json, "difference", part.of(frame.difference()));
    putIfAny(json, "ratio", part.of(frame.ratio()));
    return json;
  }

  private static Map<String, String> notes(MetricFrame frame) {
    Map<String, String> notes = new TreeMap<>();
    BiConsumer<String, Estimate> add =
        (name, estimate) -> {
          String note = estimate.note();
          if (note != null) {
            notes.put(name, note);
          }
        };
    frame.byGroup().forEach(add);
    add.accept("difference", frame.difference());
    add.accept("ratio", frame.ratio());
    return notes;
  }

  static Map<String, @Nullable Object> figures(
      Map<String, Estimate> estimates, String metric, long smallest) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    estimates.forEach((name, e) -> json.put(name, figure(e, metric, smallest)));
    return json;
  }

  static @Nullable Object figure(Estimate estimate, String metric, long smallest) {
    if (estimate.isTooFew()) {
      return metric.equals("count") ? "<" + smallest : Estimate.TOO_FEW;
    }
    if (estimate.isWithheld()) {
      return "withheld";
    }
    Double value = estimate.value();
    return value != null && metric.equals("count") ? (Object) value.longValue() : value;
  }

  static @Nullable Object interval(Estimate estimate) {
    Interval interval = estimate.interval();
    return interval == null ? null : List.of(interval.lower(), interval.upper());
  }

  private static void putIfAny(Map<String, Object> json, String name, @Nullable Object value) {
    if (value != null) {
      json.put(name, value);
    }
  }
}
