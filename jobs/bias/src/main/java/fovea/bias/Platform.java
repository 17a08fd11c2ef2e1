package fovea.bias;

import fovea.bias.metrics.Section;
import fovea.bias.report.BiasReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The words of a report over the platform's retinal photographs. */
final class Platform {
  private static final BiasReport.Wording WORDING =
      new BiasReport.Wording(
          "images", "eyes with referable retinopathy", "eyes without referable retinopathy");

  private Platform() {}

  /** How many patients are left out, as nearly as other counts are told. */
  static List<String> leftOut(long patients, BiasSettings settings) {
    if (patients == 0) {
      return List.of();
    }
    long shown = settings.rounding().of(patients, patients, "no consent")[0];
    return List.of(
        (patients < settings.smallestCell()
                ? "Fewer than " + settings.smallestCell() + " patients were"
                : "About " + shown + " patients were")
            + " left out: no consent to research.");
  }

  static BiasReport report(
      BiasSettings settings,
      Fingerprint fingerprint,
      List<Section> sections,
      Optional<ModelRows> model,
      BiasReport.Details details) {
    Map<String, String> shown = new LinkedHashMap<>();
    shown.put("run", fingerprint.run().toString());
    shown.put("groups", String.join(",", settings.groups()));
    shown.put("min-cell", Integer.toString(settings.smallestCell()));
    shown.put("subject", settings.subject());
    shown.put("thresholds", settings.thresholds().toString().replaceAll("[\\[\\] ]", ""));
    shown.put("reference", settings.reference().shares().toString());
    shown.put("replicates", Integer.toString(settings.replicates()));
    shown.put("curve-bins", settings.curveBins().word());
    shown.put("count-rounding", Integer.toString(settings.rounding().base()));
    shown.put("intersections", settings.crossings().isEmpty() ? "1" : "2");
    shown.put("mitigate", settings.remedy().kind());
    shown.put("mitigate-criterion", settings.remedy().criterion().word());
    shown.put("mitigate-objective", settings.remedy().objective().word());
    model.ifPresent(m -> shown.put("training-run", m.trainingRun()));
    model.ifPresent(m -> shown.put("split", m.split()));
    return new BiasReport(
        "Bias report",
        WORDING,
        sections,
        new BiasReport.Rows(fingerprint.images(), fingerprint.images(), Map.of(), List.of()),
        settings.smallestCell(),
        shown,
        List.of(
            fingerprint.images()
                + " accepted retinal photographs of "
                + fingerprint.patients()
                + " patients. Too few is measured in patients, rates in photographs.",
            "The label is 1 where the grade of diabetic retinopathy is 2 or more (referable)."
                + " Scores are rounded to four digits for AUC and Brier score. Ages are compared by"
                + " band."),
        details);
  }
}
