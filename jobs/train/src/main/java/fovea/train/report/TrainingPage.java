package fovea.train.report;

import static fovea.contract.html.Html.escaped;

import fovea.train.loop.Epoch;
import fovea.train.metrics.Evaluation;
import fovea.train.metrics.GradeMatrix;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** How a training went, as one page that needs nothing else: figures, groups, curves. */
public final class TrainingPage {
  private static final String BLUE = "#1f6fb2";
  private static final String RED = "#c0392b";
  private static final String STYLE =
      "body{font:15px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;"
          + "color:#222}table{border-collapse:collapse}td,th{border:1px solid #ddd;padding:.3rem"
          + " .7rem;text-align:left;overflow-wrap:anywhere}figure{display:inline-block;width:48%;"
          + "min-width:18rem;margin:1rem 0}figcaption{font-weight:600}figure.wide{width:100%;"
          + "max-width:45rem}.figures td,.figures th{overflow-wrap:normal;padding:.3rem .5rem}"
          + "small{white-space:nowrap;color:#555}";

  private TrainingPage() {}

  /**
   * The page.
   *
   * @param facts name and value, in the order to show them
   * @param test judged at the threshold that was fixed on the validation part
   */
  public static String of(
      String title, Map<String, String> facts, List<Epoch> history, Evaluation test) {
    return """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>%1$s</title><style>%2$s</style></head>
        <body><h1>%1$s</h1>
        <table>%3$s</table>
        <h2>Held-out test</h2>
        <p>Referable or not, at the threshold %4$s, which was fixed on the validation part;
        95%% intervals by patients.</p>
        %5$s
        %6$s
        %7$s%8$s
        %9$s
        <h2>Groups</h2>
        %10$s
        %11$s
        <h2>Training</h2>
        %12$s%13$s
        </body></html>
        """
        .formatted(
            escaped(title),
            STYLE,
            rows(facts),
            String.format(Locale.ROOT, "%.3f", test.threshold()),
            Tables.figures(test),
            Tables.confusion(test.confusion()),
            roc(test),
            reliability(test),
            grades(test),
            Tables.subgroups(test),
            Dots.svg(test.figures(), test.subgroups()),
            losses(history),
            areas(history));
  }

  /** Rows of a table of names and values. */
  public static String rows(Map<String, String> facts) {
    return facts.entrySet().stream()
        .map(
            fact ->
                "<tr><th>"
                    + escaped(fact.getKey())
                    + "</th><td>"
                    + escaped(fact.getValue())
                    + "</td></tr>")
        .collect(Collectors.joining("\n"));
  }

  private static String grades(Evaluation test) {
    GradeMatrix grades = test.figures().grades();
    return grades == null ? "" : Tables.grades(grades);
  }

  private static String losses(List<Epoch> history) {
    double most =
        history.stream()
            .mapToDouble(e -> Math.max(e.trainLoss(), e.validationLoss()))
            .max()
            .orElse(1);
    return new Chart("Loss", "epoch", epochs(history), new Chart.Range(0, most))
        .line("training", BLUE, curve(history, Epoch::trainLoss))
        .line("validation", RED, curve(history, Epoch::validationLoss))
        .svg();
  }

  private static String areas(List<Epoch> history) {
    return new Chart("Validation AUC", "epoch", epochs(history), new Chart.Range(0, 1))
        .line("validation", RED, curve(history, Epoch::validationAuc))
        .svg();
  }

  private static String roc(Evaluation test) {
    List<Chart.Point> points =
        test.roc().stream()
            .map(p -> new Chart.Point(p.falsePositiveRate(), p.truePositiveRate()))
            .toList();
    Chart.Range share = new Chart.Range(0, 1);
    return new Chart("ROC", "1 - specificity", share, share)
        .diagonal()
        .line("sensitivity", BLUE, points)
        .svg();
  }

  private static String reliability(Evaluation test) {
    List<Chart.Point> points =
        test.figures().calibration().bins().stream()
            .map(bin -> new Chart.Point(bin.said(), bin.found()))
            .toList();
    Chart.Range share = new Chart.Range(0, 1);
    return new Chart("Reliability", "said probability", share, share)
        .diagonal()
        .line("share that is referable", BLUE, points)
        .svg();
  }

  private static Chart.Range epochs(List<Epoch> history) {
    return new Chart.Range(1, history.size());
  }

  private static List<Chart.Point> curve(List<Epoch> history, ToDoubleFunction<Epoch> value) {
    return history.stream().map(e -> new Chart.Point(e.epoch(), value.applyAsDouble(e))).toList();
  }
}
