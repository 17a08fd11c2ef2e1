package fovea.train.report;

import fovea.train.loop.Epoch;
import fovea.train.metrics.Confusion;
import fovea.train.metrics.Evaluation;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** How a training went, as one page that needs nothing else: curves, ROC, confusion matrix. */
public final class TrainingPage {
  private static final String BLUE = "#1f6fb2";
  private static final String RED = "#c0392b";
  private static final String STYLE =
      "body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;"
          + "color:#222}table{border-collapse:collapse}td,th{border:1px solid #ddd;padding:.3rem"
          + " .7rem;text-align:left;overflow-wrap:anywhere}figure{display:inline-block;width:48%;"
          + "min-width:18rem;margin:1rem 0}figcaption{font-weight:600}";

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
        <table>%4$s</table>
        %5$s
        <h2>Training</h2>
        %6$s%7$s
        %8$s
        </body></html>
        """
        .formatted(
            escaped(title),
            STYLE,
            rows(facts),
            figures(test),
            confusion(test.confusion()),
            losses(history),
            areas(history),
            roc(test));
  }

  private static String rows(Map<String, String> facts) {
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

  private static String figures(Evaluation test) {
    Confusion confusion = test.confusion();
    return "<tr><th>AUC</th><th>Sensitivity</th><th>Specificity</th><th>Balanced accuracy</th>"
        + "<th>Accuracy</th><th>Threshold</th></tr>"
        + String.format(
            Locale.ROOT,
            "<tr><td>%.3f</td><td>%.3f</td><td>%.3f</td><td>%.3f</td><td>%.3f</td><td>%.3f</td></tr>",
            test.auc(),
            confusion.sensitivity(),
            confusion.specificity(),
            confusion.balancedAccuracy(),
            confusion.accuracy(),
            test.threshold());
  }

  private static String confusion(Confusion c) {
    return """
        <p></p><table><tr><th></th><th>Said referable</th><th>Said not</th></tr>
        <tr><th>Is referable</th><td>%d</td><td>%d</td></tr>
        <tr><th>Is not</th><td>%d</td><td>%d</td></tr></table>"""
        .formatted(c.truePositives(), c.falseNegatives(), c.falsePositives(), c.trueNegatives());
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

  private static Chart.Range epochs(List<Epoch> history) {
    return new Chart.Range(1, history.size());
  }

  private static List<Chart.Point> curve(List<Epoch> history, ToDoubleFunction<Epoch> value) {
    return history.stream().map(e -> new Chart.Point(e.epoch(), value.applyAsDouble(e))).toList();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
